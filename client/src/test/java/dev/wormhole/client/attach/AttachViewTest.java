package dev.wormhole.client.attach;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wormhole.client.link.LinkProblem;
import dev.wormhole.client.link.LinkState;
import dev.wormhole.protocol.ByteString;
import dev.wormhole.protocol.ErrorCode;
import dev.wormhole.protocol.ExitReason;
import dev.wormhole.protocol.ServerMessage;
import dev.wormhole.protocol.SessionId;
import dev.wormhole.protocol.TerminalSize;

import org.junit.jupiter.api.Test;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

class AttachViewTest {

    private static final TerminalSize SMALL = new TerminalSize(80, 24);
    private static final TerminalSize LARGE = new TerminalSize(120, 40);

    private final FakeEffects effects = new FakeEffects();
    private final AttachView view = view(false);
    private long now;

    @Test
    void showsTheSnapshotThenTheOutputWithoutQueries() {
        attach(SMALL);

        on(new AttachEvent.Output(0, ByteString.utf8("b\033[cc\033]0;title\007")));

        assertThat(effects.screen()).contains("\033[2J").endsWith("snapshotbc\033]0;title\007");
    }

    @Test
    void passesNothingWhileTheSizesDifferAndSaysSo() {
        attach(SMALL);
        on(new AttachEvent.SessionSize(0, LARGE));
        effects.reset();

        on(new AttachEvent.Output(0, ByteString.utf8("wide")));
        assertThat(effects.screen()).isEmpty();

        pass(AttachView.SIZE_GRACE);
        assertThat(effects.screen())
                .contains("session is 120×40, this terminal is 80×24")
                .doesNotContain("wide");
        type("x");
        assertThat(effects.done).isEmpty();

        on(new AttachEvent.SessionSize(0, SMALL));
        assertThat(effects.done).containsExactly("attach again");
        on(new AttachEvent.Output(0, ByteString.utf8("old")));
        on(new AttachEvent.Resync(1, SMALL, ByteString.utf8("fresh")));
        assertThat(effects.screen()).endsWith("fresh").doesNotContain("old");
    }

    @Test
    void aResizeThatTheSessionFollowsAtOnceLeavesNoTrace() {
        attach(SMALL);
        effects.reset();

        on(new AttachEvent.WindowChanged(LARGE));
        on(new AttachEvent.SessionSize(0, LARGE));
        on(new AttachEvent.Output(0, ByteString.utf8("prompt")));
        pass(Duration.ofMinutes(1));

        assertThat(effects.done).containsExactly("resize 120×40");
        assertThat(effects.screen()).isEqualTo("prompt");
    }

    @Test
    void outputOfTheOldSizeDuringAResizeCostsASnapshot() {
        attach(SMALL);

        on(new AttachEvent.WindowChanged(LARGE));
        on(new AttachEvent.Output(0, ByteString.utf8("old size")));
        on(new AttachEvent.SessionSize(0, LARGE));

        assertThat(effects.done).containsExactly("resize 120×40", "attach again");
        assertThat(effects.screen()).doesNotContain("old size");
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
    void aShortLossOfTheLinkLeavesNoTraceAndALongOneALineAndAFreshSnapshot() {
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
        assertThat(effects.done).containsExactly("attach again");
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
        looking.on(new AttachEvent.Resync(0, LARGE, ByteString.utf8("x")), now);
        looking.on(new AttachEvent.WindowChanged(LARGE), now);
        looking.on(new AttachEvent.Typed(ByteString.utf8("rm\r")), now);

        assertThat(effects.done).containsExactly("attach again");
    }

    @Test
    void theFarewellTakesBackWhatTheProgramLeft() {
        attach(SMALL);
        on(new AttachEvent.Output(0, ByteString.utf8("\033[?1049h\033[?1003h\033[?25l")));

        assertThat(new String(view.farewell(), StandardCharsets.US_ASCII))
                .contains("\033[?1049l", "\033[?1003l", "\033[?25h", "\033[0m")
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
        on(new AttachEvent.Resync(0, size, ByteString.utf8("snapshot")));
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
        view.on(event, now);
    }

    private void pass(Duration time) {
        now += time.toNanos();
        view.tick(now);
    }

    private static final class FakeEffects implements AttachEffects {

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
        public void respawn() {
            done.add("respawn");
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
