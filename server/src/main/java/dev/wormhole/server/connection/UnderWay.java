package dev.wormhole.server.connection;

import dev.wormhole.server.connection.DeliveryWindow.Flight;

import org.jspecify.annotations.Nullable;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Predicate;

/**
 * Frames that were handed to the library: what the socket has not taken, and what the client has
 * not acknowledged. Tells the window of both.
 *
 * <p>Not safe for several threads at once: guarded by the outbox.
 */
final class UnderWay {

    private static final class Sent {
        final int channel;
        final int wireLength;
        final @Nullable Flight flight;

        /** Data bytes that the channel had brought with it. */
        final long position;

        /** Where a terminal stands that has it; -1 where it stands nowhere. */
        final long offset;

        /** Only the client can say that it arrived. */
        boolean awaited;

        /** Nobody counts it any more. */
        boolean settled;

        Sent(int channel, int wireLength, @Nullable Flight flight, long position, long offset) {
            this.channel = channel;
            this.wireLength = wireLength;
            this.flight = flight;
            this.position = position;
            this.offset = offset;
            this.settled = flight == null;
        }
    }

    private final DeliveryWindow window;

    /** Handed to the library and not taken, the oldest first. */
    private final Deque<Sent> handed = new ArrayDeque<>();

    /** Sent and not acknowledged, by channel, the oldest first. */
    private final @Nullable Deque<Sent>[] unacknowledged;

    private final long[] positions;
    private int handedBytes;

    /** How much of the oldest handed frame the socket has taken. */
    private int takenOfFirst;

    private boolean acknowledges;

    /** The client counts bytes: snapshots can be acknowledged in part. */
    private boolean counts;

    @SuppressWarnings({"unchecked", "rawtypes"})
    UnderWay(DeliveryWindow window, int channels) {
        this.window = window;
        unacknowledged = new Deque[channels];
        positions = new long[channels];
    }

    /** From now on the client says what has reached it. */
    void acknowledges() {
        acknowledges = true;
    }

    void control(int wireLength) {
        handed(new Sent(-1, wireLength, null, 0, -1));
    }

    /**
     * @param offset where a terminal stands that has these bytes; -1 where it stands nowhere
     * @param waiting bytes that are ready and wait for room
     */
    void data(int channel, int bytes, int wireLength, long offset, int waiting) {
        positions[channel] += bytes;
        var sent =
                new Sent(
                        channel,
                        wireLength,
                        window.sent(bytes, waiting),
                        positions[channel],
                        offset);
        handed(sent);
        // Without a count, nothing but its end tells that a snapshot arrives.
        if (!acknowledges || (!counts && offset < 0)) return;
        sent.awaited = true;
        of(channel).addLast(sent);
    }

    private void handed(Sent sent) {
        handed.addLast(sent);
        handedBytes += sent.wireLength;
    }

    /** The socket took bytes, of the library's own frames too. */
    void taken(int bytes) {
        takenOfFirst += bytes;
        for (Sent first = handed.peekFirst();
                first != null && takenOfFirst >= first.wireLength;
                first = handed.peekFirst()) {
            handed.removeFirst();
            takenOfFirst -= first.wireLength;
            handedBytes -= first.wireLength;
            if (!first.awaited) settle(first);
        }
        if (handed.isEmpty()) takenOfFirst = 0;
    }

    /** The client has what was sent up to this offset, or exactly so many bytes of the channel. */
    void acknowledged(int channel, long offset, @Nullable Long received) {
        if (received != null) counts = true;
        Predicate<Sent> arrived =
                received != null
                        ? sent -> sent.position <= received
                        : sent -> sent.offset >= 0 && sent.offset <= offset;
        Deque<Sent> waiting = of(channel);
        // An offset says nothing about frames of a snapshot, but those before it have arrived too.
        int count = 0;
        int index = 0;
        for (Sent sent : waiting) {
            index++;
            if (arrived.test(sent)) count = index;
        }
        for (int i = 0; i < count; i++) settle(waiting.removeFirst());
    }

    /** The client has let the channel go: what it has not acknowledged it never will. */
    void letGo(int channel) {
        Deque<Sent> waiting = unacknowledged[channel];
        if (waiting == null) return;
        for (Sent sent : waiting) {
            if (!sent.settled && sent.flight != null) window.forgotten(sent.flight);
            sent.settled = true;
        }
        waiting.clear();
    }

    /** Bytes the library holds. */
    int handedBytes() {
        return Math.max(0, handedBytes - takenOfFirst);
    }

    /** Whether everything that was sent on a channel has arrived. */
    boolean isQuiet(int channel) {
        Deque<Sent> waiting = unacknowledged[channel];
        if (waiting != null && !waiting.isEmpty()) return false;
        return handed.stream().noneMatch(sent -> sent.channel == channel);
    }

    private void settle(Sent sent) {
        if (sent.settled) return;
        sent.settled = true;
        if (sent.flight != null) window.acknowledged(sent.flight);
    }

    private Deque<Sent> of(int channel) {
        Deque<Sent> waiting = unacknowledged[channel];
        if (waiting == null) {
            waiting = new ArrayDeque<>();
            unacknowledged[channel] = waiting;
        }
        return waiting;
    }
}
