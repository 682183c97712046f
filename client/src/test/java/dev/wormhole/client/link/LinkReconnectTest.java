package dev.wormhole.client.link;

import static dev.wormhole.client.link.ScriptedLink.SIZE;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wormhole.client.link.ScriptedLink.RecordingSink;
import dev.wormhole.client.link.ScriptedLink.Request;
import dev.wormhole.protocol.ByteString;
import dev.wormhole.protocol.ClientMessage;
import dev.wormhole.protocol.ErrorCode;
import dev.wormhole.protocol.ExitReason;
import dev.wormhole.protocol.Frame;
import dev.wormhole.protocol.Happening;
import dev.wormhole.protocol.RespawnMode;
import dev.wormhole.protocol.ServerMessage;
import dev.wormhole.protocol.SessionId;
import dev.wormhole.protocol.TerminalSize;

import org.junit.jupiter.api.Test;

import java.util.List;

class LinkReconnectTest {

    private static final SessionId A = SessionId.random();
    private static final SessionId B = SessionId.random();

    private final ScriptedLink server = ScriptedLink.connected();
    private final RecordingSink sink = new RecordingSink();

    private ClientMessage.Attach attachAgain() {
        return (ClientMessage.Attach) server.now().next(ClientMessage.Attach.class).message();
    }

    @Test
    void theStatesAreToldInOrder() {
        server.breakAndReconnect();
        server.link.close();
        server.settle();

        assertThat(server.states)
                .hasSize(6)
                .satisfies(
                        states -> {
                            assertThat(states.get(0)).isEqualTo(new LinkState.Connecting(1));
                            assertThat(states.get(1)).isInstanceOf(LinkState.Connected.class);
                            assertThat(states.get(2)).isInstanceOf(LinkState.Reconnecting.class);
                            assertThat(states.get(3)).isEqualTo(new LinkState.Connecting(1));
                            assertThat(states.get(4)).isInstanceOf(LinkState.Connected.class);
                            assertThat(states.get(5)).isEqualTo(new LinkState.Disconnected());
                        });
        assertThat(server.link.state()).isEqualTo(new LinkState.Disconnected());
        assertThat(server.now().isClosed).isTrue();
    }

    @Test
    void afterASleepTheServersAnswerKeepsTheConnectionAndItsSilenceReplacesIt() {
        server.mailbox.signal(new Mail.Woke());
        server.settle();
        server.now().next(ClientMessage.Ping.class);
        server.say(new ServerMessage.Pong(), null);
        server.fireAlarms();
        assertThat(server.now().isClosed).isFalse();

        ScriptedLink.Attempt asleep = server.now();
        server.mailbox.signal(new Mail.Woke());
        server.settle();
        server.fireAlarms();

        assertThat(asleep.isClosed).isTrue();
        assertThat(server.now()).isNotSameAs(asleep);
        server.accept();
        assertThat(server.states.getLast()).isInstanceOf(LinkState.Connected.class);
        assertThat(server.states).noneMatch(LinkState.Reconnecting.class::isInstance);
    }

    @Test
    void everyKnownSessionIsAttachedAgainWithItsRealSizeAndOnlyLostProcessesStart() {
        Attachment first = server.attached(A, 0, sink);
        server.attached(B, 1, new RecordingSink());
        var larger = new TerminalSize(120, 40);

        server.breakConnection();
        first.resize(larger);
        server.reconnect();

        assertThat(attachAgain())
                .isEqualTo(new ClientMessage.Attach(A, larger, 100L, 3L, false, RespawnMode.LOST));
        assertThat(attachAgain())
                .isEqualTo(new ClientMessage.Attach(B, SIZE, 100L, 3L, false, RespawnMode.LOST));
        assertThat(server.now().sent).isEmpty();
    }

    @Test
    void aSessionAttachedWhileThereIsNoConnectionIsAskedForOnTheNext() {
        server.breakConnection();

        server.link.attach(A, null, true, RespawnMode.NEVER, sink);
        server.settle();
        server.reconnect();

        assertThat(attachAgain())
                .isEqualTo(new ClientMessage.Attach(A, null, null, null, true, RespawnMode.NEVER));
    }

    @Test
    void aKnownSessionOnlyChangesItsChannel() {
        server.attached(A, 0, sink);
        server.data(0, "before ");

        server.breakAndReconnect();
        server.created(server.now().next(ClientMessage.Attach.class), A, 7, false, 107, 3);
        server.data(7, "after");
        server.data(0, "of nobody");

        assertThat(sink.calls).containsExactly("100 before ", "attached 7", "107 after");
    }

    @Test
    void theNextConnectionGoesOnAfterTheLastByteAndTheLastEventThatTheSinkSaw() {
        server.attached(A, 0, sink);
        server.data(0, "12345");
        server.say(new ServerMessage.Size(A, 0, 105, 3, new TerminalSize(90, 30)), null);
        server.data(0, "678");
        server.say(new ServerMessage.Exit(A, 0, 1, 108, 0, null, ExitReason.EXITED), null);
        server.say(new ServerMessage.Respawned(A, 0, 2, 108, 4), null);
        server.data(0, "9");
        server.say(new ServerMessage.Event(A, 109, new Happening.Bell()), null);

        assertThat(sink.calls)
                .containsExactly(
                        "100 12345",
                        "size 90×30",
                        "105 678",
                        "exited 0",
                        "generation 2",
                        "108 9",
                        "Bell[]");
        server.breakAndReconnect();
        assertThat(attachAgain().resumeOffset()).isEqualTo(109);
        server.breakAndReconnect();
        assertThat(attachAgain().resumeEvent()).isEqualTo(5);
    }

    @Test
    void eventsMissedWhileAwayAreReplayedInTheirPlaces() {
        server.attached(A, 0, sink);
        server.breakAndReconnect();
        Request attach = server.now().next(ClientMessage.Attach.class);
        server.say(
                new ServerMessage.Created(A, 0, false, 100, 3, SIZE, 2, false, false),
                attach.ref());

        server.data(0, "x");
        server.say(new ServerMessage.Respawned(A, 0, 2, 101, 3), null);
        server.data(0, "y");

        assertThat(sink.calls).containsExactly("attached 0", "100 x", "generation 2", "101 y");
    }

    @Test
    void aSnapshotCutByTheEndOfTheConnectionWasNeverSeen() {
        server.attached(A, 0, sink);
        server.say(new ServerMessage.Resync(A, 0, 5_000, 9, SIZE, 8, false, true), null);
        server.data(0, "half");

        server.breakAndReconnect();

        assertThat(sink.calls).isEmpty();
        assertThat(attachAgain())
                .isEqualTo(new ClientMessage.Attach(A, SIZE, 100L, 3L, false, RespawnMode.LOST));
    }

    @Test
    void aFirstAttachWithoutItsSnapshotDoesNotCountAsSeen() {
        server.link.attach(A, SIZE, false, RespawnMode.AUTO, sink);
        server.settle();
        server.created(server.now().next(ClientMessage.Attach.class), A, 0, false, 100, 3);

        server.breakAndReconnect();

        assertThat(attachAgain().resumeOffset()).isNull();
    }

    @Test
    void anUnansweredFirstAttachIsRepeatedAsTheFirst() {
        server.link.attach(A, SIZE, false, RespawnMode.AUTO, sink);
        server.settle();

        server.breakAndReconnect();

        assertThat(attachAgain().respawn()).isEqualTo(RespawnMode.AUTO);
    }

    @Test
    void aCloseOfAReplacedTransportDoesNotTearDownTheNewConnection() {
        server.attached(A, 0, sink);
        ScriptedLink.Attempt old = server.now();
        server.breakAndReconnect();
        server.created(server.now().next(ClientMessage.Attach.class), A, 0, false, 100, 3);

        old.events.received(new Frame.Data(0, ByteString.utf8("stale")));
        old.events.closed(new LinkProblem(LinkProblem.Kind.UNREACHABLE, "Late."));
        server.settle();
        server.data(0, "fresh");

        assertThat(server.link.state()).isInstanceOf(LinkState.Connected.class);
        assertThat(server.now().isClosed).isFalse();
        assertThat(sink.calls).containsExactly("attached 0", "100 fresh");
    }

    @Test
    void aSessionThatIsGoneWhenTheLinkReturnsEndsItsAttachment() {
        server.attached(A, 0, sink);
        server.breakAndReconnect();

        server.refuse(server.now().next(ClientMessage.Attach.class), ErrorCode.NOT_FOUND);
        server.breakAndReconnect();

        assertThat(sink.calls).containsExactly("ended NOT_FOUND");
        assertThat(server.now().sent).isEmpty();
    }

    @Test
    void aRefusalOfAKnownSessionIsTriedAgainOverTheNextConnectionInSilence() {
        server.attached(A, 0, sink);
        server.breakAndReconnect();

        server.refuse(server.now().next(ClientMessage.Attach.class), ErrorCode.CHANNELS_EXHAUSTED);
        assertThat(server.now().sent).isEmpty();
        server.breakAndReconnect();

        assertThat(attachAgain().resumeOffset()).isEqualTo(100);
        assertThat(sink.calls).isEmpty();
    }

    @Test
    void aRefusalOfASessionNeverAttachedEndsTheAttachment() {
        server.link.attach(A, SIZE, false, RespawnMode.AUTO, sink);
        server.settle();

        server.refuse(server.now().next(ClientMessage.Attach.class), ErrorCode.CHANNELS_EXHAUSTED);

        assertThat(sink.calls).containsExactly("ended CHANNELS_EXHAUSTED");
    }

    @Test
    void aBusySessionIsAskedAgainAfterAMoment() {
        server.link.attach(A, SIZE, false, RespawnMode.AUTO, sink);
        server.settle();
        server.refuse(server.now().next(ClientMessage.Attach.class), ErrorCode.BUSY);
        assertThat(server.now().sent).isEmpty();

        assertThat(server.alarms.getLast().delay()).isEqualTo(Attachments.BUSY_DELAY);
        server.fireAlarms();

        server.created(server.now().next(ClientMessage.Attach.class), A, 0, false, 0, 0);
        assertThat(sink.calls).containsExactly("attached 0");
    }

    @Test
    void theWaitEndsByItselfAndTheTimersOfOldAttemptsChangeNothing() {
        List<ScriptedLink.Alarm> old = List.copyOf(server.alarms);
        server.alarms.clear();
        server.breakConnection();
        old.forEach(alarm -> alarm.wake().run());
        server.settle();
        assertThat(server.attempts).hasSize(1);

        server.fireAlarms();

        assertThat(server.attempts).hasSize(2);
        server.accept();
        server.fireAlarms();
        assertThat(server.link.state()).isInstanceOf(LinkState.Connected.class);
    }

    @Test
    void aServerOfAnotherProtocolIsAProblemOfVersions() {
        server.breakConnection();
        server.link.retryNow();
        server.settle();
        server.now().events.opened();

        server.say(new ServerMessage.Hello(2, List.of(), "wormhole 9", 0, 0), null);

        assertThat(server.link.state())
                .isInstanceOfSatisfying(
                        LinkState.Reconnecting.class,
                        it -> assertThat(it.problem().kind()).isEqualTo(LinkProblem.Kind.VERSION));
        assertThat(server.now().isClosed).isTrue();
    }
}
