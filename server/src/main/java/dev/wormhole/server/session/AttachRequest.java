package dev.wormhole.server.session;

import dev.wormhole.protocol.Feature;
import dev.wormhole.protocol.RespawnMode;
import dev.wormhole.protocol.TerminalSize;
import dev.wormhole.server.pty.ClientKey;

import org.jspecify.annotations.Nullable;

import java.util.Set;

/**
 * How somebody wants to watch.
 *
 * <p>Immutable.
 *
 * @param size null: no vote on the size
 * @param resumeOffset go on here if the tail still reaches back, else resync; null: resync
 * @param resumeEvent first event not seen; null: every event before {@code resumeOffset} counts as
 *     seen
 * @param features what the viewer's client announced
 * @param client who numbers its input; null: nobody
 */
public record AttachRequest(
        @Nullable TerminalSize size,
        @Nullable Long resumeOffset,
        @Nullable Long resumeEvent,
        boolean readOnly,
        RespawnMode respawn,
        Set<Feature> features,
        @Nullable ClientKey client) {

    public AttachRequest {
        features = Set.copyOf(features);
    }

    /** The size it votes for; null: none. */
    @Nullable TerminalSize vote() {
        return readOnly ? null : size;
    }
}
