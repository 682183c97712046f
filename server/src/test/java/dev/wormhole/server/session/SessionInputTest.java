package dev.wormhole.server.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wormhole.protocol.ByteString;
import dev.wormhole.protocol.TerminalSize;
import dev.wormhole.server.pty.ClientKey;
import dev.wormhole.server.pty.Pty;
import dev.wormhole.server.session.SessionCommand.InputResult;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.util.UUID;
import java.util.concurrent.CompletableFuture;

class SessionInputTest {

    private static final String BEGIN = "\033[200~";
    private static final String END = "\033[201~";
    private static final ClientKey CLIENT = new ClientKey(new UUID(0, 1));

    private final SessionInput input = new SessionInput();
    private final ScriptedViewer one = new ScriptedViewer();
    private final ScriptedViewer two = new ScriptedViewer();
    private final Keyboard keyboard = new Keyboard();
    private long now;

    /** What a process gets, as text; it takes everything unless it is full. */
    private static final class Keyboard implements Pty {

        final StringBuilder typed = new StringBuilder();
        boolean isFull;

        @Override
        public long pid() {
            return 1;
        }

        @Override
        public boolean write(ByteString bytes) {
            if (!isFull) typed.append(bytes.toUtf8());
            return !isFull;
        }

        @Override
        public void write(ClientKey client, long from, ByteString bytes) {
            if (!isFull) typed.append(bytes.toUtf8());
        }

        @Override
        public void resize(long event, TerminalSize size) {}

        @Override
        public void handled(int bytes) {}

        @Override
        public void confirm(long offset, long event) {}

        @Override
        public void forget() {}

        @Override
        public void signal(int number) {}

        @Override
        public void hangUp() {}

        @Override
        public String foregroundDirectory() {
            return null;
        }

        @Override
        public java.util.List<String> foregroundCommand() {
            return null;
        }
    }

    @BeforeEach
    void aProcess() {
        input.begin(1, new Running(keyboard));
        assertThat(input.enter(one, CLIENT, 1)).isZero();
    }

    private CompletableFuture<InputResult> plain(Viewer viewer, String text) {
        var answer = new CompletableFuture<InputResult>();
        input.type(viewer, ByteString.utf8(text), answer, now);
        return answer;
    }

    private void numbered(long from, String text) {
        input.type(CLIENT, from, ByteString.utf8(text), now);
    }

    @Test
    void twoWritersDoNotInterleaveInAPaste() {
        numbered(0, BEGIN + "one ");
        CompletableFuture<InputResult> answer = plain(two, "rm\r");
        assertThat(answer).isNotDone();
        numbered(10, "two" + END);

        assertThat(keyboard.typed).hasToString(BEGIN + "one two" + END + "rm\r");
        assertThat(answer).isCompletedWithValue(InputResult.TAKEN);
    }

    @Test
    void whatWaitsForAPasteIsTypedWhenItStandsStill() {
        plain(two, BEGIN);
        numbered(0, "abc");
        assertThat(keyboard.typed).hasToString(BEGIN);

        now = input.nextDue().orElseThrow();
        input.due(now);

        assertThat(keyboard.typed).hasToString(BEGIN + "abc");
    }

    @Test
    void aViewerThatLeavesEndsItsPaste() {
        plain(two, BEGIN);
        numbered(0, "abc");

        input.leave(two, now);

        assertThat(keyboard.typed).hasToString(BEGIN + "abc");
    }

    @Test
    void aPasteGoesOnOverANewConnectionOfItsClientAndOthersStillWait() {
        var anew = new ScriptedViewer();
        numbered(0, BEGIN + "one ");
        input.lost(one, now);
        plain(two, "rm\r");
        assertThat(keyboard.typed).hasToString(BEGIN + "one ");

        input.enter(anew, CLIENT, 1);
        numbered(10, "two ");
        numbered(14, "three" + END);

        assertThat(keyboard.typed).hasToString(BEGIN + "one two three" + END + "rm\r");
    }

    @Test
    void aPasteThatGoesOnLateOverANewConnectionHoldsOthersUpAgain() {
        numbered(0, BEGIN + "one ");
        input.lost(one, now);
        plain(two, "1");
        now = input.nextDue().orElseThrow();
        input.due(now);
        assertThat(keyboard.typed).hasToString(BEGIN + "one 1");

        input.enter(one, CLIENT, 1);
        numbered(10, "two ");
        plain(two, "2");
        assertThat(keyboard.typed).hasToString(BEGIN + "one 1two ");
        numbered(14, END);

        assertThat(keyboard.typed).hasToString(BEGIN + "one 1two " + END + "2");
    }

    @Test
    void aConnectionThatIsFoundLostAfterTheNextOneCameDoesNotEndThePaste() {
        numbered(0, BEGIN + "one ");
        input.enter(new ScriptedViewer(), CLIENT, 1);
        input.lost(one, now);
        input.leave(one, now);

        plain(two, "rm\r");

        assertThat(keyboard.typed).hasToString(BEGIN + "one ");
    }

    @Test
    void aClientThatDetachesEndsItsPaste() {
        numbered(0, BEGIN + "one ");
        plain(two, "abc");

        input.leave(one, now);

        assertThat(keyboard.typed).hasToString(BEGIN + "one abc");
    }

    @Test
    void whatIsTakenIsToldToTheClientsNewestViewerAndRepeatsAreToldAgain() {
        numbered(0, "abc");
        input.enter(two, CLIENT, 1);
        input.accepted(1, CLIENT, 3, now);
        input.type(CLIENT, 0, ByteString.utf8("abc"), now);

        assertThat(one.heard).isEmpty();
        assertThat(two.heard)
                .containsExactly(new ViewerUpdate.InputTaken(3), new ViewerUpdate.InputTaken(3));
        assertThat(keyboard.typed).hasToString("abc");
    }

    @Test
    void theNextGenerationCountsFromZero() {
        numbered(0, "abc");
        input.accepted(1, CLIENT, 3, now);
        input.end();

        assertThat(input.enter(one, CLIENT, 2)).isZero();
        input.begin(2, new Running(keyboard));
        numbered(0, "def");

        assertThat(keyboard.typed).hasToString("abcdef");
    }

    @Test
    void whatWaitsForAPasteOfAProcessThatEndsIsAnswered() {
        plain(two, BEGIN);
        CompletableFuture<InputResult> answer = plain(one, "abc");

        input.end();

        assertThat(answer).isCompletedWithValue(InputResult.TAKEN);
        assertThat(keyboard.typed).hasToString(BEGIN);
        assertThat(input.nextDue()).isEmpty();
    }

    @Test
    void plainInputThatTheProgramDoesNotReadIsRefused() {
        keyboard.isFull = true;

        assertThat(plain(one, "abc")).isCompletedWithValue(InputResult.QUEUE_FULL);
    }
}
