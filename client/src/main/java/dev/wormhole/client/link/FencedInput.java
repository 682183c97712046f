package dev.wormhole.client.link;

import dev.wormhole.client.link.Requests.Outcome;
import dev.wormhole.client.link.Requests.Repeat;
import dev.wormhole.protocol.ByteString;
import dev.wormhole.protocol.ClientMessage;
import dev.wormhole.protocol.SessionId;

import java.util.concurrent.CompletableFuture;

/**
 * Input to a session that is not attached: piece after piece, each followed by a ping. Input has no
 * answer but an error, so the pong is what says that none came.
 *
 * <p>Owned by the link thread.
 */
final class FencedInput {

    /** In base64 a third more, still far below the message limit. */
    static final int PIECE = 64 << 10;

    private final Requests requests;
    private final SessionId id;
    private final ByteString bytes;
    private final CompletableFuture<Void> done;

    // Owned by the link thread.
    private int from;

    FencedInput(Requests requests, SessionId id, ByteString bytes, CompletableFuture<Void> done) {
        this.requests = requests;
        this.id = id;
        this.bytes = bytes;
        this.done = done;
    }

    /** Sends the first piece; each pong sends the next. Nothing to type is done at once. */
    void begin() {
        next();
    }

    private void next() {
        if (from >= bytes.length()) {
            done.complete(null);
            return;
        }
        int to = Math.min(from + PIECE, bytes.length());
        var piece = new ClientMessage.Input(id, bytes.slice(from, to));
        from = to;
        String typed = requests.ask(piece, Repeat.ONCE, this::failed);
        requests.ask(new ClientMessage.Ping(), Repeat.ONCE, outcome -> passed(typed, outcome));
    }

    private void passed(String typed, Outcome outcome) {
        requests.withdraw(typed);
        if (!(outcome instanceof Outcome.Answer)) failed(outcome);
        else if (!done.isDone()) next();
    }

    private void failed(Outcome outcome) {
        switch (outcome) {
            case Outcome.Answer _ -> {}
            case Outcome.Refusal refusal -> done.completeExceptionally(refusal.exception());
            case Outcome.Lost(LinkException exception) -> done.completeExceptionally(exception);
        }
    }
}
