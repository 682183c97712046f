package dev.wormhole.server.session;

import dev.wormhole.protocol.ByteString;

import org.jspecify.annotations.Nullable;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;

/**
 * The tail of a session: its newest output bytes, kept verbatim and addressed by offset. Knows
 * nothing of sequences in the bytes.
 *
 * <p>Owned by the session thread. What it hands out is immutable: bytes written into a block are
 * never written again.
 *
 * <p>Entries are blocks of at most {@link #BLOCK_BYTES} that fill up one after the other. When a
 * cap (bytes or entries) is exceeded, whole entries are evicted, the oldest first; a single append
 * larger than the cap keeps its tail, cut at a character boundary. Offsets are contiguous but for
 * gaps made by {@link #skipTo}.
 */
public final class RingBuffer {

    /**
     * Small enough that evicting a whole one hardly shows, large enough that 1 MiB is a few hundred
     * entries.
     */
    static final int BLOCK_BYTES = 8 << 10;

    /** Less than this at once is no flood: its block grows with what comes. */
    private static final int SMALL = 512;

    /**
     * The caps of a ring.
     *
     * <p>Immutable.
     *
     * @param bytes at least 1
     * @param entries at least 2: one that fills and one that is evicted
     */
    public record Caps(int bytes, int entries) {

        /** Of a task: its history may lag behind by a part and more, which the ring has to hold. */
        public Caps ofTask() {
            int least = 2 * TaskLog.PART;
            return new Caps(Math.max(bytes, least), Math.max(entries, 2 * least / BLOCK_BYTES));
        }

        public Caps {
            if (bytes < 1) throw new IllegalArgumentException("ring.bytes: " + bytes);
            if (entries < 2) throw new IllegalArgumentException("ring.entries: " + entries);
        }
    }

    /**
     * One entry.
     *
     * <p>Immutable.
     *
     * @param offset of its first byte
     */
    public record Entry(long offset, ByteString bytes) {
        public Entry {
            if (offset < 0) throw new IllegalArgumentException("offset: " + offset);
        }

        public long end() {
            return offset + bytes.length();
        }
    }

    /**
     * Everything a ring holds.
     *
     * <p>Immutable.
     *
     * @param end offset of the next byte
     */
    public record Snapshot(List<Entry> entries, int totalBytes, Caps capacity, long end) {
        public Snapshot {
            entries = List.copyOf(entries);
        }
    }

    private final Caps caps;

    /** A small ring has smaller blocks, or evicting a whole one would leave next to nothing. */
    private final int blockBytes;

    // Owned by the session thread.
    private final Deque<Block> blocks = new ArrayDeque<>();
    private int totalBytes;
    private long end;

    public RingBuffer(Caps caps) {
        this.caps = caps;
        int fitting = Math.ceilDiv(caps.bytes(), caps.entries() - 1);
        blockBytes = Math.clamp(Math.max(caps.bytes() / 8, fitting), 1, BLOCK_BYTES);
    }

    /**
     * A ring that goes on where the snapshot was taken and shares no memory with it. What is over
     * the caps is evicted.
     *
     * @throws IllegalArgumentException if the entries overlap, are out of order or do not add up
     */
    public static RingBuffer fromSnapshot(Snapshot snapshot) {
        var ring = new RingBuffer(snapshot.capacity());
        long end = 0;
        for (Entry entry : snapshot.entries()) {
            if (entry.offset() < end)
                throw new IllegalArgumentException("entries overlap at offset " + entry.offset());
            ring.blocks.addLast(new Block(entry));
            ring.totalBytes += entry.bytes().length();
            end = entry.end();
        }
        if (ring.totalBytes != snapshot.totalBytes()) {
            throw new IllegalArgumentException(
                    "totalBytes: " + snapshot.totalBytes() + ", entries " + ring.totalBytes);
        }
        if (snapshot.end() < end)
            throw new IllegalArgumentException("end: " + snapshot.end() + " before " + end);
        ring.end = snapshot.end();
        ring.evict();
        return ring;
    }

    /** An immutable copy of everything. */
    public Snapshot serialize() {
        return new Snapshot(blocks.stream().map(Block::entry).toList(), totalBytes, caps, end);
    }

    /** Appends bytes at {@link #end()}. */
    public void append(ByteString bytes) {
        int from = 0;
        if (bytes.length() > caps.bytes()) {
            // The boundary may leave room below the cap: what was there before would stand beside a
            // gap.
            blocks.clear();
            totalBytes = 0;
            from = characterBoundary(bytes, bytes.length() - caps.bytes());
            end += from;
        }
        while (from < bytes.length()) {
            Block last = blocks.peekLast();
            int room = last == null || last.end() != end ? 0 : blockBytes - last.length;
            if (last == null || room <= 0) {
                last = new Block(end, bytes.length() - from < SMALL ? SMALL : blockBytes);
                blocks.addLast(last);
                room = blockBytes;
            }
            int count = Math.min(room, bytes.length() - from);
            last.append(bytes, from, count);
            from += count;
            end += count;
            totalBytes += count;
        }
        evict();
    }

    /** Leaves a gap: the next byte has this offset. Nobody can resume across it. */
    public void skipTo(long offset) {
        if (offset < end)
            throw new IllegalArgumentException("offset: " + offset + " before " + end);
        end = offset;
    }

    /** Offset of the oldest byte kept; {@link #end()} when empty. */
    public long start() {
        Block first = blocks.peekFirst();
        return first == null ? end : first.offset;
    }

    /** Offset of the next byte. */
    public long end() {
        return end;
    }

    public int totalBytes() {
        return totalBytes;
    }

    public Caps capacity() {
        return caps;
    }

    /**
     * Whether every byte from {@code offset} to the end is here, without a gap. Not so for the end
     * itself just behind a gap, as if nobody could have come there.
     */
    public boolean reaches(long offset) {
        if (offset == end) return endsWithoutGap();
        if (offset > end || !endsWithoutGap()) return false;
        long expected = end;
        for (Iterator<Block> newest = blocks.descendingIterator(); newest.hasNext(); ) {
            Block block = newest.next();
            if (block.end() != expected) return false;
            if (block.offset <= offset) return true;
            expected = block.offset;
        }
        return false;
    }

    /**
     * At most {@code max} bytes from {@code offset} on that lie in one entry; empty at the end or
     * in a gap.
     */
    public ByteString read(long offset, int max) {
        // Readers are nearly always close to the end.
        for (Iterator<Block> newest = blocks.descendingIterator(); newest.hasNext(); ) {
            Block block = newest.next();
            if (block.offset <= offset) {
                return offset >= block.end() ? ByteString.EMPTY : block.slice(offset, max);
            }
        }
        return ByteString.EMPTY;
    }

    /** The entries with bytes at or after {@code offset}, whole. */
    public List<Entry> entriesFrom(long offset) {
        var entries = new ArrayDeque<Entry>();
        for (Iterator<Block> newest = blocks.descendingIterator(); newest.hasNext(); ) {
            Block block = newest.next();
            if (block.end() <= offset) break;
            entries.addFirst(block.entry());
        }
        return List.copyOf(entries);
    }

    private boolean endsWithoutGap() {
        Block last = blocks.peekLast();
        return last == null || last.end() == end;
    }

    private void evict() {
        while (blocks.size() > 1 && (totalBytes > caps.bytes() || blocks.size() > caps.entries())) {
            totalBytes -= blocks.removeFirst().length;
        }
        if (totalBytes > caps.bytes()) keepTailOf(blocks.removeLast().entry());
    }

    /** An entry restored from a ring with larger caps. */
    private void keepTailOf(Entry entry) {
        int length = entry.bytes().length();
        int from = characterBoundary(entry.bytes(), length - caps.bytes());
        totalBytes = length - from;
        if (totalBytes == 0) return;
        blocks.addLast(
                new Block(new Entry(entry.offset() + from, entry.bytes().slice(from, length))));
    }

    /** The first index from {@code from} on that does not stand inside a UTF-8 character. */
    private static int characterBoundary(ByteString bytes, int from) {
        int index = from;
        while (index < bytes.length() && index < from + 3 && (bytes.at(index) & 0xc0) == 0x80)
            index++;
        return index;
    }

    /**
     * An entry that still grows: bytes below {@code length} never change, so slices of them may be
     * shared.
     */
    private static final class Block {

        private final long offset;
        private byte[] array;
        private int length;

        Block(long offset, int room) {
            this.offset = offset;
            array = new byte[room];
        }

        Block(Entry entry) {
            offset = entry.offset();
            array = entry.bytes().toArray();
            length = array.length;
        }

        long end() {
            return offset + length;
        }

        void append(ByteString bytes, int from, int count) {
            if (array.length < length + count) {
                int grown = Math.max(length + count, Math.min(BLOCK_BYTES, array.length * 2));
                array = Arrays.copyOf(array, grown);
            }
            bytes.slice(from, from + count).copyTo(array, length);
            length += count;
        }

        ByteString slice(long from, int max) {
            int start = Math.toIntExact(from - offset);
            return ByteString.wrap(array, start, Math.min(max, length - start));
        }

        Entry entry() {
            return new Entry(offset, ByteString.wrap(array, 0, length));
        }
    }

    /** For messages and tests. */
    @Override
    public String toString() {
        @Nullable Block first = blocks.peekFirst();
        return "RingBuffer["
                + (first == null ? end : first.offset)
                + ".."
                + end
                + ", "
                + blocks.size()
                + " entries]";
    }
}
