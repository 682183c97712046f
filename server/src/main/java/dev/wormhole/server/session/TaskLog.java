package dev.wormhole.server.session;

import dev.wormhole.protocol.ByteString;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;

/**
 * The output of a task on its way into its history: the head and the tail of what it prints, in
 * parts that end at multiples of {@link #PART}, but where output is missing and at the end. Knows
 * how far the store has come.
 *
 * <p>Owned by the session thread.
 *
 * <p>*
 *
 * <p>What is not stored yet is held here, whatever the ring has evicted. Beyond {@link #ENOUGH} its
 * process has to wait for the store; where the store fails nobody waits, and the oldest goes.
 */
final class TaskLog {

    /** So much may wait for the store: what a commit takes of a flood in some milliseconds. */
    static final int ENOUGH = 1 << 20;

    /** With a store that fails, no more than this is held. */
    private static final int MOST = 4 << 20;

    /** A part; small enough to be read as one. */
    static final int PART = 64 << 10;

    private final long headEnd;
    private final long tailBytes;

    /** Whole parts that are not known to be stored, oldest first. */
    private final List<TaskOutputPart> parts = new ArrayList<>();

    /** So many of them were handed over. */
    private int given;

    // The part that grows.
    private byte[] open = new byte[0];
    private int openLength;
    private long openFrom;

    /**
     * @param start offset of the first byte that it will hear of
     * @param kept bytes of output that the history keeps, half of them the first ones
     */
    TaskLog(long start, long kept) {
        this.openFrom = start;
        this.headEnd = kept / 2;
        this.tailBytes = kept - kept / 2;
    }

    /**
     * Of a task that is not over.
     *
     * @param origin what of it was stored; null of a new one
     * @param end where its next output will stand
     */
    static TaskLog of(
            SessionRecord record, @Nullable Checkpoint origin, long end, TaskLimits limits) {
        // Up to there its output is in parts that are stored: they went with the same increment.
        long storedEnd = record.nextOffset() / PART * PART;
        var log = new TaskLog(origin == null ? end : storedEnd, limits.outputBytes());
        if (origin == null) return log;
        for (RingBuffer.Entry entry : origin.image().tail()) {
            if (entry.end() <= storedEnd) continue;
            int from = (int) Math.max(0, storedEnd - entry.offset());
            log.append(entry.offset() + from, entry.bytes().slice(from, entry.bytes().length()));
        }
        return log;
    }

    long end() {
        return openFrom + openLength;
    }

    /** The oldest byte that is held; {@link #end} where none is. */
    long start() {
        return parts.isEmpty() ? openFrom : parts.getFirst().offset();
    }

    /** Whether more waits for the store than should. */
    boolean isUrgent() {
        return parts.size() - given >= 4;
    }

    /** Whether the process should wait until some of it is stored. */
    boolean isFull() {
        return end() - start() >= ENOUGH;
    }

    void append(long offset, ByteString bytes) {
        if (offset != end()) {
            close();
            openFrom = offset;
        }
        int from = 0;
        while (from < bytes.length()) {
            int room = PART - (int) (end() % PART);
            int count = Math.min(room, bytes.length() - from);
            put(bytes.slice(from, from + count));
            from += count;
            if (count == room) close();
        }
        forgetMiddle();
    }

    private void put(ByteString bytes) {
        int length = openLength + bytes.length();
        if (open.length < length) {
            byte[] larger = new byte[Math.min(PART, Math.max(length, 2 * open.length))];
            System.arraycopy(open, 0, larger, 0, openLength);
            open = larger;
        }
        bytes.copyTo(open, openLength);
        openLength = length;
    }

    private void close() {
        if (openLength == 0) return;
        parts.add(new TaskOutputPart(openFrom, ByteString.wrap(open, 0, openLength)));
        openFrom += openLength;
        open = new byte[0];
        openLength = 0;
    }

    private void forgetMiddle() {
        while (parts.size() > given) {
            TaskOutputPart oldest = parts.get(given);
            boolean isMiddle = oldest.offset() >= headEnd && oldest.end() <= end() - tailBytes;
            if (!isMiddle && end() - oldest.offset() <= MOST) return;
            parts.remove(given);
        }
    }

    /**
     * What the store does not have yet.
     *
     * @param last nothing will be appended any more
     */
    TaskOutputIncrement collect(boolean last) {
        if (last) close();
        given = parts.size();
        return new TaskOutputIncrement(parts, headEnd, end() - tailBytes);
    }

    /** What was collected last is stored. */
    void stored() {
        parts.subList(0, given).clear();
        given = 0;
    }

    /** What was collected last is not stored. */
    void rollBack() {
        given = 0;
        forgetMiddle();
    }

    /** At most {@code max} bytes from there on; null where that byte is not held. */
    @Nullable ByteString read(long offset, int max) {
        if (offset >= openFrom && offset < end())
            return cut(ByteString.wrap(open, 0, openLength), (int) (offset - openFrom), max);
        for (TaskOutputPart part : parts) {
            if (offset >= part.offset() && offset < part.end())
                return cut(part.bytes(), (int) (offset - part.offset()), max);
        }
        return null;
    }

    private static ByteString cut(ByteString bytes, int from, int max) {
        return bytes.slice(from, Math.min(bytes.length(), from + max));
    }
}
