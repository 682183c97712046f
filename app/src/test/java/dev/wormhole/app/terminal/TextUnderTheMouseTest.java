package dev.wormhole.app.terminal;

import static dev.wormhole.app.terminal.ShownSurface.awaitThat;
import static dev.wormhole.app.terminal.ShownSurface.onFx;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wormhole.protocol.ByteString;
import dev.wormhole.protocol.ServerMessage;
import dev.wormhole.protocol.SessionId;
import dev.wormhole.protocol.TerminalSize;
import dev.wormhole.terminal.screen.Screen;
import dev.wormhole.terminal.screen.ScreenListener;
import dev.wormhole.terminal.screen.SnapshotDepth;

import javafx.geometry.Point2D;
import javafx.scene.canvas.Canvas;
import javafx.scene.input.KeyCode;
import javafx.scene.input.MouseButton;
import javafx.stage.Stage;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.testfx.api.FxRobot;
import org.testfx.framework.junit5.ApplicationExtension;
import org.testfx.framework.junit5.Start;
import org.testfx.util.WaitForAsyncUtils;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;

@ExtendWith(ApplicationExtension.class)
class TextUnderTheMouseTest {

    private static final TerminalSize SIZE = new TerminalSize(20, 6);

    private final List<String> followed = new CopyOnWriteArrayList<>();
    private final List<SurfaceFacts> facts = new CopyOnWriteArrayList<>();
    private final List<Long> asked = new CopyOnWriteArrayList<>();
    private final List<String> differences = new CopyOnWriteArrayList<>();

    /** The server's lines are numbered from 0 and say so. */
    private volatile long lines;

    @SuppressWarnings("NullAway.Init") // TestFX calls the start method first.
    private ShownSurface shown;

    @SuppressWarnings("NullAway.Init")
    private ScreenSurface surface;

    @Start
    void show(Stage stage) {
        shown = ShownSurface.on(stage, new Server());
        surface = shown.surface();
    }

    @AfterEach
    void dispose() {
        shown.dispose();
    }

    @Test
    void draggingSelectsAndSoftWrapsAreJoined(FxRobot robot) {
        show("0123456789abcdefghijKLMNO\r\nnext");

        drag(robot, at(5, 0), at(3, 2));

        shown.awaitSelected("56789abcdefghijKLMNO\nnex");
    }

    @Test
    void aDoubleClickSelectsAWordAndATripleOneItsLine(FxRobot robot) {
        show("cd /usr/local/lib && ls\r\n");

        robot.doubleClickOn(at(10, 0));
        shown.awaitSelected("/usr/local/lib");

        robot.clickOn(at(10, 0)).clickOn(at(10, 0)).clickOn(at(10, 0));
        shown.awaitSelected("cd /usr/local/lib && ls\n");
    }

    @Test
    void wordsAreFoundInARowOfDoubleWidth(FxRobot robot) {
        show("\033#6one two three\r\n");

        robot.doubleClickOn(at(11, 0));

        shown.awaitSelected("two");
    }

    @Test
    void aDoubleClickBehindTheTextSelectsNothing(FxRobot robot) {
        show("one two\r\n\r\n");
        robot.doubleClickOn(at(5, 0));
        shown.awaitSelected("two");

        robot.doubleClickOn(at(15, 0));

        awaitThat(() -> !surface.hasSelection());
    }

    @Test
    void draggingWithAltSelectsARectangle(FxRobot robot) {
        show("abcdef\r\nghijkl\r\nmnopqr");

        robot.press(KeyCode.ALT);
        drag(robot, at(1, 0), at(3, 2));
        robot.release(KeyCode.ALT);

        shown.awaitSelected("bc\nhi\nno");
    }

    @Test
    void theSelectionStaysOnItsTextWhileOutputScrolls(FxRobot robot) {
        show("one two three\r\n");
        robot.doubleClickOn(at(5, 0));
        shown.awaitSelected("two");

        show("more\r\n".repeat(40));

        shown.awaitSelected("two");
    }

    @Test
    void typingTakesTheSelectionAway(FxRobot robot) {
        show("one two three\r\n");
        robot.doubleClickOn(at(5, 0));
        shown.awaitSelected("two");

        robot.type(KeyCode.A);

        assertThat(surface.hasSelection()).isFalse();
    }

    @Test
    void aLinkIsFollowedWithTheKeyForLinksAndAClick(FxRobot robot) {
        show("see https://example.org/a/long/path, or not");

        robot.clickOn(at(10, 0));
        robot.press(KeyCode.CONTROL).moveTo(at(11, 0)).moveTo(at(2, 1));
        awaitThat(() -> surface.hoveredLink().isPresent());
        robot.clickOn(at(2, 1)).release(KeyCode.CONTROL);

        assertThat(followed).containsExactly("https://example.org/a/long/path");
    }

    @Test
    void aLinkOfTheProgramsOwnIsFollowedToWhereItPoints(FxRobot robot) {
        show("\033]8;;https://example.org/hidden\033\\text\033]8;;\033\\");

        robot.press(KeyCode.CONTROL).moveTo(at(1, 0)).moveTo(at(2, 0));
        awaitThat(() -> surface.hoveredLink().isPresent());
        robot.clickOn(at(2, 0)).release(KeyCode.CONTROL);

        assertThat(followed).containsExactly("https://example.org/hidden");
    }

    @Test
    void linesThatWereNotSentAreFetchedOnTheWayUp() {
        lines = 5000;
        surface.resync(SIZE, snapshot(4990), true);
        awaitThat(() -> !asked.isEmpty());

        onFx(surface::scrollToTop);

        shown.awaitFirstRow("line 0");
        assertThat(asked).doesNotHaveDuplicates();
    }

    @Test
    void whatWasNotSentIsFoundAllTheSame() {
        lines = 3000;
        surface.resync(SIZE, snapshot(2990), true);
        var found = new CopyOnWriteArrayList<Integer>();

        onFx(() -> surface.find("line 17", true, found::add));

        // 17, 170 to 179, 1700 to 1799.
        awaitThat(() -> found.equals(List.of(111)));
    }

    @Test
    void aScreenThatIsNotTheServersIsTold() {
        show("text");
        surface.hash(surface.loop().ask(Screen::hash).join());
        surface.hash(1);

        awaitThat(() -> !differences.isEmpty());
        assertThat(differences).hasSize(1);
    }

    @Test
    void aPictureThatIsHeldBackIsShownWhenItIsWhole() {
        show("before");
        shown.feed("\033[?2026h\033[2J\033[Hhalf");
        shown.feed(" whole\033[?2026l");

        shown.awaitFirstRow("half whole");
    }

    @Test
    void aPictureThatIsHeldBackForEverIsShown() {
        show("before");
        shown.feed("\033[?2026h\033[2J\033[Hhalf");

        shown.awaitFirstRow("half");
    }

    @Test
    void theServerHearsOfFocusCellsAndColours(FxRobot robot) {
        awaitThat(() -> !facts.isEmpty() && facts.getLast().focused());
        assertThat(facts.getLast().visible()).isTrue();
        assertThat(facts.getLast().cellWidth()).isEqualTo(Math.rint(facts.getLast().cellWidth()));

        robot.interact(() -> surface.applyTheme(TerminalTheme.light()));
        assertThat(facts.getLast().theme()).isEqualTo(TerminalTheme.light());

        robot.interact(() -> surface.setActive(false));
        assertThat(facts.getLast().visible()).isFalse();
    }

    private void show(String text) {
        surface.resize(SIZE);
        shown.feed(text);
        surface.screenText();
        awaitThat(surface::isAtRest);
        WaitForAsyncUtils.waitForFxEvents();
    }

    private static void drag(FxRobot robot, Point2D from, Point2D to) {
        robot.moveTo(from).press(MouseButton.PRIMARY).moveTo(to).release(MouseButton.PRIMARY);
    }

    /** A screen whose lines above it are not told. */
    private static ByteString snapshot(long first) {
        var origin = new Screen(SIZE.cols(), SIZE.rows(), 10_000, new Deaf());
        byte[] text = lines(0, first + SIZE.rows()).getBytes(StandardCharsets.UTF_8);
        origin.feed(text, 0, text.length);
        return ByteString.copyOf(origin.snapshot(SnapshotDepth.RECENT));
    }

    private static String lines(long from, long to) {
        var all = new StringBuilder();
        for (long n = from; n < to; n++) all.append("line ").append(n).append("\r\n");
        return all.toString();
    }

    /**
     * The middle of a cell's left half, on the screen: what is dragged from there begins with it.
     */
    private Point2D at(int column, int row) {
        return onFx(
                () -> {
                    Canvas canvas = shown.canvas();
                    double width = canvas.getWidth() / SIZE.cols();
                    double height = canvas.getHeight() / SIZE.rows();
                    return canvas.localToScreen((column + 0.3) * width, (row + 0.5) * height);
                });
    }

    private static final class Deaf implements ScreenListener {}

    private final class Server implements TerminalSurface.Listener {

        @Override
        public void onInput(ByteString bytes) {}

        @Override
        public void onWish(TerminalSize wish) {}

        @Override
        public void onLink(String address) {
            followed.add(address);
        }

        @Override
        public void onFacts(SurfaceFacts told) {
            facts.add(told);
        }

        @Override
        public void onDiffers() {
            differences.add("differs");
        }

        @Override
        public CompletableFuture<ServerMessage.History> olderLines(long before, int count) {
            asked.add(before);
            long end = Math.min(before, lines);
            long first = Math.max(0, end - count);
            return CompletableFuture.completedFuture(
                    new ServerMessage.History(
                            SessionId.parse(new UUID(0, 1).toString()),
                            first,
                            end,
                            0,
                            lines,
                            ByteString.utf8(lines(first, end))));
        }
    }
}
