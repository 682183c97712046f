package dev.wormhole.client.link;

import static dev.wormhole.client.link.ScriptedLink.SIZE;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wormhole.client.link.ScriptedLink.RecordingSink;
import dev.wormhole.client.link.ScriptedLink.Request;
import dev.wormhole.protocol.ByteString;
import dev.wormhole.protocol.ClientMessage;
import dev.wormhole.protocol.ColorScheme;
import dev.wormhole.protocol.ErrorCode;
import dev.wormhole.protocol.Feature;
import dev.wormhole.protocol.Frame;
import dev.wormhole.protocol.MessageCodec;
import dev.wormhole.protocol.RespawnMode;
import dev.wormhole.protocol.ServerMessage;
import dev.wormhole.protocol.SessionId;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/** What both ends of a connection say when they have the features. */
class LinkFeaturesTest {

    private static final SessionId A = SessionId.random();
    private static final Capabilities ALL =
            new Capabilities(Set.of(Feature.ACK, Feature.HISTORY, Feature.HASH), 7);

    private final ScriptedLink server = ScriptedLink.connected(ALL, ALL);
    private final RecordingSink quick = new RecordingSink();
    private final RecordingSink telling =
            new RecordingSink() {
                @Override
                public boolean tellsWhatItTook() {
                    return true;
                }
            };

    @Test
    void helloNamesWhatTheUserOfTheLinkCan() {
        assertThat(ALL.words()).containsExactly("ack", "history", "hash");
        assertThat(Capabilities.NONE.words()).isEmpty();
    }

    @Test
    void onlyWhatBothCanIsAgreedAndScreensOfOtherVersionsAreNotCompared() {
        var older = new ServerMessage.Hello(1, List.of("hash", "new", "ack"), "w", 6, 0);

        assertThat(ALL.agreed(older)).containsExactly(Feature.ACK);
    }

    @Test
    void whatCameIsAcknowledgedWhenNothingElseIsToBeDone() {
        server.attached(A, 3, quick);
        assertThat(lastAck()).isEqualTo(new ClientMessage.OutputAck(3, 100, 4L));

        server.data(3, "hello");

        assertThat(lastAck()).isEqualTo(new ClientMessage.OutputAck(3, 105, 9L));
        assertThat(server.now().sent).isEmpty();
    }

    @Test
    void outputThatComesInOneGoIsAcknowledgedAfterEachStepAndAtItsEnd() {
        server.attached(A, 3, quick);
        server.now().sent.clear();

        ByteString piece = ByteString.copyOf(new byte[Acknowledgements.STEP / 2]);
        for (int i = 0; i < 5; i++) server.now().events.received(new Frame.Data(3, piece));
        server.settle();

        assertThat(acks())
                .extracting(ClientMessage.OutputAck::received)
                .containsExactly(4L + 16384, 4L + 32768, 4L + 40960);
    }

    @Test
    void aSnapshotIsAcknowledgedWhileItComesAndTheOffsetWhenItIsWhole() {
        server.attached(A, 0, quick);
        server.now().sent.clear();
        server.say(new ServerMessage.Resync(A, 0, 5_000, 9, SIZE, 10, false, true), null);

        server.data(0, "01234");
        assertThat(lastAck()).isEqualTo(new ClientMessage.OutputAck(0, 100, 9L));
        server.data(0, "56789");

        assertThat(lastAck()).isEqualTo(new ClientMessage.OutputAck(0, 5_000, 14L));
    }

    @Test
    void aSinkThatTellsIsWaitedFor() {
        Attachment attachment = server.attached(A, 0, telling);
        took(attachment, 4);
        server.now().sent.clear();

        server.data(0, "one");
        server.data(0, "three");
        assertThat(server.now().sent).isEmpty();
        took(attachment, 4);
        assertThat(lastAck()).isEqualTo(new ClientMessage.OutputAck(0, 104, 8L));
        took(attachment, 4);

        assertThat(lastAck()).isEqualTo(new ClientMessage.OutputAck(0, 108, 12L));
    }

    @Test
    void whatASinkTakesOfAnEarlierConnectionIsNoNewsOnThisOne() {
        Attachment attachment = server.attached(A, 0, telling);
        took(attachment, 4);
        server.data(0, "before");
        server.breakAndReconnect();
        server.created(server.now().next(ClientMessage.Attach.class), A, 0, false, 106, 3);

        server.data(0, "after");
        took(attachment, 6);
        assertThat(server.now().sent).isEmpty();
        took(attachment, 5);

        assertThat(lastAck()).isEqualTo(new ClientMessage.OutputAck(0, 111, 5L));
    }

    @Test
    void bytesForAnAttachmentThatWasLeftCountForTheNextOnTheChannel() {
        Attachment old = server.attached(A, 0, telling);
        old.detach();
        server.settle();
        server.now().sent.clear();
        server.data(0, "still under way");
        SessionId next = SessionId.random();
        server.link.attach(next, SIZE, false, RespawnMode.AUTO, quick);
        server.settle();

        server.created(server.now().next(ClientMessage.Attach.class), next, 0, true, 0, 0);

        assertThat(lastAck()).isEqualTo(new ClientMessage.OutputAck(0, 0, 19L));
    }

    @Test
    void aServerWithoutTheFeatureHearsNothingOfIt() {
        ScriptedLink older = ScriptedLink.connected(ALL, Capabilities.NONE);
        Attachment attachment = older.attached(A, 0, quick);

        older.data(0, "x");
        attachment.screenDiffers();
        older.settle();

        assertThat(older.now().sent).isEmpty();
    }

    @Test
    void aHashReachesTheSinkOnlyWhereItsStreamStands() {
        server.attached(A, 0, quick);

        server.say(new ServerMessage.Hash(A, 0, 100, 3, 42), null);
        server.say(new ServerMessage.Hash(A, 0, 99, 3, 43), null);
        server.say(new ServerMessage.Hash(A, 0, 100, 4, 44), null);

        assertThat(quick.calls).containsExactly("hash 42");
    }

    @Test
    void aScreenThatDiffersIsCountedAndAskedForAnew() {
        Attachment attachment = server.attached(A, 0, quick);
        server.now().sent.clear();

        attachment.screenDiffers();
        server.settle();

        assertThat(server.now().nextRequest()).isEqualTo(new ClientMessage.Refresh(A));
        assertThat(server.link.differences()).isEqualTo(1);
    }

    @Test
    void whatIsKeptIsToldToTheSink() {
        server.attached(A, 0, quick);
        server.say(new ServerMessage.Resync(A, 0, 5_000, 9, SIZE, 1, true, true), null);
        server.data(0, "s");

        assertThat(quick.calls).containsExactly("resync 80×24 kept s");
    }

    @Test
    void linesOfTheScrollbackComeByNumber() {
        CompletableFuture<ServerMessage.History> lines = server.link.history(A, 500L, 100);
        CompletableFuture<ServerMessage.History> refused = server.link.history(A, null, 1);
        server.settle();
        Request first = server.now().next(ClientMessage.HistoryRequest.class);
        Request second = server.now().next(ClientMessage.HistoryRequest.class);
        assertThat(first.message()).isEqualTo(new ClientMessage.HistoryRequest(A, 500L, 100));

        var answer = new ServerMessage.History(A, 400, 500, 0, 900, ByteString.utf8("text"));
        server.say(answer, first.ref());
        server.refuse(second, ErrorCode.NOT_FOUND);

        assertThat(lines).isCompletedWithValue(answer);
        assertThat(refused).isCompletedExceptionally();
    }

    @Test
    void whatAViewerToldIsToldAgainOverTheNextConnection() {
        server.attached(A, 0, quick);
        server.now().sent.clear();
        server.link.viewerState(viewer(null, null, ColorScheme.DARK));
        server.link.viewerState(viewer(A, true, null));
        server.link.viewerState(viewer(A, false, null));
        server.link.viewerState(viewer(SessionId.random(), true, null));
        server.settle();
        assertThat(server.now().sent).hasSize(3);

        server.breakAndReconnect();

        assertThat(server.now().nextRequest()).isEqualTo(viewer(null, null, ColorScheme.DARK));
        server.created(server.now().next(ClientMessage.Attach.class), A, 0, false, 100, 3);
        assertThat(server.now().nextRequest()).isEqualTo(viewer(A, false, null));
        assertThat(server.now().sent).isEmpty();
    }

    private static ClientMessage.ViewerState viewer(
            @Nullable SessionId id, @Nullable Boolean focused, @Nullable ColorScheme scheme) {
        return new ClientMessage.ViewerState(id, focused, null, null, null, null, scheme);
    }

    private void took(Attachment attachment, long bytes) {
        attachment.took(bytes);
        server.settle();
    }

    private ClientMessage.OutputAck lastAck() {
        return acks().getLast();
    }

    private List<ClientMessage.OutputAck> acks() {
        List<ClientMessage.OutputAck> acks =
                server.now().sent.stream()
                        .map(frame -> MessageCodec.decodeClient(((Frame.Control) frame).json()))
                        .map(ScriptedLink::message)
                        .map(ClientMessage.OutputAck.class::cast)
                        .toList();
        server.now().sent.clear();
        return acks;
    }
}
