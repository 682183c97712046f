package dev.wormhole.client.link;

import dev.wormhole.client.link.Requests.Outcome;
import dev.wormhole.client.link.Requests.Repeat;
import dev.wormhole.protocol.ClientMessage;
import dev.wormhole.protocol.ErrorCode;
import dev.wormhole.protocol.ServerMessage;

import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * Asks for the next generation of attached sessions, once for all who wait for it, and tells those.
 *
 * <p>Owned by the link thread.
 */
final class Respawns {

    private final Requests requests;
    private final Typing typing;

    Respawns(Requests requests, Typing typing) {
        this.requests = requests;
        this.typing = typing;
    }

    void ask(AttachedSession session) {
        long generation = session.stream.generation();
        session.respawnAsked = true;
        requests.ask(
                new ClientMessage.Respawn(session.id(), generation),
                Repeat.ONCE,
                outcome -> answered(session, generation, outcome));
    }

    private void answered(AttachedSession session, long asked, Outcome outcome) {
        session.respawnAsked = false;
        switch (outcome) {
            case Outcome.Answer(ServerMessage.Respawned respawned) ->
                    complete(session, respawned.generation());
            case Outcome.Answer(_) -> fail(session, notAttached());
            case Outcome.Refusal refusal when refusal.code() == ErrorCode.STALE_GENERATION -> {
                // Somebody else was faster: what was wished for is there.
                long generation = Math.max(session.stream.generation(), asked + 1);
                typing.began(session, generation, false);
                complete(session, generation);
            }
            case Outcome.Refusal refusal -> fail(session, refusal.exception());
            // The next connection tells whether it was done, and asks again if not.
            case Outcome.Lost _ -> {}
        }
    }

    void complete(AttachedSession session, long generation) {
        List<CompletableFuture<Long>> done = List.copyOf(session.respawns);
        session.respawns.clear();
        for (CompletableFuture<Long> future : done) future.complete(generation);
    }

    void fail(AttachedSession session, Exception cause) {
        List<CompletableFuture<Long>> failed = List.copyOf(session.respawns);
        session.respawns.clear();
        for (CompletableFuture<Long> future : failed) future.completeExceptionally(cause);
    }

    static RequestException notAttached() {
        return new RequestException(ErrorCode.NOT_FOUND, "The session is not attached any more.");
    }
}
