package dev.wormhole.server.connection;

import dev.wormhole.protocol.Limits;
import dev.wormhole.protocol.SessionId;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Which channel of one connection stands for which session. A number freed by the client is the
 * next to be given; one freed by the server stays reserved until the client lets it go, so that
 * keys in flight cannot reach another session.
 *
 * <p>Owned by the {@code conn-<n>} thread.
 */
final class ChannelTable {

    /** What a number stands for. */
    sealed interface Slot {

        SessionId sessionId();

        record Attached(SessionId sessionId, ChannelViewer viewer) implements Slot {}

        /** The client's detach is on its way through the session. */
        record Leaving(SessionId sessionId, ChannelViewer viewer) implements Slot {}

        /** The session was destroyed; the client has not let go. */
        record Reserved(SessionId sessionId) implements Slot {}
    }

    private final @Nullable Slot[] slots = new Slot[Limits.MAX_CHANNEL + 1];

    OptionalInt lowestFree() {
        for (int channel = 0; channel < slots.length; channel++) {
            if (slots[channel] == null) return OptionalInt.of(channel);
        }
        return OptionalInt.empty();
    }

    void attach(int channel, SessionId sessionId, ChannelViewer viewer) {
        slots[channel] = new Slot.Attached(sessionId, viewer);
    }

    /** The viewer on a channel that takes input. */
    Optional<ChannelViewer> viewerOn(int channel) {
        return slots[channel] instanceof Slot.Attached(_, ChannelViewer viewer)
                ? Optional.of(viewer)
                : Optional.empty();
    }

    Optional<ChannelViewer> viewerOf(SessionId sessionId) {
        for (Slot slot : slots) {
            if (slot instanceof Slot.Attached(SessionId id, ChannelViewer viewer)
                    && id.equals(sessionId)) {
                return Optional.of(viewer);
            }
        }
        return Optional.empty();
    }

    /** The channel that stays reserved for a destroyed session. */
    OptionalInt reservedFor(SessionId sessionId) {
        for (int channel = 0; channel < slots.length; channel++) {
            if (slots[channel] instanceof Slot.Reserved(SessionId id) && id.equals(sessionId)) {
                return OptionalInt.of(channel);
            }
        }
        return OptionalInt.empty();
    }

    void leave(ChannelViewer viewer) {
        slots[viewer.channel()] = new Slot.Leaving(viewer.sessionId(), viewer);
    }

    void reserve(ChannelViewer viewer) {
        slots[viewer.channel()] = new Slot.Reserved(viewer.sessionId());
    }

    void free(int channel) {
        slots[channel] = null;
    }

    /** Frees the viewer's channel unless it stands for something else by now. */
    void free(ChannelViewer viewer) {
        boolean its =
                switch (slots[viewer.channel()]) {
                    case Slot.Attached(_, ChannelViewer attached) -> attached == viewer;
                    case Slot.Leaving(_, ChannelViewer leaving) -> leaving == viewer;
                    case Slot.Reserved _ -> false;
                    case null -> false;
                };
        if (its) slots[viewer.channel()] = null;
    }

    List<ChannelViewer> viewers() {
        var viewers = new ArrayList<ChannelViewer>();
        for (Slot slot : slots) {
            if (slot instanceof Slot.Attached(_, ChannelViewer viewer)) viewers.add(viewer);
        }
        return viewers;
    }
}
