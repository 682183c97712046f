package dev.wormhole.client.link;

import static dev.wormhole.client.link.ScriptedLink.SIZE;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wormhole.client.link.ScriptedLink.RecordingSink;
import dev.wormhole.client.link.ScriptedLink.Request;
import dev.wormhole.protocol.ByteString;
import dev.wormhole.protocol.ClientMessage;
import dev.wormhole.protocol.ErrorCode;
import dev.wormhole.protocol.Feature;
import dev.wormhole.protocol.Frame;
import dev.wormhole.protocol.ServerMessage;
import dev.wormhole.protocol.SessionEntry;
import dev.wormhole.protocol.SessionId;

import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;

class LinkRequestTest {

    private static final SessionId A = SessionId.random();
    private static final ClientMessage.Create SHELL =
            new ClientMessage.Create(SIZE, "shell", null, List.of(), Map.of(), null);

    private static final ClientMessage.Create UNSTORED =
            new ClientMessage.Create(SIZE, null, null, List.of(), Map.of(), null, false);

    private final ScriptedLink server = ScriptedLink.connected();
    private final RecordingSink sink = new RecordingSink();

    private static Throwable failure(CompletableFuture<?> future) {
        assertThat(future).isCompletedExceptionally();
        try {
            future.get();
            throw new AssertionError("no failure");
        } catch (ExecutionException e) {
            return e.getCause();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void aCreateIsSentUnderOneIdUntilItIsAnswered() {
        server.breakConnection();
        CompletableFuture<Attachment> made = server.link.create(SHELL, sink);
        server.settle();
        server.reconnect();
        Request first = server.now().next(ClientMessage.Create.class);
        assertThat(((ClientMessage.Create) first.message()).createId()).isNotBlank();

        server.breakAndReconnect();
        Request second = server.now().next(ClientMessage.Create.class);
        assertThat(second.message()).isEqualTo(first.message());
        assertThat(made).isNotDone();
        server.created(second, A, 4, false, 30, 1);
        server.resync(A, 4, 30, 1, "prompt");

        assertThat(made.join().sessionId()).isEqualTo(A);
        assertThat(sink.calls).containsExactly("attached 4", "resync 80×24 prompt");
        server.breakAndReconnect();
        assertThat(server.now().nextRequest()).isInstanceOf(ClientMessage.Attach.class);
        assertThat(server.now().sent).isEmpty();
    }

    @Test
    void aNewSessionBeginsAtItsFirstByteWithoutAResync() {
        server.link.create(SHELL, sink);
        server.settle();

        server.created(server.now().next(ClientMessage.Create.class), A, 0, true, 0, 0);
        server.data(0, "$ ");

        assertThat(sink.calls).containsExactly("attached 0", "0 $ ");
        server.breakAndReconnect();
        var again = (ClientMessage.Attach) server.now().next(ClientMessage.Attach.class).message();
        assertThat(again.resumeOffset()).isEqualTo(2);
        assertThat(again.resumeEvent()).isEqualTo(0);
    }

    @Test
    void aRefusedCreateSaysWhy() {
        CompletableFuture<Attachment> made = server.link.create(SHELL, sink);
        server.settle();

        server.refuse(server.now().next(ClientMessage.Create.class), ErrorCode.SPAWN_FAILED);

        assertThat(failure(made))
                .isInstanceOfSatisfying(
                        RequestException.class,
                        e -> assertThat(e.code()).isEqualTo(ErrorCode.SPAWN_FAILED));
        assertThat(sink.calls).isEmpty();
    }

    @Test
    void aSessionThatIsNotToBeStoredIsNotAskedOfAServerThatWouldStoreIt() {
        CompletableFuture<Attachment> made = server.link.create(UNSTORED, sink);
        server.settle();

        assertThat(failure(made))
                .isInstanceOfSatisfying(
                        RequestException.class,
                        e -> assertThat(e.code()).isEqualTo(ErrorCode.UNSUPPORTED));
        assertThat(server.now().sent).isEmpty();
    }

    @Test
    void aSessionThatIsNotToBeStoredIsAskedOfAServerThatKnowsWhatThatIs() {
        var features = new Capabilities(Set.of(Feature.UNSTORED), 0);
        ScriptedLink knowing = ScriptedLink.connected(features, features);
        knowing.breakConnection();
        knowing.link.create(UNSTORED, sink);
        knowing.settle();
        knowing.reconnect();

        Request asked = knowing.now().next(ClientMessage.Create.class);
        assertThat(((ClientMessage.Create) asked.message()).isStored()).isFalse();
        assertThat(((ClientMessage.Create) asked.message()).createId()).isNotBlank();
    }

    @Test
    void questionsAreAskedAgainOverTheNextConnection() {
        CompletableFuture<List<SessionEntry>> list = server.link.list();
        CompletableFuture<Void> renamed = server.link.rename(A, "build");
        server.settle();

        server.breakAndReconnect();

        server.say(
                new ServerMessage.Sessions(List.of()),
                server.now().next(ClientMessage.ListRequest.class).ref());
        server.say(
                new ServerMessage.Renamed(A, "build"),
                server.now().next(ClientMessage.Rename.class).ref());
        assertThat(list).isCompletedWithValue(List.of());
        assertThat(renamed).isCompleted();
        assertThat(server.announced).containsExactly("renamed build");
    }

    @Test
    void aDestroyWhoseAnswerWasLostIsDoneWhenTheSessionIsGone() {
        CompletableFuture<Void> destroyed = server.link.destroy(A);
        server.settle();
        server.breakAndReconnect();

        server.refuse(server.now().next(ClientMessage.Destroy.class), ErrorCode.NOT_FOUND);

        assertThat(destroyed).isCompleted();
    }

    @Test
    void aDestroyOfASessionThatNeverWasFails() {
        CompletableFuture<Void> destroyed = server.link.destroy(A);
        server.settle();

        server.refuse(server.now().next(ClientMessage.Destroy.class), ErrorCode.NOT_FOUND);

        assertThat(failure(destroyed)).isInstanceOf(RequestException.class);
    }

    @Test
    void inputToASessionIsDoneWhenThePingBehindItIsAnswered() {
        byte[] text = new byte[FencedInput.PIECE + 5];
        CompletableFuture<Void> typed = server.link.input(A, ByteString.copyOf(text));
        server.settle();

        for (int length : new int[] {FencedInput.PIECE, 5}) {
            var input =
                    (ClientMessage.Input) server.now().next(ClientMessage.Input.class).message();
            assertThat(input.data().length()).isEqualTo(length);
            Request ping = server.now().next(ClientMessage.Ping.class);
            assertThat(server.now().sent).isEmpty();
            assertThat(typed).isNotDone();
            server.say(new ServerMessage.Pong(), ping.ref());
        }

        assertThat(typed).isCompleted();
    }

    @Test
    void anErrorBeforeThePongFailsTheInput() {
        CompletableFuture<Void> typed = server.link.input(A, ByteString.utf8("x"));
        server.settle();

        server.refuse(server.now().next(ClientMessage.Input.class), ErrorCode.NOT_FOUND);
        server.say(new ServerMessage.Pong(), server.now().next(ClientMessage.Ping.class).ref());

        assertThat(failure(typed)).isInstanceOf(RequestException.class);
    }

    @Test
    void inputIsNotSentTwice() {
        CompletableFuture<Void> typed = server.link.input(A, ByteString.utf8("rm"));
        server.settle();

        server.breakAndReconnect();

        assertThat(failure(typed)).isInstanceOf(LinkException.class);
        assertThat(server.now().sent).isEmpty();
    }

    @Test
    void inputThatWasNeverSentWaitsForAConnection() {
        server.breakConnection();
        CompletableFuture<Void> typed = server.link.input(A, ByteString.utf8("ls"));
        server.settle();
        assertThat(typed).isNotDone();

        server.reconnect();

        assertThat(server.now().next(ClientMessage.Input.class)).isNotNull();
        server.say(new ServerMessage.Pong(), server.now().next(ClientMessage.Ping.class).ref());
        assertThat(typed).isCompleted();
    }

    @Test
    void theServersHelloIsKnownWhileConnected() {
        CompletableFuture<ServerMessage.Hello> now = server.link.hello();
        server.settle();
        assertThat(now.join().server()).isEqualTo("wormhole 1");

        server.breakConnection();
        CompletableFuture<ServerMessage.Hello> later = server.link.hello();
        server.settle();
        assertThat(later).isNotDone();
        server.reconnect();
        assertThat(later).isCompleted();
    }

    @Test
    void whatCannotBeUnderstoodChangesNothingAndFailsWhatItAnswers() {
        CompletableFuture<List<SessionEntry>> list = server.link.list();
        server.settle();
        Request request = server.now().next(ClientMessage.ListRequest.class);

        for (String text :
                List.of(
                        "",
                        "{",
                        "[]",
                        "{\"type\":\"session_created\"}",
                        "{\"type\":\"of_tomorrow\",\"ref\":\"" + request.ref() + "\"}")) {
            server.now().events.received(new Frame.Control(ByteString.utf8(text)));
        }
        server.now().events.received(new Frame.Empty());
        server.data(9, "of nobody");
        assertThat(server.link.state()).isInstanceOf(LinkState.Connected.class);
        assertThat(list).isNotDone();

        String garbled =
                "{\"type\":\"session_list\",\"sessions\":5,\"ref\":\"" + request.ref() + "\"}";
        server.now().events.received(new Frame.Control(ByteString.utf8(garbled)));
        server.settle();
        assertThat(failure(list)).isInstanceOf(RequestException.class);
    }

    @Test
    void aClosedLinkRefusesWhatWaitsAndWhatComes() {
        server.breakConnection();
        CompletableFuture<List<SessionEntry>> waiting = server.link.list();
        CompletableFuture<ServerMessage.Hello> hello = server.link.hello();
        server.settle();

        server.link.close();
        CompletableFuture<Attachment> behind = server.link.create(SHELL, sink);
        server.settle();
        CompletableFuture<Void> late = server.link.destroy(A);

        for (CompletableFuture<?> future : List.of(waiting, hello, behind, late)) {
            assertThat(failure(future)).isInstanceOf(LinkException.class);
        }
    }

    @Test
    void outputOfATaskIsAskedForAgainFromTheSameOffsetOverTheNextConnection() {
        CompletableFuture<ServerMessage.TaskOutput> piece = server.link.taskOutput(A, 70, true);
        server.settle();
        Request first = server.now().next(ClientMessage.TaskOutputRequest.class);

        server.breakAndReconnect();
        Request second = server.now().next(ClientMessage.TaskOutputRequest.class);
        assertThat(second.message()).isEqualTo(first.message());
        assertThat(piece).isNotDone();
        server.say(
                new ServerMessage.TaskOutput(A, 70, 73, false, ByteString.utf8("abc")),
                second.ref());

        assertThat(piece.join().data().toUtf8()).isEqualTo("abc");
    }
}
