package dev.wormhole.client.attach;

import dev.wormhole.client.link.LinkState;
import dev.wormhole.protocol.ByteString;
import dev.wormhole.protocol.ErrorCode;
import dev.wormhole.protocol.Happening;
import dev.wormhole.protocol.ServerMessage;
import dev.wormhole.protocol.TerminalSize;

/**
 * Everything that can happen to an attached terminal, in the order in which it is shown.
 *
 * <p>Immutable.
 */
sealed interface AttachEvent {

    /** News of the session, from one attachment; what an older one still delivers is ignored. */
    sealed interface FromSession extends AttachEvent {
        int attachment();
    }

    record Attached(int attachment, ServerMessage.Created created) implements FromSession {}

    record Resync(int attachment, ServerMessage.Resync what, ByteString snapshot)
            implements FromSession {}

    record Output(int attachment, ByteString bytes) implements FromSession {}

    record SessionSize(int attachment, TerminalSize size) implements FromSession {}

    record Respawned(int attachment) implements FromSession {}

    record Happened(int attachment, Happening what) implements FromSession {}

    /** The server's screen has this hash at this place of the stream. */
    record Hashed(int attachment, long hash) implements FromSession {}

    /** So much of a pile of typed input was taken; no total: nothing waits any more. */
    record InputWaits(int attachment, long taken, long total) implements FromSession {}

    /** So many typed bytes reached no process. */
    record InputDiscarded(int attachment, long bytes) implements FromSession {}

    /** What ran when the process was lost can be run again, or no more. */
    record Offered(int attachment, ServerMessage.Offer what) implements FromSession {}

    record Exited(int attachment, ServerMessage.Exit exit) implements FromSession {}

    /** More output waited than this terminal took in time; what waited is dropped. */
    record Overflowed(int attachment) implements FromSession {}

    /** The attachment is over for good. */
    record Ended(int attachment, ErrorCode code, String message) implements FromSession {}

    /** The respawn that was asked for did not happen; the message says why. */
    record RespawnFailed(String message) implements AttachEvent {}

    record LinkChanged(LinkState state) implements AttachEvent {}

    record Typed(ByteString bytes) implements AttachEvent {}

    /** The keyboard is gone: the terminal was closed. */
    record KeyboardEnded() implements AttachEvent {}

    /** This terminal has this size now. */
    record WindowChanged(TerminalSize size) implements AttachEvent {}
}
