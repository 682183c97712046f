package dev.wormhole.client.link;

import dev.wormhole.protocol.ClientMessage;
import dev.wormhole.protocol.ErrorCode;
import dev.wormhole.protocol.ServerMessage;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * The requests that wait for an answer or for a connection. Each has a reference that its answer
 * repeats; repeatable ones are sent again over the next connection, the others fail with theirs
 * once they were sent.
 *
 * <p>Owned by the link thread.
 */
final class Requests {

    /** More than a window ever asks at once; beyond it the server has been away for long. */
    static final int MAX_WAITING = 4_096;

    private static final LinkProblem TOO_MANY =
            new LinkProblem(LinkProblem.Kind.UNREACHABLE, "Too many requests wait for the server.");

    /** What becomes of a request. */
    sealed interface Outcome {

        record Answer(ServerMessage message) implements Outcome {}

        /**
         * The server said no.
         *
         * @param repeated the request was sent more than once, so the first may have been done
         */
        record Refusal(ErrorCode code, String message, boolean repeated) implements Outcome {
            RequestException exception() {
                return new RequestException(code, message);
            }
        }

        /** Nobody knows whether the server did it. */
        record Lost(LinkException exception) implements Outcome {}
    }

    /** Whether a request does the same when it is done twice. */
    enum Repeat {
        REPEATABLE,
        ONCE
    }

    private static final class Request {
        final ClientMessage message;
        final Repeat repeat;
        final Consumer<Outcome> reply;
        int sent;
        boolean onItsWay;

        Request(ClientMessage message, Repeat repeat, Consumer<Outcome> reply) {
            this.message = message;
            this.repeat = repeat;
            this.reply = reply;
        }
    }

    private final Wire wire;
    // Owned by the link thread; in the order of asking.
    private final Map<String, Request> waiting = new LinkedHashMap<>();
    private long lastRef;
    private @Nullable LinkProblem closedBy;

    Requests(Wire wire) {
        this.wire = wire;
    }

    /** Sends the request now or with the next connection; returns its reference. */
    String ask(ClientMessage message, Repeat repeat, Consumer<Outcome> reply) {
        String ref = Long.toString(++lastRef);
        var request = new Request(message, repeat, reply);
        LinkProblem obstacle = waiting.size() >= MAX_WAITING ? TOO_MANY : closedBy;
        if (obstacle != null) {
            reply.accept(new Outcome.Lost(new LinkException(obstacle)));
            return ref;
        }
        waiting.put(ref, request);
        if (wire.isConnected()) transmit(ref, request);
        return ref;
    }

    /** Forgets a request that needs no answer any more. */
    void withdraw(String ref) {
        waiting.remove(ref);
    }

    void answered(String ref, ServerMessage message) {
        Request request = waiting.remove(ref);
        if (request == null) return;
        request.reply.accept(
                message instanceof ServerMessage.Failure(var code, String text, _)
                        ? new Outcome.Refusal(code, text, request.sent > 1)
                        : new Outcome.Answer(message));
    }

    /** An answer came that cannot be read: better a failure than a wait for ever. */
    void garbled(String ref) {
        Request request = waiting.remove(ref);
        if (request == null) return;
        request.reply.accept(
                new Outcome.Refusal(
                        ErrorCode.INTERNAL,
                        "The server's answer could not be understood.",
                        request.sent > 1));
    }

    /** Sends everything that waits and was not yet sent over this connection. */
    void connected() {
        waiting.forEach(
                (ref, request) -> {
                    if (!request.onItsWay) transmit(ref, request);
                });
    }

    /** Ends what was sent and must not be sent again. */
    void disconnected(LinkProblem problem) {
        end(request -> request.sent > 0 && request.repeat == Repeat.ONCE, problem);
        for (Request request : waiting.values()) request.onItsWay = false;
    }

    /** Ends everything that waits and whatever is asked later. */
    void close(LinkProblem problem) {
        closedBy = problem;
        end(_ -> true, problem);
    }

    private void transmit(String ref, Request request) {
        request.sent++;
        request.onItsWay = true;
        wire.send(request.message, ref);
    }

    private void end(Predicate<Request> which, LinkProblem problem) {
        List<Request> ended = new ArrayList<>();
        // First all out of the map: a reply may ask again.
        waiting.values()
                .removeIf(
                        request -> {
                            boolean ends = which.test(request);
                            if (ends) ended.add(request);
                            return ends;
                        });
        for (Request request : ended) {
            request.reply.accept(new Outcome.Lost(new LinkException(problem)));
        }
    }
}
