package dev.wormhole.server.connection;

import dev.wormhole.protocol.ErrorCode;
import dev.wormhole.protocol.MessageCodec;
import dev.wormhole.protocol.ServerMessage;
import dev.wormhole.protocol.SessionId;
import dev.wormhole.server.session.SessionCommand.InputResult;
import dev.wormhole.server.session.SessionGoneException;
import dev.wormhole.server.session.StoreException;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.util.concurrent.CompletionException;

/**
 * What one connection's client is answered, and in which words it is refused.
 *
 * <p>Safe from any thread: only enqueues.
 */
final class Answers {

    static final String NO_SUCH_SESSION = "no such session: it may have been destroyed";

    static final String NOT_ATTACHED = "not attached to this session";

    static final String ALL_CHANNELS =
            "all 255 channels of this connection are in use: detach a session first";

    private static final String DEFECT = "the server failed at this request; its log says more";

    private static final Logger log = LoggerFactory.getLogger(Answers.class);

    private final int connection;
    private final Outbox outbox;

    Answers(int connection, Outbox outbox) {
        this.connection = connection;
        this.outbox = outbox;
    }

    void answer(ServerMessage message, @Nullable String ref) {
        outbox.control(MessageCodec.encode(message, ref));
    }

    /** As {@link #answer}, but behind whatever somebody waits for with a finger on a key. */
    void answerLeisurely(ServerMessage message, @Nullable String ref) {
        outbox.leisurely(MessageCodec.encode(message, ref));
    }

    void fail(ErrorCode code, String message, @Nullable SessionId id, @Nullable String ref) {
        answer(new ServerMessage.Failure(code, message, id), ref);
    }

    /** A request about a session failed for this reason. */
    void failed(@Nullable Throwable failure, @Nullable SessionId id, @Nullable String ref) {
        Throwable cause =
                failure instanceof CompletionException wrapped ? wrapped.getCause() : failure;
        switch (cause) {
            case SessionGoneException _ -> fail(ErrorCode.NOT_FOUND, NO_SUCH_SESSION, id, ref);
            case StoreException e ->
                    fail(ErrorCode.STORE_FAILED, String.valueOf(e.getMessage()), id, ref);
            case null, default -> {
                log.error("conn-{}: request about session {} failed", connection, id, cause);
                fail(ErrorCode.INTERNAL, DEFECT, id, ref);
            }
        }
    }

    /** A defect of ours cost one message. */
    void defect() {
        fail(ErrorCode.INTERNAL, DEFECT, null, null);
    }

    void input(InputResult result, SessionId id, @Nullable String ref) {
        switch (result) {
            case TAKEN -> {}
            case READ_ONLY -> fail(ErrorCode.READ_ONLY, "this viewer may only look", id, ref);
            case QUEUE_FULL ->
                    fail(
                            ErrorCode.LIMIT,
                            "the program does not read its input: nothing was typed, try again",
                            id,
                            ref);
        }
    }
}
