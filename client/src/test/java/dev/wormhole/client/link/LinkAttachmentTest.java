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
import dev.wormhole.protocol.RespawnMode;
import dev.wormhole.protocol.ServerMessage;
import dev.wormhole.protocol.SessionId;
import dev.wormhole.protocol.TerminalSize;

import org.junit.jupiter.api.Test;

import java.util.concurrent.CompletableFuture;

class LinkAttachmentTest {

    private static final SessionId A = SessionId.random();

    private final ScriptedLink server = ScriptedLink.connected();
    private final RecordingSink sink = new RecordingSink();

    private static Frame typed(int channel, String text) {
        return new Frame.Data(channel, ByteString.utf8(text));
    }

    @Test
    void aSnapshotOverSeveralMessagesReachesTheSinkInOneCall() {
        server.attached(A, 0, sink);
        server.say(new ServerMessage.Resync(A, 0, 5_000, 9, SIZE, 10, false, true), null);

        server.data(0, "0123");
        server.data(0, "4567");
        assertThat(sink.calls).isEmpty();
        server.data(0, "89raw");

        assertThat(sink.calls).containsExactly("resync 80×24 0123456789", "5000 raw");
    }

    @Test
    void anEmptySnapshotIsComplete() {
        server.attached(A, 0, sink);

        server.resync(A, 0, 700, 4, "");
        server.data(0, "on");

        assertThat(sink.calls).containsExactly("resync 80×24 ", "700 on");
    }

    @Test
    void aSnapshotBeyondAllReasonIsNotCollected() {
        server.attached(A, 0, sink);
        int length = SessionStream.MAX_SNAPSHOT + 1;
        server.say(new ServerMessage.Resync(A, 0, 9, 4, SIZE, length, false, true), null);

        ByteString piece = ByteString.copyOf(new byte[1 << 20]);
        for (int i = 0; i < 64; i++) {
            server.now().events.received(new Frame.Data(0, piece));
            server.settle();
        }
        server.data(0, "xraw");

        assertThat(sink.calls).containsExactly("resync 80×24 ", "9 raw");
    }

    @Test
    void bytesAtAnotherPlaceThanTheSinkStandsBringAFreshSnapshot() {
        server.attached(A, 0, sink);
        server.breakAndReconnect();
        server.created(server.now().next(ClientMessage.Attach.class), A, 0, false, 900, 3);

        server.data(0, "not the byte at 100");

        Request attach = server.now().next(ClientMessage.Attach.class);
        assertThat(((ClientMessage.Attach) attach.message()).resumeOffset()).isNull();
        server.data(0, "still the old stream");
        server.created(attach, A, 0, false, 950, 3);
        server.resync(A, 0, 950, 3, "new");
        server.data(0, "!");
        assertThat(sink.calls)
                .containsExactly("attached 0", "attached 0", "resync 80×24 new", "950 !");
    }

    @Test
    void anEventThatWasMissedBringsAFreshSnapshotAndOneSeenBeforeIsNoNews() {
        server.attached(A, 0, sink);

        server.say(new ServerMessage.Size(A, 0, 90, 2, new TerminalSize(10, 10)), null);
        assertThat(server.now().sent).isEmpty();
        server.say(new ServerMessage.Size(A, 0, 100, 4, new TerminalSize(20, 20)), null);

        assertThat(server.now().next(ClientMessage.Attach.class)).isNotNull();
        assertThat(sink.calls).isEmpty();
    }

    @Test
    void aServerThatNeverFindsThePlaceIsNotAskedForEver() {
        server.attached(A, 0, sink);
        for (int i = 0; i < Attachments.MAX_REPAIRS; i++) {
            server.say(new ServerMessage.Size(A, 0, 1, 99, SIZE), null);
            server.created(server.now().next(ClientMessage.Attach.class), A, 0, false, 100, 3);
            server.resync(A, 0, 100, 3, "s");
        }

        server.say(new ServerMessage.Size(A, 0, 1, 99, SIZE), null);

        assertThat(server.now().sent).isEmpty();
    }

    @Test
    void aSinkThatThrowsCostsNobodyElseAnything() {
        var broken =
                new RecordingSink() {
                    @Override
                    public void attached(ServerMessage.Created created) {
                        throw new AssertionError("a broken sink");
                    }

                    @Override
                    public void output(long offset, ByteString bytes) {
                        throw new IllegalStateException("a broken sink");
                    }
                };
        Attachment first = server.link.attach(A, SIZE, false, RespawnMode.AUTO, broken);
        first.input(ByteString.utf8("ls"));
        server.settle();
        server.created(server.now().next(ClientMessage.Attach.class), A, 0, true, 100, 0);
        assertThat(server.now().sent.removeFirst()).isEqualTo(typed(0, "ls"));
        server.attached(SessionId.random(), 1, sink);

        server.data(0, "x");
        server.data(1, "y");
        server.breakAndReconnect();

        assertThat(sink.calls).containsExactly("100 y");
        var again = (ClientMessage.Attach) server.now().next(ClientMessage.Attach.class).message();
        assertThat(again.resumeOffset()).isEqualTo(101);
    }

    @Test
    void inputGoesToTheChannelInPiecesAndIsDroppedWithoutAConnection() {
        Attachment attachment = server.attached(A, 3, sink);
        byte[] paste = new byte[Typing.PIECE + 1];

        attachment.input(ByteString.copyOf(paste));
        server.settle();
        assertThat(server.now().sent)
                .containsExactly(
                        new Frame.Data(3, ByteString.copyOf(paste, 0, paste.length - 1)),
                        new Frame.Data(3, ByteString.copyOf(paste, 0, 1)));

        server.breakConnection();
        attachment.input(ByteString.utf8("into the void"));
        server.reconnect();
        server.created(server.now().next(ClientMessage.Attach.class), A, 3, false, 100, 3);
        assertThat(server.now().sent).isEmpty();
    }

    @Test
    void whatIsTypedBeforeTheAnswerToAnAttachIsSentBehindIt() {
        Attachment attachment = server.link.attach(A, SIZE, false, RespawnMode.AUTO, sink);
        attachment.input(ByteString.utf8("ls\r"));
        attachment.resize(new TerminalSize(100, 30));
        server.settle();
        Request attach = server.now().next(ClientMessage.Attach.class);
        assertThat(server.now().sent).isEmpty();

        server.created(attach, A, 2, false, 0, 0);

        assertThat(server.now().nextRequest())
                .isEqualTo(new ClientMessage.Resize(A, new TerminalSize(100, 30)));
        assertThat(server.now().sent).containsExactly(typed(2, "ls\r"));
    }

    @Test
    void aHiddenPaneHasNoVote() {
        Attachment attachment = server.attached(A, 0, sink);

        attachment.resize(null);
        server.settle();

        assertThat(server.now().nextRequest()).isEqualTo(new ClientMessage.Resize(A, null));
    }

    @Test
    void afterADetachTheSinkHearsNothingMore() {
        Attachment attachment = server.attached(A, 0, sink);

        CompletableFuture<Void> done = attachment.detach();
        server.settle();
        Request detach = server.now().next(ClientMessage.Detach.class);
        server.data(0, "between");
        assertThat(done).isNotDone();
        server.say(new ServerMessage.Detached(A, 0), detach.ref());

        assertThat(done).isCompleted();
        assertThat(sink.calls).isEmpty();
        server.breakAndReconnect();
        assertThat(server.now().sent).isEmpty();
    }

    @Test
    void aDetachWithoutAConnectionJustForgets() {
        Attachment attachment = server.attached(A, 0, sink);
        server.breakConnection();

        CompletableFuture<Void> done = attachment.detach();
        server.settle();

        assertThat(done).isCompleted();
        server.reconnect();
        assertThat(server.now().sent).isEmpty();
    }

    @Test
    void aSessionAttachedAgainRightAfterItsDetachHearsOnlyTheNewAnswer() {
        Attachment old = server.link.attach(A, SIZE, false, RespawnMode.AUTO, sink);
        server.settle();
        Request first = server.now().next(ClientMessage.Attach.class);
        CompletableFuture<Void> gone = old.detach();
        var second = new RecordingSink();
        server.link.attach(A, SIZE, false, RespawnMode.AUTO, second);
        server.settle();
        Request detach = server.now().next(ClientMessage.Detach.class);
        Request again = server.now().next(ClientMessage.Attach.class);

        server.created(first, A, 0, false, 5, 0);
        server.data(0, "for the first");
        server.say(new ServerMessage.Detached(A, 0), detach.ref());
        server.created(again, A, 0, true, 9, 0);
        server.data(0, "for the second");

        assertThat(gone).isCompleted();
        assertThat(sink.calls).isEmpty();
        assertThat(second.calls).containsExactly("attached 0", "9 for the second");
    }

    @Test
    void aSecondAttachmentOfOneSessionIsEndedAtOnce() {
        server.attached(A, 0, sink);
        var second = new RecordingSink();

        server.link.attach(A, SIZE, false, RespawnMode.AUTO, second);
        server.settle();

        assertThat(second.calls).containsExactly("ended BAD_REQUEST");
        server.data(0, "x");
        assertThat(sink.calls).containsExactly("100 x");
    }

    @Test
    void aDestroyedSessionEndsItsAttachmentAndFreesItsChannel() {
        server.attached(A, 0, sink);

        server.say(new ServerMessage.Destroyed(A), null);
        server.data(0, "of a session that took the number");

        assertThat(sink.calls).containsExactly("ended NOT_FOUND");
        assertThat(server.announced).containsExactly("destroyed " + A);
        assertThat(server.now().nextRequest()).isEqualTo(new ClientMessage.Detach(A));
    }

    @Test
    void concurrentRespawnsAreOneRequest() {
        Attachment attachment = server.attached(A, 0, sink);

        CompletableFuture<Long> one = attachment.respawn();
        CompletableFuture<Long> two = attachment.respawn();
        server.settle();
        Request respawn = server.now().next(ClientMessage.Respawn.class);
        assertThat(respawn.message()).isEqualTo(new ClientMessage.Respawn(A, 1L));
        assertThat(server.now().sent).isEmpty();
        server.say(new ServerMessage.Respawned(A, 0, 2, 100, 3), respawn.ref());

        assertThat(one).isCompletedWithValue(2L);
        assertThat(two).isCompletedWithValue(2L);
        assertThat(sink.calls).containsExactly("generation 2");
    }

    @Test
    void aRespawnWhoseAnswerWasLostIsAskedAgainOnlyIfItWasNotDone() {
        Attachment attachment = server.attached(A, 0, sink);
        CompletableFuture<Long> respawn = attachment.respawn();
        server.settle();

        server.breakAndReconnect();
        assertThat(respawn).isNotDone();
        Request attach = server.now().next(ClientMessage.Attach.class);
        server.say(
                new ServerMessage.Created(A, 0, false, 100, 3, SIZE, 1, true, false), attach.ref());
        assertThat(server.now().next(ClientMessage.Respawn.class)).isNotNull();

        server.breakAndReconnect();
        attach = server.now().next(ClientMessage.Attach.class);
        server.say(
                new ServerMessage.Created(A, 0, false, 100, 3, SIZE, 2, false, false),
                attach.ref());
        assertThat(respawn).isCompletedWithValue(2L);
        assertThat(server.now().sent).isEmpty();
    }

    @Test
    void aRespawnThatSomebodyElseDidFirstIsDone() {
        Attachment attachment = server.attached(A, 0, sink);
        CompletableFuture<Long> respawn = attachment.respawn();
        server.settle();

        server.refuse(server.now().next(ClientMessage.Respawn.class), ErrorCode.STALE_GENERATION);

        assertThat(respawn).isCompletedWithValue(2L);
    }

    @Test
    void aRespawnThatFailsSaysWhyAndCanBeTriedAgain() {
        Attachment attachment = server.attached(A, 0, sink);
        CompletableFuture<Long> respawn = attachment.respawn();
        server.settle();
        server.refuse(server.now().next(ClientMessage.Respawn.class), ErrorCode.SPAWN_FAILED);
        assertThat(respawn).isCompletedExceptionally();

        attachment.respawn();
        server.settle();
        assertThat(server.now().next(ClientMessage.Respawn.class)).isNotNull();
    }

    @Test
    void aRespawnThatAResyncJumpedOverIsStillTold() {
        server.attached(A, 0, sink);
        server.say(new ServerMessage.Exit(A, 0, 1, 100, 0, null, ExitReason.EXITED), null);

        server.resync(A, 0, 9_000, 7, "later");
        server.say(new ServerMessage.Respawned(A, 0, 2, 100, 3), "a ref of nobody");
        server.data(0, "x");

        assertThat(sink.calls)
                .containsExactly("exited 0", "resync 80×24 later", "generation 2", "9000 x");
        assertThat(server.now().sent).isEmpty();
    }
}
