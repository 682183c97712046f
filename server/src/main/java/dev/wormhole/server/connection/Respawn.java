package dev.wormhole.server.connection;

import dev.wormhole.protocol.ErrorCode;
import dev.wormhole.protocol.ServerMessage;
import dev.wormhole.protocol.SessionId;
import dev.wormhole.server.session.SessionCommand.RespawnResult;
import dev.wormhole.server.session.SessionHandle;

import org.jspecify.annotations.Nullable;

import java.util.Optional;

/**
 * One request for a session's next generation. A connection that is attached is answered where the
 * generation begins among the channel's bytes, another one at once.
 *
 * <p>Immutable.
 *
 * @param attached the connection's viewer of the session
 */
record Respawn(
        SessionHandle session,
        Optional<ChannelViewer> attached,
        Answers answers,
        @Nullable String ref) {

    void ask(@Nullable Long ifGeneration) {
        attached.ifPresent(viewer -> viewer.expectRespawn(ref));
        session.respawn(ifGeneration).whenComplete(this::done);
    }

    /** On the session thread. */
    private void done(@Nullable RespawnResult result, @Nullable Throwable failure) {
        SessionId id = session.id();
        if (result
                instanceof
                RespawnResult.Done(long generation, long offset, long event, boolean before)) {
            if (attached.isPresent() && !before) {
                attached.get().willRespawn(generation, offset, event);
                return;
            }
            attached.ifPresent(ChannelViewer::takeRespawnRef);
            Integer channel = attached.map(ChannelViewer::channel).orElse(null);
            answers.answer(
                    new ServerMessage.Respawned(id, channel, generation, offset, event), ref);
            return;
        }
        attached.ifPresent(ChannelViewer::takeRespawnRef);
        switch (result) {
            case RespawnResult.Stale(long generation) ->
                    answers.fail(
                            ErrorCode.STALE_GENERATION,
                            "generation " + generation + " is the current one",
                            id,
                            ref);
            case RespawnResult.Failed(var why) -> answers.fail(why.code(), why.message(), id, ref);
            case null, default -> answers.failed(failure, id, ref);
        }
    }
}
