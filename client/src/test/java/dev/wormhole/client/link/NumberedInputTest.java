package dev.wormhole.client.link;

import static dev.wormhole.client.link.ScriptedLink.SIZE;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wormhole.client.link.ScriptedLink.RecordingSink;
import dev.wormhole.protocol.ByteString;
import dev.wormhole.protocol.ClientMessage;
import dev.wormhole.protocol.ExitReason;
import dev.wormhole.protocol.Frame;
import dev.wormhole.protocol.Limits;
import dev.wormhole.protocol.RespawnMode;
import dev.wormhole.protocol.ServerMessage;
import dev.wormhole.protocol.SessionId;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.IntStream;

/** Feature {@code input}, seen from the server. */
class NumberedInputTest {

    private static final SessionId A = SessionId.random();
    private static final int PASTE = 10 << 20;

    private final NumberingServer server = new NumberingServer(A);
    private final Sink sink = new Sink();
    private Attachment attachment;

    private static final class Sink extends RecordingSink {
        long discarded;
        long taken;
        long total;

        @Override
        public void inputWaits(long takenSoFar, long all) {
            taken = takenSoFar;
            total = all;
        }

        @Override
        public void inputDiscarded(long bytes) {
            discarded += bytes;
        }
    }

    @BeforeEach
    void attach() {
        attachment = server.link.link.attach(A, SIZE, false, RespawnMode.AUTO, sink);
        server.link.settle();
        server.attach();
        server.link.resync(A, NumberingServer.CHANNEL, 100, 3, "snap");
    }

    private void type(String text) {
        type(ByteString.utf8(text));
    }

    private void type(ByteString bytes) {
        attachment.input(bytes);
        server.link.settle();
    }

    private void exit() {
        server.isExited = true;
        server.link.say(
                new ServerMessage.Exit(
                        A,
                        NumberingServer.CHANNEL,
                        server.generation,
                        100,
                        0,
                        null,
                        ExitReason.EXITED),
                null);
    }

    private void respawn() {
        server.isExited = false;
        server.generation++;
        server.taken = new ByteArrayOutputStream();
        server.link.say(
                new ServerMessage.Respawned(A, NumberingServer.CHANNEL, server.generation, 100, 3),
                null);
    }

    private long underWay() {
        return server.link.now().sent.stream()
                .mapToLong(frame -> frame instanceof Frame.Data(_, var bytes) ? bytes.length() : 0)
                .sum();
    }

    static IntStream seeds() {
        return IntStream.range(0, 300);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void everyByteIsTypedOnceOverLostConnectionsAndLostAcknowledgements(int seed) {
        var random = new Random(seed);
        var typed = new ByteArrayOutputStream();
        boolean isAway = false;
        for (int step = 0; step < 120; step++) {
            switch (random.nextInt(6)) {
                case 0, 1 -> {
                    boolean isLarge = !isAway && random.nextInt(8) == 0;
                    byte[] bytes = new byte[1 + random.nextInt(isLarge ? 500_000 : 40)];
                    random.nextBytes(bytes);
                    // Nothing that acts as Ctrl-C.
                    if (bytes.length == 1) bytes[0] = 'x';
                    typed.writeBytes(bytes);
                    type(ByteString.copyOf(bytes));
                }
                case 2, 3 -> {
                    if (!isAway) server.take(1 + random.nextInt(5));
                }
                case 4 -> {
                    if (!isAway) server.acknowledge();
                }
                default -> {
                    if (isAway) {
                        server.link.reconnect();
                        server.attach();
                    } else {
                        server.link.breakConnection();
                    }
                    isAway = !isAway;
                }
            }
        }
        if (isAway) {
            server.link.reconnect();
            server.attach();
        }
        server.drain();

        assertThat(server.taken.toByteArray()).as("seed %d", seed).isEqualTo(typed.toByteArray());
        assertThat(sink.discarded).isZero();
        assertThat(sink.total).isZero();
    }

    @Test
    void numbersBeginWhereTheServerStandsAndCountOn() {
        type("abc");
        server.takeAll();
        assertThat(server.text()).isEqualTo("abc");
        // Its acknowledgement is lost with the connection.
        server.reconnect();

        assertThat(server.link.now().nextRequest())
                .isEqualTo(new ClientMessage.InputBegin(NumberingServer.CHANNEL, 1, 3));
        assertThat(server.link.now().sent).isEmpty();
    }

    @Test
    void aLargePasteGoesOutInTheWindowAndTheSinkHearsWhatWaits() {
        byte[] paste = new byte[PASTE];
        new Random(1).nextBytes(paste);

        type(ByteString.copyOf(paste));
        assertThat(underWay()).isEqualTo(Limits.INPUT_WINDOW);
        assertThat(sink.taken).isZero();
        assertThat(sink.total).isEqualTo(PASTE);

        server.takeAll();
        server.acknowledge();
        assertThat(underWay()).isEqualTo(Limits.INPUT_WINDOW);
        assertThat(sink.taken).isEqualTo(Limits.INPUT_WINDOW);

        server.drain();
        assertThat(server.taken.toByteArray()).isEqualTo(paste);
        assertThat(sink.total).isZero();
    }

    @Test
    void aPasteBeyondAllReasonIsDiscardedWhole() {
        byte[] paste = new byte[InputWindow.MAX_WAITING + 1];

        type(ByteString.copyOf(paste));

        assertThat(sink.discarded).isEqualTo(paste.length);
        assertThat(underWay()).isZero();
    }

    @Test
    void ctrlCDropsWhatWaitsAndNothingThatWentOut() {
        byte[] paste = new byte[PASTE];
        Arrays.fill(paste, (byte) 'p');
        type(ByteString.copyOf(paste));
        server.takeAll();

        type("\003");
        assertThat(sink.total).isLessThan(Limits.INPUT_WINDOW + 100);
        server.acknowledge();
        server.drain();

        assertThat(server.text()).isEqualTo("p".repeat(Limits.INPUT_WINDOW) + "\003");
        assertThat(sink.total).isZero();
        assertThat(sink.discarded).isZero();
    }

    @Test
    void ctrlCInTheMidstOfABracketedPasteEndsThePasteFirst() {
        type("\033[200~" + "p".repeat(PASTE) + "\033[201~");
        server.takeAll();

        // As a terminal with kitty's keyboard spells it.
        type("\033[99;5u");
        server.acknowledge();
        server.drain();

        assertThat(server.text())
                .startsWith("\033[200~ppp")
                .endsWith("ppp\033[201~\033[99;5u")
                .hasSize(Limits.INPUT_WINDOW + 6 + 7);
    }

    @Test
    void ctrlCDropsNothingWhileNothingWaits() {
        type("abc");
        type("\003");
        server.drain();

        assertThat(server.text()).isEqualTo("abc\003");
    }

    @Test
    void whatIsTypedWhileAwayReachesTheSameProcess() {
        server.link.breakConnection();
        type("ls\r");

        server.link.reconnect();
        type("pwd\r");
        server.attach();
        server.drain();

        assertThat(server.text()).isEqualTo("ls\rpwd\r");
        assertThat(sink.discarded).isZero();
    }

    @Test
    void whatIsTypedWhileAwayIsBoundedAndTheRestIsSaid() {
        server.link.breakConnection();

        type("a".repeat(AttachedSession.MAX_TYPED_AHEAD));
        type("bc");

        assertThat(sink.discarded).isEqualTo(2);
    }

    @Test
    void whatAProcessDidNotTakeIsNotTypedIntoTheNextOneAndIsSaid() {
        type("taken");
        server.takeAll();
        type("lost");
        server.link.breakConnection();
        type("away");
        server.generation = 2;
        server.taken = new ByteArrayOutputStream();

        server.link.reconnect();
        server.attach();
        type("next");
        server.drain();

        assertThat(server.text()).isEqualTo("next");
        // The first word was never acknowledged either: this end cannot know.
        assertThat(sink.discarded).isEqualTo("takenlostaway".length());
    }

    @Test
    void whatIsTypedIntoAnEndedProcessIsSaidOnceAndANewProcessBeginsAtZero() {
        type("exit\r");
        server.drain();
        exit();
        type("ls");
        assertThat(sink.discarded).isEqualTo(2);

        respawn();
        type("pwd");
        server.reconnect();
        server.drain();

        assertThat(server.text()).isEqualTo("pwd");
        assertThat(sink.discarded).isEqualTo(2);
    }

    @Test
    void whatComesBackFromTheServerIsSaidOnce() {
        server.isExited = true;
        type("one");
        type("two");
        server.takeAll();
        assertThat(server.discarded).containsExactly("one", "two");

        server.link.say(new ServerMessage.InputDiscarded(NumberingServer.CHANNEL, 1, 3), null);
        server.link.say(new ServerMessage.InputDiscarded(NumberingServer.CHANNEL, 1, 3), null);
        exit();

        assertThat(sink.discarded).isEqualTo(6);
    }

    @Test
    void aRespawnThatSomebodyElseDidFirstTakesInputAtOnce() {
        exit();
        server.link.now().sent.clear();
        attachment.respawn().thenAccept(_ -> attachment.input(ByteString.utf8("ls")));
        server.link.settle();

        server.isExited = false;
        server.generation = 2;
        server.link.refuse(
                server.link.now().next(ClientMessage.Respawn.class),
                dev.wormhole.protocol.ErrorCode.STALE_GENERATION);
        server.link.say(new ServerMessage.Respawned(A, NumberingServer.CHANNEL, 2, 100, 3), null);
        server.drain();

        assertThat(server.text()).isEqualTo("ls");
    }

    @Test
    void anAttachmentMadeAnewCountsOnFromTheOneBefore() {
        type("abc");
        attachment.detach();
        attachment = server.link.link.attach(A, SIZE, false, RespawnMode.AUTO, sink);
        server.link.settle();
        server.take(2);
        server.link.now().next(ClientMessage.Detach.class);
        // The server answers before the process has taken the first attachment's bytes.
        var before = server.taken;
        server.taken = new ByteArrayOutputStream();
        server.attach();
        server.taken = before;

        type("def");
        server.drain();

        assertThat(server.text()).isEqualTo("abcdef");
    }

    @Test
    void aServerThatForgotItsCountGetsWhatItDidNotTake() {
        type("abc");
        server.drain();
        type("def");
        server.link.now().sent.clear();
        server.taken = new ByteArrayOutputStream();

        server.reconnect();
        server.drain();

        assertThat(server.text()).isEqualTo("def");
    }

    @Test
    void aServerThatDoesNotCountGetsInputAsItIsTyped() {
        var plain = ScriptedLink.connected(NumberingServer.NUMBERED, Capabilities.NONE);
        Attachment unnumbered = plain.attached(A, 0, sink);

        unnumbered.input(ByteString.utf8("ls"));
        plain.settle();

        assertThat(plain.now().sent).containsExactly(new Frame.Data(0, ByteString.utf8("ls")));
    }
}
