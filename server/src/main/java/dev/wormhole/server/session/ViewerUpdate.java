package dev.wormhole.server.session;

import dev.wormhole.protocol.ByteString;
import dev.wormhole.protocol.ErrorCode;
import dev.wormhole.protocol.Happening;
import dev.wormhole.protocol.TerminalSize;

import org.jspecify.annotations.Nullable;

import java.util.List;

/**
 * What a session tells one viewer, in stream order.
 *
 * <p>Immutable.
 */
public sealed interface ViewerUpdate {

    /**
     * Attached: first update of an attachment, before any data.
     *
     * @param inputCount so much of its client's numbered input was taken; null: not numbered
     */
    record Attached(
            boolean created,
            long offset,
            long event,
            TerminalSize size,
            long generation,
            boolean isExited,
            boolean readOnly,
            @Nullable Long inputCount)
            implements ViewerUpdate {}

    /** The attach or create was not done: last update. */
    record Refused(ErrorCode code, String message) implements ViewerUpdate {}

    /**
     * Start over from this snapshot, taken at {@code offset}.
     *
     * @param keepsHistory the viewer's scrollback stays
     * @param complete false: output was skipped, the snapshot has no scrollback
     */
    record Resync(
            long offset,
            long event,
            TerminalSize size,
            ByteString snapshot,
            boolean keepsHistory,
            boolean complete)
            implements ViewerUpdate {}

    /** Raw output, for which there was room. */
    record Output(long offset, ByteString bytes) implements ViewerUpdate {}

    record Marked(Mark mark) implements ViewerUpdate {}

    /** A bell or the like: happens once, for viewers that are live. */
    record Happened(long offset, Happening what) implements ViewerUpdate {}

    /** The session rests, and this is the hash of its screen. */
    record Compare(long offset, long event, long hash) implements ViewerUpdate {}

    /** So many bytes of the viewer's client were taken for the generation that runs. */
    record InputTaken(long count) implements ViewerUpdate {}

    /** So many bytes of the viewer's client were for a generation that does not run. */
    record InputDiscarded(long generation, long count) implements ViewerUpdate {}

    /**
     * A program that was lost may be run again in this generation.
     *
     * @param words of its command; empty: nothing is offered any more
     * @param line the same as it is typed; null without words
     */
    record Offered(long generation, List<String> words, @Nullable String line)
            implements ViewerUpdate {
        public Offered {
            words = List.copyOf(words);
        }
    }

    /** A respawn was wanted at the attach, and failed; the attachment stays. */
    record RespawnFailed(ErrorCode code, String message) implements ViewerUpdate {}

    /** The viewer's own detach is done: last update. */
    record Detached() implements ViewerUpdate {}
}
