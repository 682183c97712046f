package dev.wormhole.client.link;

import dev.wormhole.protocol.ClientMessage;

import java.util.ArrayDeque;
import java.util.Deque;

/**
 * How much of one attachment's output has reached the terminal behind its sink, in bytes of its
 * channel over the present connection. The parts of a snapshot that is still being collected have
 * reached us and count: else a snapshot larger than the server's window would never be whole.
 *
 * <p>Owned by the link thread.
 */
final class Receipt {

    /**
     * One call of the sink.
     *
     * @param offset where the terminal stands behind it
     */
    private record Delivery(int bytes, long offset, boolean isSnapshot) {}

    private final boolean sinkTells;

    // Owned by the link thread.
    /** Handed over and not wholly taken, the oldest first. */
    private final Deque<Delivery> pending = new ArrayDeque<>();

    private long pendingBytes;
    private long takenOfFirst;

    /** Of former connections: the sink will tell of them first, and nobody asks any more. */
    private long formerBytes;

    private long arrived;
    private long handedEnd;
    private long offset;
    private long acknowledged;

    /**
     * @param sinkTells false: what was handed to the sink has reached its terminal
     */
    Receipt(boolean sinkTells) {
        this.sinkTells = sinkTells;
    }

    /**
     * The attachment has a channel that has brought so many bytes; even if none of them was for us,
     * they are to be acknowledged.
     */
    void begin(long arrivedBefore) {
        formerBytes += pendingBytes;
        pendingBytes = 0;
        takenOfFirst = 0;
        pending.clear();
        arrived = arrivedBefore;
        handedEnd = arrivedBefore;
        acknowledged = 0;
    }

    /** Before the bytes are handed over: so many has the channel brought now. */
    void arrived(long total) {
        arrived = total;
    }

    void handed(int bytes, long offsetBehind, boolean isSnapshot) {
        handedEnd = arrived;
        if (!sinkTells) {
            offset = offsetBehind;
            return;
        }
        pending.addLast(new Delivery(bytes, offsetBehind, isSnapshot));
        pendingBytes += bytes;
        settle();
    }

    /** The sink's word: so many bytes more have reached the terminal. */
    void took(long bytes) {
        long former = Math.min(formerBytes, bytes);
        formerBytes -= former;
        long news = Math.min(bytes - former, pendingBytes);
        pendingBytes -= news;
        takenOfFirst += news;
        settle();
    }

    private void settle() {
        for (Delivery first = pending.peekFirst();
                first != null && takenOfFirst >= first.bytes;
                first = pending.peekFirst()) {
            takenOfFirst -= first.bytes;
            offset = first.offset;
            pending.removeFirst();
        }
    }

    /** Bytes that could be acknowledged. */
    long due() {
        return position() - acknowledged;
    }

    ClientMessage.OutputAck acknowledge(int channel) {
        acknowledged = position();
        return new ClientMessage.OutputAck(channel, offset(), acknowledged);
    }

    private long position() {
        return pendingBytes == 0 ? arrived : handedEnd - pendingBytes;
    }

    private long offset() {
        Delivery first = pending.peekFirst();
        return first == null || first.isSnapshot
                ? offset
                : first.offset - first.bytes + takenOfFirst;
    }
}
