package dev.wormhole.client.attach;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wormhole.client.link.LinkProblem;
import dev.wormhole.client.link.LinkState;
import dev.wormhole.protocol.ByteString;
import dev.wormhole.protocol.ErrorCode;
import dev.wormhole.protocol.ExitReason;
import dev.wormhole.protocol.Happening;
import dev.wormhole.protocol.ServerMessage;
import dev.wormhole.protocol.SessionId;
import dev.wormhole.protocol.TerminalSize;
import dev.wormhole.terminal.screen.Screen;
import dev.wormhole.terminal.screen.ScreenListener;

import org.junit.jupiter.api.Test;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

class AttachViewTest {

    private static final TerminalSize SMALL = new TerminalSize(80, 24);
    private static final TerminalSize LARGE = new TerminalSize(120, 40);

    private final Screen outer = new Screen(80, 24, 1000, new ScreenListener() {});
    private final FakeEffects effects = new FakeEffects();
    private final AttachView view = view(false);
    private long now;

    @Test
    void showsTheSnapshotThenTheOutputWithoutQueries() {
        attach(SMALL);

        output("b\033[cc\033]0;title\007");

        assertThat(effects.screen()).contains("\033[2J").endsWith("snapshotbc\033]0;title\007");
    }

    @Test
    void passesNothingWhileTheSizesDifferAndSaysSo() {
        attach(SMALL);
        on(new AttachEvent.SessionSize(0, LARGE));
        effects.reset();

        output("\033[40;100Hfar");
        assertThat(effects.screen()).isEmpty();

        pass(AttachView.SIZE_GRACE);
        assertThat(shown(23)).isEqualTo("session is 120×40, this terminal 80×24");
        assertThat(shown(22)).endsWith("far");
        assertThat(outer.cursorRow()).isEqualTo(22);
        type("x");
        assertThat(effects.done).containsExactly("type x");
    }

    @Test
    void whenTheSizesAgreeAgainTheScreenIsShownAndBytesPass() {
        attach(SMALL);
        on(new AttachEvent.SessionSize(0, LARGE));
        output("\033[2J\033[1;1Hmeanwhile \033[7mhere\033[?1h\033[?25l\033[3");
        pass(AttachView.SIZE_GRACE);

        on(new AttachEvent.SessionSize(0, SMALL));
        assertThat(shown(0)).isEqualTo("meanwhile here");
        effects.reset();
        output(";5Hraw\033[c");

        assertThat(effects.screen()).isEqualTo("\033[3;5Hraw");
        assertThat(shown(2)).isEqualTo("    raw");
        assertThat(outer.isCursorVisible()).isFalse();
        assertThat(outer.keyModes().applicationCursor()).isTrue();
        assertThat(effects.done).isEmpty();
    }

    @Test
    void paintsAtMostSixtyTimesASecondAndTheNewestPicture() {
        attach(SMALL);
        on(new AttachEvent.SessionSize(0, LARGE));
        pass(AttachView.SIZE_GRACE);
        effects.reset();

        output("one");
        view.tick(now);
        assertThat(effects.screen()).isEmpty();
        output("\033[2K\rtwo");
        assertThat(view.deadline() - now).isEqualTo(AttachView.PAINT_INTERVAL.toNanos());
        pass(AttachView.PAINT_INTERVAL);

        assertThat(effects.screen()).contains("two").doesNotContain("one");
        assertThat(view.deadline()).isEqualTo(Long.MAX_VALUE);
    }

    @Test
    void aLargePasteThatWaitsIsSaidInTheLastRowUntilItIsTaken() {
        attach(SMALL);
        output("\033[24;1Hlast row\033[5;5H");

        on(new AttachEvent.InputWaits(0, 0, InputNotice.LARGE - 1));
        assertThat(shown(23)).as("gone before anybody has read it").isEqualTo("last row");
        on(new AttachEvent.InputWaits(0, 1_000_000, 10_000_000));
        pass(Duration.ZERO);
        assertThat(shown(23))
                .isEqualTo("wormhole: pasting, 1.0 of 10.0 MB taken · Ctrl-C drops the rest");
        output("meanwhile");
        on(new AttachEvent.InputWaits(0, 2_500_000, 10_000_000));
        pass(AttachView.PAINT_INTERVAL);
        assertThat(shown(23)).contains("2.5 of 10.0 MB");
        assertThat(shown(4)).isEqualTo("    meanwhile");

        on(new AttachEvent.InputWaits(0, 0, 0));

        assertThat(shown(23)).as("the program's own row is back").isEqualTo("last row");
        assertThat(shown(4)).isEqualTo("    meanwhile");
        effects.reset();
        output("x");
        assertThat(effects.screen()).as("bytes pass again").isEqualTo("x");
    }

    private void offer(String line) {
        List<String> words = line == null ? List.of() : List.of(line.split(" "));
        on(
                new AttachEvent.Offered(
                        0, new ServerMessage.Offer(SessionId.random(), 0, 2, words, line)));
        pass(Duration.ZERO);
    }

    @Test
    void whatRanWhenTheProcessWasLostIsOfferedInTheLastRowAndEnterRunsItOnce() {
        attach(SMALL);
        output("\033[24;1Hlast row");

        offer("vim notes.txt");
        assertThat(shown(23))
                .isEqualTo(
                        "wormhole: vim notes.txt was running here · Enter runs it, Esc does not");
        type("\r");
        type("\r");

        assertThat(effects.done).containsExactly("run 2", "type \r");
        assertThat(shown(23)).isEqualTo("last row");
    }

    @Test
    void anOfferIsForgottenByEscAndByTypingOnAndWithItsServer() {
        attach(SMALL);

        offer("vim");
        type("\033");
        offer("vim");
        type("\033[A");
        offer("vim");
        type("\rls\r");
        offer("vim");
        offer(null);
        type("\r");
        offer("vim");
        attach(SMALL);
        type("\r");

        assertThat(effects.done)
                .containsExactly("forget 2", "type \033[A", "type \rls\r", "type \r", "type \r");
    }

    @Test
    void whatReachedNoProcessIsSaidUntilTheNextKeyWhichIsTyped() {
        attach(SMALL);
        output("\033[24;1Hlast row");

        on(new AttachEvent.InputDiscarded(0, 700));
        on(new AttachEvent.InputDiscarded(0, 42));
        pass(AttachView.PAINT_INTERVAL);
        assertThat(shown(23)).isEqualTo("wormhole: 742 typed bytes reached no process");

        type("x");

        assertThat(shown(23)).isEqualTo("last row");
        assertThat(effects.done).containsExactly("type x");
    }

    @Test
    void whatReachedNoProcessIsSaidBesideItsEnd() {
        attach(SMALL);
        on(new AttachEvent.InputWaits(0, 1_000_000, 10_000_000));
        on(
                new AttachEvent.Exited(
                        0, new ServerMessage.Exit(SESSION, 0, 1, 0, 3, null, ExitReason.EXITED)));
        on(new AttachEvent.InputDiscarded(0, 9));
        pass(AttachView.PAINT_INTERVAL);

        assertThat(shown(23))
                .startsWith("wormhole: 9 typed bytes reached no process · exited with status 3");
    }

    @Test
    void aPictureThatAProgramHasBegunIsPaintedWhenItIsDoneOrLate() {
        attach(SMALL);
        on(new AttachEvent.SessionSize(0, LARGE));
        pass(AttachView.SIZE_GRACE);
        pass(AttachView.PAINT_INTERVAL);
        effects.reset();

        output("\033[?2026hhalf");
        pass(AttachView.PAINT_INTERVAL);
        assertThat(effects.screen()).isEmpty();
        output(" whole\033[?2026l");
        pass(Duration.ZERO);
        assertThat(effects.screen()).contains("half whole");

        output("\033[?2026hlate");
        pass(AttachView.SYNCHRONIZED_GRACE);
        assertThat(effects.screen()).contains("late");
    }

    @Test
    void aResyncWhileThePictureIsPaintedIsPainted() {
        attach(SMALL);
        on(new AttachEvent.SessionSize(0, LARGE));
        pass(AttachView.SIZE_GRACE);

        on(resync(0, LARGE, "\033[5;1Hfresh"));
        pass(AttachView.PAINT_INTERVAL);

        assertThat(shown(4)).isEqualTo("fresh");
    }

    @Test
    void whatTheServerTellsOnceIsNotHeardFromTheBytesAsWell() {
        attach(SMALL);
        effects.reset();

        output("a\007b\033]9;done\033\\\033]52;c;eA==\007c\033]9;4;1;50\007");
        assertThat(effects.screen()).isEqualTo("abc\033]9;4;1;50\007");
        effects.reset();
        on(new AttachEvent.Happened(0, new Happening.Bell()));
        on(new AttachEvent.Happened(0, new Happening.Notification("", "done")));
        on(new AttachEvent.Happened(0, new Happening.Clipboard("c", ByteString.utf8("x"))));

        assertThat(effects.screen()).isEqualTo("\007\033]9;done\033\\\033]52;c;eA==\033\\");
    }

    @Test
    void aScreenThatDiffersIsToldOnceUntilOneAgrees() {
        attach(SMALL);
        var same = new Screen(80, 24, 1000, new ScreenListener() {});
        same.beginSnapshot(80, 24, false);
        same.feed("snapshot".getBytes(StandardCharsets.UTF_8), 0, 8);
        same.endSnapshot();

        on(new AttachEvent.Hashed(0, same.hash()));
        assertThat(effects.done).isEmpty();
        on(new AttachEvent.Hashed(0, 1));
        on(new AttachEvent.Hashed(0, 2));
        on(new AttachEvent.Hashed(0, same.hash()));
        on(new AttachEvent.Hashed(0, 3));

        assertThat(effects.done).containsExactly("differs", "differs");
    }

    @Test
    void aResizeThatTheSessionFollowsShowsItsScreenAndNoWord() {
        attach(SMALL);
        effects.reset();

        on(new AttachEvent.WindowChanged(LARGE));
        on(new AttachEvent.SessionSize(0, LARGE));
        output(" prompt");
        pass(Duration.ofMinutes(1));

        assertThat(effects.done).containsExactly("resize 120×40");
        assertThat(shown(0)).isEqualTo("snapshot prompt");
        assertThat(effects.screen()).endsWith(" prompt").doesNotContain("session is");
    }

    @Test
    void outputOfTheOldSizeDuringAResizeIsShownInItsPlace() {
        attach(SMALL);
        effects.reset();

        on(new AttachEvent.WindowChanged(LARGE));
        output("\033[24;1H\nold size");
        assertThat(effects.screen()).isEmpty();
        on(new AttachEvent.SessionSize(0, LARGE));

        assertThat(effects.done).containsExactly("resize 120×40");
        assertThat(outer.text(outer.cursorRow())).isEqualTo("old size");
    }

    @Test
    void afterAnExitEnterRespawnsOnceAndOtherKeysDoNothing() {
        attach(SMALL);

        on(
                new AttachEvent.Exited(
                        0, new ServerMessage.Exit(SESSION, 0, 1, 9, 3, null, ExitReason.EXITED)));
        assertThat(effects.screen())
                .contains("exited with status 3", "Enter starts it again", "Ctrl-\\ leaves");
        type("ls");
        type("\r");
        type("\r");
        assertThat(effects.done).containsExactly("respawn");

        on(new AttachEvent.Respawned(0));
        assertThat(shown(23)).isEmpty();
        assertThat(shown(0)).isEqualTo("snapshot");
        type("ls\r");
        assertThat(effects.done).containsExactly("respawn", "type ls\r");
    }

    @Test
    void theDetachKeyLeavesAfterWhatWasTypedBeforeIt() {
        attach(SMALL);

        type("ls\r\u001crest");

        assertThat(effects.done).containsExactly("type ls\r", "finish Detached[]");
    }

    @Test
    void aShortLossOfTheLinkLeavesNoTraceAndALongOneALineUntilItIsBack() {
        attach(SMALL);
        effects.reset();
        on(lost());
        pass(Duration.ofMillis(300));
        on(new AttachEvent.LinkChanged(new LinkState.Connected("s")));
        pass(Duration.ofMinutes(1));
        assertThat(effects.screen()).isEmpty();
        assertThat(effects.done).isEmpty();

        on(lost());
        pass(AttachView.LINK_GRACE);
        assertThat(effects.screen()).contains("reconnecting", "nobody answers");
        on(new AttachEvent.LinkChanged(new LinkState.Connected("s")));
        output(" and on");

        assertThat(shown(0)).isEqualTo("snapshot and on");
        assertThat(shown(23)).isEmpty();
        assertThat(effects.done).isEmpty();
    }

    @Test
    void whatWasDroppedIsRepairedByASnapshot() {
        attach(SMALL);

        on(new AttachEvent.Overflowed(0));

        assertThat(effects.done).containsExactly("attach again");
    }

    @Test
    void theEndOfTheSessionIsTheEnd() {
        attach(SMALL);

        on(new AttachEvent.Ended(0, ErrorCode.NOT_FOUND, "x"));

        assertThat(effects.done).containsExactly("finish Ended[message=the session is gone]");
    }

    @Test
    void aReadOnlyViewerTypesNothingAndVotesForNoSize() {
        var looking = view(true);
        looking.on(new AttachEvent.Attached(0, created(LARGE)), now);
        looking.on(resync(0, LARGE, "x"), now);
        looking.on(new AttachEvent.WindowChanged(LARGE), now);
        looking.on(new AttachEvent.Typed(ByteString.utf8("rm\r")), now);

        assertThat(effects.done).isEmpty();
    }

    @Test
    void theFarewellTakesBackWhatTheProgramLeft() {
        attach(SMALL);
        output("\033[?1049h\033[?1003h\033[?25l\033]4;1;#ff0000\033\\\033]11;#000000\007");

        assertThat(new String(view.farewell(), StandardCharsets.US_ASCII))
                .contains("\033[?1049l", "\033[?1003l", "\033[?25h", "\033[0m")
                .contains("\033]104\033\\", "\033]111\033\\")
                .endsWith("\r\n");
    }

    private static final SessionId SESSION =
            SessionId.parse("aaaaaaaa-0000-4000-8000-000000000001");

    private AttachView view(boolean isReadOnly) {
        return new AttachView(
                effects, DetachKey.parse(DetachKey.DEFAULT).orElseThrow(), isReadOnly, SMALL, 0);
    }

    private void attach(TerminalSize size) {
        on(new AttachEvent.Attached(0, created(size)));
        on(resync(0, size, "snapshot"));
    }

    private static AttachEvent resync(int attachment, TerminalSize size, String snapshot) {
        var what = new ServerMessage.Resync(SESSION, 0, 0, 0, size, snapshot.length(), false, true);
        return new AttachEvent.Resync(attachment, what, ByteString.utf8(snapshot));
    }

    private void output(String text) {
        on(new AttachEvent.Output(0, ByteString.utf8(text)));
    }

    /** A row of the terminal that the view shows itself on. */
    private String shown(int row) {
        return outer.text(row);
    }

    private static ServerMessage.Created created(TerminalSize size) {
        return new ServerMessage.Created(SESSION, 0, false, 0, 0, size, 1, false, false);
    }

    private static AttachEvent lost() {
        var problem = new LinkProblem(LinkProblem.Kind.UNREACHABLE, "nobody answers");
        return new AttachEvent.LinkChanged(
                new LinkState.Reconnecting(1, Duration.ofSeconds(1), problem));
    }

    private void type(String text) {
        on(new AttachEvent.Typed(ByteString.utf8(text)));
    }

    private void on(AttachEvent event) {
        // The terminal has its new size before anybody hears of it.
        if (event instanceof AttachEvent.WindowChanged(TerminalSize size)) {
            outer.resize(size.cols(), size.rows());
        }
        view.on(event, now);
        view.tick(now);
    }

    private void pass(Duration time) {
        now += time.toNanos();
        view.tick(now);
    }

    private final class FakeEffects implements AttachEffects {

        final List<String> done = new ArrayList<>();
        private final ByteArrayOutputStream shown = new ByteArrayOutputStream();
        private int attachments;

        String screen() {
            return shown.toString(StandardCharsets.UTF_8);
        }

        void reset() {
            shown.reset();
        }

        @Override
        public void show(byte[] bytes) {
            shown.writeBytes(bytes);
            outer.feed(bytes, 0, bytes.length);
        }

        @Override
        public void type(ByteString bytes) {
            done.add("type " + bytes.toUtf8());
        }

        @Override
        public void resize(TerminalSize size) {
            done.add("resize " + size);
        }

        @Override
        public void answerOffer(long generation, boolean run) {
            done.add((run ? "run " : "forget ") + generation);
        }

        @Override
        public void respawn() {
            done.add("respawn");
        }

        @Override
        public void screenDiffers() {
            done.add("differs");
        }

        @Override
        public int attachAgain() {
            done.add("attach again");
            return ++attachments;
        }

        @Override
        public void finish(AttachOutcome outcome) {
            done.add("finish " + outcome);
        }
    }
}
