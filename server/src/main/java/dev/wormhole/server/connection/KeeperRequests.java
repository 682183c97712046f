package dev.wormhole.server.connection;

import dev.wormhole.protocol.ClientMessage;
import dev.wormhole.protocol.ErrorCode;
import dev.wormhole.protocol.ServerMessage;

import org.jspecify.annotations.Nullable;

import java.util.concurrent.CompletionException;

/**
 * What one connection's client is answered about keepers.
 *
 * <p>Safe from any thread: only enqueues.
 */
record KeeperRequests(KeeperDesk desk, Answers answers) {

    void look(@Nullable String ref) {
        desk.look()
                .whenComplete(
                        (keepers, failure) -> {
                            if (failure == null) answers.answer(keepers, ref);
                            else failed(failure, ref);
                        });
    }

    void end(ClientMessage.OrphanEnd orphan, @Nullable String ref) {
        desk.endOrphan(orphan.sessionId(), orphan.generation())
                .whenComplete(
                        (_, failure) -> {
                            if (failure != null) failed(failure, ref);
                            else
                                answers.answer(
                                        new ServerMessage.OrphanEnded(
                                                orphan.sessionId(), orphan.generation()),
                                        ref);
                        });
    }

    void adopt(ClientMessage.OrphanAdopt orphan, @Nullable String ref) {
        desk.adoptOrphan(orphan.sessionId(), orphan.generation())
                .whenComplete(
                        (_, failure) -> {
                            if (failure != null) failed(failure, ref);
                            else
                                answers.answer(
                                        new ServerMessage.OrphanAdopted(
                                                orphan.sessionId(), orphan.generation()),
                                        ref);
                        });
    }

    private void failed(Throwable failure, @Nullable String ref) {
        Throwable cause =
                failure instanceof CompletionException && failure.getCause() != null
                        ? failure.getCause()
                        : failure;
        ErrorCode code =
                cause instanceof IllegalArgumentException ? ErrorCode.BAD_REQUEST : ErrorCode.BUSY;
        answers.fail(code, String.valueOf(cause.getMessage()), null, ref);
    }
}
