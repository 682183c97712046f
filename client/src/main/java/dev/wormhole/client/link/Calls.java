package dev.wormhole.client.link;

import dev.wormhole.client.link.Requests.Outcome;
import dev.wormhole.client.link.Requests.Repeat;
import dev.wormhole.protocol.ClientMessage;
import dev.wormhole.protocol.ErrorCode;
import dev.wormhole.protocol.Feature;
import dev.wormhole.protocol.ServerMessage;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * Does what callers of {@link Link} ask for: turns each call into a request and the outcome into
 * what the caller's future says.
 *
 * <p>Owned by the link thread.
 */
final class Calls {

    private final Requests requests;
    private final Attachments attachments;
    private final Mailbox mailbox;

    // Owned by the link thread.
    private ServerMessage.@Nullable Hello hello;
    private final List<CompletableFuture<ServerMessage.Hello>> helloWaiters = new ArrayList<>();

    Calls(Requests requests, Attachments attachments, Mailbox mailbox) {
        this.requests = requests;
        this.attachments = attachments;
        this.mailbox = mailbox;
    }

    void create(Mail.Create create) {
        if (create.request().isStored()) {
            ask(create);
            return;
        }
        var greeting = new CompletableFuture<ServerMessage.Hello>();
        greeting.whenComplete(
                (server, problem) -> {
                    if (server == null) {
                        create.done().completeExceptionally(problem);
                    } else if (server.features().contains(Feature.UNSTORED.wireName())) {
                        ask(create);
                    } else {
                        create.done()
                                .completeExceptionally(
                                        new RequestException(
                                                ErrorCode.UNSUPPORTED,
                                                "This server would store the session: update it."));
                    }
                });
        hello(new Mail.AskHello(greeting));
    }

    private void ask(Mail.Create create) {
        requests.ask(
                create.request(),
                Repeat.REPEATABLE,
                outcome -> {
                    if (outcome instanceof Outcome.Answer(ServerMessage.Created created)) {
                        adopt(create, created);
                    } else {
                        create.done().completeExceptionally(failure(outcome));
                    }
                });
    }

    void list(Mail.ListSessions list) {
        requests.ask(
                new ClientMessage.ListRequest(),
                Repeat.REPEATABLE,
                outcome -> {
                    if (outcome instanceof Outcome.Answer(ServerMessage.Sessions answer)) {
                        list.done().complete(answer.sessions());
                    } else {
                        list.done().completeExceptionally(failure(outcome));
                    }
                });
    }

    void rename(Mail.Rename rename) {
        requests.ask(
                new ClientMessage.Rename(rename.id(), rename.name()),
                Repeat.REPEATABLE,
                outcome -> {
                    if (outcome instanceof Outcome.Answer(ServerMessage.Renamed _)) {
                        rename.done().complete(null);
                    } else {
                        rename.done().completeExceptionally(failure(outcome));
                    }
                });
    }

    void destroy(Mail.Destroy destroy) {
        requests.ask(
                new ClientMessage.Destroy(destroy.id()),
                Repeat.REPEATABLE,
                outcome -> {
                    if (outcome instanceof Outcome.Answer(ServerMessage.Destroyed _)
                            || wasDoneBefore(outcome)) {
                        destroy.done().complete(null);
                    } else {
                        destroy.done().completeExceptionally(failure(outcome));
                    }
                });
    }

    void typeInto(Mail.TypeInto input) {
        new FencedInput(requests, input.id(), input.bytes(), input.done()).begin();
    }

    void history(Mail.AskHistory ask) {
        requests.ask(
                ask.request(),
                Repeat.REPEATABLE,
                outcome -> {
                    if (outcome instanceof Outcome.Answer(ServerMessage.History lines)) {
                        ask.done().complete(lines);
                    } else {
                        ask.done().completeExceptionally(failure(outcome));
                    }
                });
    }

    void keepers(Mail.AskKeepers ask) {
        requests.ask(
                new ClientMessage.KeepersRequest(),
                Repeat.REPEATABLE,
                outcome -> {
                    if (outcome instanceof Outcome.Answer(ServerMessage.Keepers keepers)) {
                        ask.done().complete(keepers);
                    } else {
                        ask.done().completeExceptionally(failure(outcome));
                    }
                });
    }

    void store(Mail.AskStore ask) {
        requests.ask(
                new ClientMessage.StoreRequest(),
                Repeat.REPEATABLE,
                outcome -> {
                    if (outcome instanceof Outcome.Answer(ServerMessage.StoreState state)) {
                        ask.done().complete(state);
                    } else {
                        ask.done().completeExceptionally(failure(outcome));
                    }
                });
    }

    void recovery(Mail.AskRecovery ask) {
        requests.ask(
                new ClientMessage.RecoveryRequest(),
                Repeat.REPEATABLE,
                outcome -> {
                    if (outcome instanceof Outcome.Answer(ServerMessage.Recovery report)) {
                        ask.done().complete(report);
                    } else {
                        ask.done().completeExceptionally(failure(outcome));
                    }
                });
    }

    <A extends ServerMessage> void ask(Mail.Ask<A> ask) {
        requests.ask(
                ask.request(),
                ask.repeat(),
                outcome -> {
                    if (outcome instanceof Outcome.Answer(ServerMessage answer)
                            && ask.answer().isInstance(answer)) {
                        ask.done().complete(ask.answer().cast(answer));
                    } else {
                        ask.done().completeExceptionally(failure(outcome));
                    }
                });
    }

    void endOrphan(Mail.EndOrphan end) {
        requests.ask(
                new ClientMessage.OrphanEnd(end.id(), end.generation()),
                Repeat.REPEATABLE,
                outcome -> {
                    if (outcome instanceof Outcome.Answer(ServerMessage.OrphanEnded _)) {
                        end.done().complete(null);
                    } else {
                        end.done().completeExceptionally(failure(outcome));
                    }
                });
    }

    void adoptOrphan(Mail.AdoptOrphan adopt) {
        requests.ask(
                new ClientMessage.OrphanAdopt(adopt.id(), adopt.generation()),
                // Done twice, the second time it has its session and is refused.
                Repeat.ONCE,
                outcome -> {
                    if (outcome instanceof Outcome.Answer(ServerMessage.OrphanAdopted _)) {
                        adopt.done().complete(null);
                    } else {
                        adopt.done().completeExceptionally(failure(outcome));
                    }
                });
    }

    void hello(Mail.AskHello ask) {
        if (hello != null) ask.done().complete(hello);
        else helloWaiters.add(ask.done());
    }

    void greeted(ServerMessage.Hello greeting) {
        hello = greeting;
        List<CompletableFuture<ServerMessage.Hello>> waiters = List.copyOf(helloWaiters);
        helloWaiters.clear();
        for (var waiter : waiters) waiter.complete(greeting);
    }

    void disconnected() {
        hello = null;
    }

    void close() {
        for (var waiter : helloWaiters) waiter.completeExceptionally(LinkLoop.closed());
        helloWaiters.clear();
    }

    private void adopt(Mail.Create create, ServerMessage.Created created) {
        Attachment made = attachments.adopt(created, create, mailbox);
        if (made != null) {
            create.done().complete(made);
            return;
        }
        // Only a createId that the caller used before leads here.
        create.done()
                .completeExceptionally(
                        new RequestException(
                                ErrorCode.BAD_REQUEST, "This session is already attached here."));
    }

    /** Asked twice, the first time worked and its answer was lost. */
    private static boolean wasDoneBefore(Outcome outcome) {
        return outcome instanceof Outcome.Refusal(ErrorCode code, _, boolean repeated)
                && repeated
                && code == ErrorCode.NOT_FOUND;
    }

    private static Exception failure(Outcome outcome) {
        return switch (outcome) {
            case Outcome.Answer _ ->
                    new RequestException(ErrorCode.INTERNAL, "The server gave another answer.");
            case Outcome.Refusal refusal -> refusal.exception();
            case Outcome.Lost(LinkException exception) -> exception;
        };
    }
}
