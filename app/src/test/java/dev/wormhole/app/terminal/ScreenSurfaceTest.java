package dev.wormhole.app.terminal;

import static dev.wormhole.app.terminal.ShownSurface.awaitThat;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wormhole.protocol.ByteString;
import dev.wormhole.protocol.TerminalSize;
import dev.wormhole.terminal.screen.Screen;
import dev.wormhole.terminal.screen.ScreenListener;
import dev.wormhole.terminal.screen.ViewRow;

import javafx.scene.Group;
import javafx.scene.Node;
import javafx.scene.Parent;
import javafx.scene.control.ScrollBar;
import javafx.scene.image.WritableImage;
import javafx.scene.input.KeyCode;
import javafx.scene.input.MouseButton;
import javafx.scene.paint.Color;
import javafx.scene.text.Text;
import javafx.stage.Stage;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.testfx.api.FxRobot;
import org.testfx.framework.junit5.ApplicationExtension;
import org.testfx.framework.junit5.Start;
import org.testfx.util.WaitForAsyncUtils;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

@ExtendWith(ApplicationExtension.class)
class ScreenSurfaceTest {

    private static final TerminalSize SIZE = new TerminalSize(80, 24);

    private final List<String> typed = new CopyOnWriteArrayList<>();
    private final List<TerminalSize> wishes = new CopyOnWriteArrayList<>();
    private final AtomicInteger lost = new AtomicInteger();

    @SuppressWarnings("NullAway.Init") // TestFX calls the start method first.
    private ShownSurface shown;

    @SuppressWarnings("NullAway.Init")
    private ScreenSurface surface;

    @Start
    void show(Stage stage) {
        shown = ShownSurface.on(stage, new Listener());
        surface = shown.surface();
    }

    @AfterEach
    void dispose() {
        shown.dispose();
    }

    @Test
    void outputAppears() {
        shown.feed("hello\r\nworld");

        shown.awaitText("hello\nworld");
    }

    @Test
    void charactersThatWereCutAppearWhole() {
        byte[] bytes = "ä€漢".getBytes(java.nio.charset.StandardCharsets.UTF_8);
        for (byte one : bytes) surface.feed(ByteString.copyOf(new byte[] {one}));

        shown.awaitText("ä€漢");
    }

    @Test
    void aResyncReplacesEverything() {
        shown.feed("\033[?1049h\033[?1000;1006h\033[?2004h\033[5;10r\033(0\033[31mold \033]0;half");

        surface.resync(new TerminalSize(40, 10), ByteString.utf8("new |x-\r\nq"), false);

        shown.awaitText("new |x-\nq");
        assertThat(surface.loop().modes())
                .isEqualTo(Modes.of(new Screen(2, 2, 0, new ScreenListener() {})));
        shown.feed("\r\n".repeat(20) + "end");
        shown.awaitEnd("end");
        assertThat(surface.screenText().lines().count()).isEqualTo(10);
    }

    @Test
    void aSizeActsAtItsPlaceAmongTheBytes() {
        shown.feed("a".repeat(30) + "\r\n");
        surface.resize(new TerminalSize(20, 10));
        shown.feed("b".repeat(30));

        shown.awaitEnd("b".repeat(10));
        assertThat(surface.screenText())
                .isEqualTo(
                        String.join(
                                "\n",
                                "a".repeat(20),
                                "a".repeat(10),
                                "b".repeat(20),
                                "b".repeat(10)));
    }

    @Test
    void aSizeInTheMiddleOfASequenceBreaksNothing() {
        shown.feed("\033[3");
        surface.resize(new TerminalSize(30, 8));
        shown.feed("1mred");

        shown.awaitText("red");
    }

    @Test
    void theOwnSizeIsOnlyAWish() {
        awaitThat(() -> !wishes.isEmpty());
        assertThat(wishes.getLast().cols()).isGreaterThan(80);

        surface.resync(SIZE, ByteString.utf8("x".repeat(81)), false);

        shown.awaitText("x".repeat(80) + "\nx");
    }

    @Test
    void aSizeThatIsNotTheOwnOneIsSaidInWords() {
        surface.resync(new TerminalSize(40, 10), ByteString.utf8("small"), false);
        awaitNotice("40×10 · sized by another viewer");

        surface.resize(new TerminalSize(300, 10));
        awaitNotice("300×10 · larger than this pane");

        surface.resize(wishes.getLast());
        awaitNotice("");
    }

    @Test
    void aScreenLargerThanThePaneIsMovedToItsCursor() {
        surface.resync(new TerminalSize(300, 100), ByteString.utf8("\033[100;300H@"), false);
        awaitThat(() -> shown.canvas().getLayoutX() < -500 && shown.canvas().getLayoutY() < -500);

        shown.feed("\033[H");

        awaitThat(() -> shown.canvas().getLayoutX() > 0 && shown.canvas().getLayoutY() > 0);
    }

    @Test
    void whatCoversTheBottomDoesNotCoverTheCursor(FxRobot robot) {
        awaitThat(() -> !wishes.isEmpty());
        surface.resync(wishes.getLast(), ByteString.utf8("top"), false);
        shown.awaitText("top");
        robot.interact(() -> surface.setCovered(40));
        assertThat(shown.canvas().getLayoutY()).isPositive();

        shown.feed("\r\n".repeat(100) + "bottom");

        awaitThat(() -> shown.canvas().getLayoutY() < 0);
        assertThat(wishes).hasSize(1);
    }

    @Test
    void queriesAreNotAnsweredHere() {
        shown.feed("\033[c\033[>c\033[6n\033[5n\033]10;?\007\033]11;?\007done");

        shown.awaitText("done");
        WaitForAsyncUtils.waitForFxEvents();
        assertThat(typed).isEmpty();
    }

    @Test
    void keysAreSentOnce(FxRobot robot) {
        robot.write("ab");
        robot.press(KeyCode.CONTROL, KeyCode.C).release(KeyCode.C, KeyCode.CONTROL);
        robot.type(KeyCode.ENTER, KeyCode.UP, KeyCode.F5);

        assertThat(typed).containsExactly("a", "b", "\003", "\r", "\033[A", "\033[15~");
    }

    @Test
    void keysFollowTheModesThatOutputSets(FxRobot robot) {
        shown.feed("\033[?1;2004h.");
        shown.awaitText(".");

        robot.type(KeyCode.UP);
        robot.interact(() -> surface.paste("a\nb\033[201~"));

        assertThat(typed).containsExactly("\033OA", "\033[200~a\rb[201~\033[201~");
    }

    @Test
    void releasesAreToldToAProgramThatAsksForThem(FxRobot robot) {
        robot.type(KeyCode.A);
        shown.feed("\033[=10u.");
        shown.awaitText(".");

        robot.type(KeyCode.B);

        // Locks of the machine that the test runs on are told too.
        assertThat(typed).hasSize(3);
        assertThat(typed.getFirst()).isEqualTo("a");
        assertThat(typed.get(1)).matches("\033\\[98(;\\d+)?u");
        assertThat(typed.getLast()).matches("\033\\[98;\\d+:3u");
    }

    @Test
    void theMouseIsReportedInTheFormatThatWasAskedForTogetherWithItsMode(FxRobot robot) {
        shown.feed("\033[?1000;1006h.");
        shown.awaitText(".");

        robot.clickOn(surface.node(), MouseButton.PRIMARY);

        assertThat(typed).hasSize(2);
        assertThat(typed.getFirst()).startsWith("\033[<0;").endsWith("M");
        assertThat(typed.getLast()).startsWith("\033[<0;").endsWith("m");
    }

    @Test
    void largePastesComeInPieces(FxRobot robot) {
        robot.interact(() -> surface.paste("x".repeat(100_000)));

        assertThat(String.join("", typed)).isEqualTo("x".repeat(100_000));
        assertThat(typed)
                .allSatisfy(piece -> assertThat(piece.length()).isLessThanOrEqualTo(16384));
    }

    @Test
    void theCursorShowsItsCharacterAsTheCellDoes(FxRobot robot) {
        robot.interact(surface::focus);
        shown.feed("\033[1mbold\b");
        awaitThat(() -> underTheCursor().getText().equals("d"));
        assertThat(underTheCursor().getFont().getStyle()).containsIgnoringCase("bold");

        shown.feed("\r\n\033[m\033[8msecret\b");
        shown.awaitText("bold\nsecret");
        awaitThat(() -> surface.isAtRest() && underTheCursor().getText().isEmpty());
    }

    /** The text that the cursor itself draws; empty where it draws none. */
    private Text underTheCursor() {
        return WaitForAsyncUtils.waitForAsyncFx(
                60_000,
                () -> {
                    Node cursor =
                            ((Parent) surface.node().lookup(".terminal"))
                                    .getChildrenUnmodifiable().stream()
                                            .filter(CursorView.class::isInstance)
                                            .findFirst()
                                            .orElseThrow();
                    return ((Parent) cursor)
                            .getChildrenUnmodifiable().stream()
                                    .filter(Text.class::isInstance)
                                    .map(Text.class::cast)
                                    .findFirst()
                                    .orElseThrow();
                });
    }

    @Test
    void aHiddenSurfaceKeepsUpAndDoesNotPaint(FxRobot robot) {
        shown.feed("seen");
        shown.awaitText("seen");
        robot.interact(() -> surface.setActive(false));
        long before = surface.paints();

        shown.feed("\r\nunseen");
        shown.awaitText("seen\nunseen");
        WaitForAsyncUtils.waitForFxEvents();
        assertThat(surface.paints()).isEqualTo(before);
        var grid = (Group) surface.node().lookup(".grid");
        assertThat(grid.getChildren()).as("images that nobody sees").isEmpty();

        robot.interact(() -> surface.setActive(true));
        awaitThat(() -> surface.paints() > before && !grid.getChildren().isEmpty());
    }

    @Test
    void anIdleSurfaceStopsPainting() {
        shown.feed("text");
        shown.awaitText("text");
        awaitThat(() -> surface.isAtRest());
    }

    @Test
    void theScrollbackIsBounded() {
        String line = "0123456789\r\n";
        for (int i = 0; i < 200; i++) shown.feed(line.repeat(100));
        shown.feed("end");

        shown.awaitEnd("end");
        assertThat(surface.loop().ask(s -> s.history().endLine() - s.history().firstLine()).join())
                .isEqualTo(Screen.DEFAULT_HISTORY);
    }

    @Test
    void aFloodKeepsTheSelectionOnItsText(FxRobot robot) {
        shown.feed("one\r\ntwo\r\n");
        shown.awaitText("one\ntwo");
        robot.interact(surface::selectAll);
        awaitThat(surface::hasSelection);
        String before = shown.selectedText();

        shown.feed("more\r\n".repeat(50) + "end");
        shown.awaitEnd("end");
        awaitThat(() -> surface.isAtRest());

        assertThat(before).startsWith("one\ntwo");
        assertThat(shown.selectedText()).startsWith("one\ntwo");
    }

    @Test
    void textIsFoundInTheScrollback(FxRobot robot) {
        shown.feed("needle\r\n" + "hay\r\n".repeat(60) + "Needle\r\nend");
        shown.awaitEnd("end");

        var found = new CopyOnWriteArrayList<Integer>();
        robot.interact(() -> surface.find("needle", true, found::add));

        awaitThat(() -> found.equals(List.of(2)));
        robot.interact(() -> surface.findNext(true));
        shown.awaitFirstRow("needle");
    }

    @Test
    void whatIsFoundIsRenewedAsOutputComes(FxRobot robot) {
        shown.feed("needle one\r\nneedle two\r\n");
        shown.awaitText("needle one\nneedle two");
        var found = new CopyOnWriteArrayList<Integer>();
        robot.interact(() -> surface.find("needle", true, found::add));
        awaitThat(() -> found.equals(List.of(2)));
        robot.interact(() -> surface.findNext(false));

        shown.feed("hay\r\n".repeat(60) + "needle three\r\n");
        awaitThat(() -> found.getLast() == 3);

        // The one that was gone to is still the one.
        robot.interact(() -> surface.findNext(true));
        awaitThat(() -> seen().contains("needle two"));
        robot.interact(() -> surface.findNext(true));
        awaitThat(() -> seen().contains("needle three"));

        robot.interact(surface::clearScrollback);
        awaitThat(() -> found.getLast() == 1);
    }

    @Test
    void theCursorStandsOnItsCharacterInARowOfDoubleWidth() {
        shown.feed("\033#6abc\033[3D\033[2C");

        awaitThat(() -> cursor().getTranslateX() > 0 && cursor().getTranslateX() < 100);

        double cell = CellMetrics.of(TerminalTheme.dark(), 1).width();
        assertThat(cursor().getTranslateX()).isEqualTo(4 * cell);
        assertThat(cursor().getBoundsInLocal().getWidth()).isEqualTo(2 * cell);
    }

    @Test
    void aScreenThatFailedIsSaidAndFetchedAgain() {
        surface.loop()
                .look(
                        _ -> {
                            throw new IllegalStateException("thrown by the test");
                        });
        awaitNotice("drawing failed · the screen is fetched again");
        awaitThat(() -> lost.get() == 1);

        surface.resync(wishes.getLast(), ByteString.utf8("whole"), false);

        shown.awaitText("whole");
        awaitNotice("");
    }

    @Test
    void aDisposedSurfaceLeavesNoThread(FxRobot robot) {
        shown.feed("text");
        shown.awaitText("text");
        assertThat(paneThreads()).isNotEmpty();

        robot.interact(surface::dispose);

        awaitThat(() -> paneThreads().isEmpty());
        shown.feed("more");
    }

    private List<String> seen() {
        return surface.loop().picture().rows().stream().map(ViewRow::toString).toList();
    }

    private Node cursor() {
        return shown.canvas().getParent().getChildrenUnmodifiable().stream()
                .filter(CursorView.class::isInstance)
                .findFirst()
                .orElseThrow();
    }

    /** Whatever its size is and whether it is painted or not: nothing shines through. */
    @Test
    void allOfThePaneHasTheBackgroundOfItsColours() {
        for (TerminalSize size :
                List.of(SIZE, new TerminalSize(40, 10), new TerminalSize(300, 60))) {
            surface.resync(size, ByteString.utf8("\033[?25l"), false);
            awaitThat(() -> isPainted(size));
            assertThat(colours()).containsExactly(TerminalTheme.dark().background());
        }

        ShownSurface.onFx(() -> surface.setActive(false));
        assertThat(colours()).containsExactly(TerminalTheme.dark().background());
    }

    private boolean isPainted(TerminalSize size) {
        return ShownSurface.onFx(
                () ->
                        ((Group) surface.node().lookup(".grid")).getChildren().size() == size.rows()
                                && !((Parent) surface.node()).isNeedsLayout());
    }

    private Set<Color> colours() {
        WritableImage image = ShownSurface.onFx(() -> surface.node().getScene().snapshot(null));
        var found = new HashSet<Color>();
        for (int y = 0; y < image.getHeight(); y++) {
            for (int x = 0; x < image.getWidth(); x++) {
                found.add(image.getPixelReader().getColor(x, y));
            }
        }
        return found;
    }

    /** In a flood it would be laid out with each frame. */
    @Test
    void linesThatScrollLeaveTheWindowsLayoutAlone() {
        shown.feed("line\r\n".repeat(40));
        ScrollBar bar = (ScrollBar) surface.node().lookup("ScrollBar");
        awaitThat(() -> ShownSurface.onFx(bar::getMax) == 17);
        var asked = new AtomicInteger();
        ShownSurface.onFx(
                () ->
                        ((Parent) surface.node())
                                .needsLayoutProperty()
                                .addListener(_ -> asked.incrementAndGet()));

        shown.feed("line\r\n".repeat(40));
        awaitThat(() -> ShownSurface.onFx(bar::getMax) == 57);

        assertThat(asked).hasValue(0);
    }

    private void awaitNotice(String text) {
        awaitThat(() -> surface.noticeProperty().get().equals(text));
    }

    private static List<Thread> paneThreads() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().startsWith("pane-"))
                .toList();
    }

    private final class Listener implements TerminalSurface.Listener {

        @Override
        public void onInput(ByteString bytes) {
            typed.add(bytes.toUtf8());
        }

        @Override
        public void onWish(TerminalSize wish) {
            wishes.add(wish);
        }

        @Override
        public void onOutputLost() {
            lost.incrementAndGet();
        }
    }
}
