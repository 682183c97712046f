package dev.wormhole.server.keeper.process;

import org.jspecify.annotations.Nullable;

import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;

/**
 * Bytes between two offsets, in chunks: added at the end, forgotten at the start. It has no memory
 * while it is empty.
 *
 * <p>Owned by the loop.
 */
final class Ring implements AutoCloseable {

    private final Chunks memory;
    private final int mostChunks;
    private final List<MemorySegment> chunks = new ArrayList<>(1);

    /** Offset of the first byte of the first chunk. */
    private long base;

    private long first;
    private long end;

    /**
     * @param start offset of the first byte that will be added
     * @param limit bytes, rounded down to chunks
     */
    Ring(Chunks memory, long start, int limit) {
        this.memory = memory;
        this.mostChunks = Math.max(1, limit / Chunks.SIZE);
        base = start;
        first = start;
        end = start;
    }

    long first() {
        return first;
    }

    long end() {
        return end;
    }

    long size() {
        return end - first;
    }

    /** Room for bytes at the end, at least one; null: there is none. */
    @Nullable MemorySegment room() {
        long inChunks = end - base;
        int chunk = (int) (inChunks / Chunks.SIZE);
        if (chunk == chunks.size()) {
            if (chunk >= mostChunks) return null;
            MemorySegment another = memory.take();
            if (another == null) return null;
            chunks.add(another);
        }
        return chunks.get(chunk).asSlice(inChunks % Chunks.SIZE);
    }

    /** So many bytes were put into {@link #room}. */
    void added(int count) {
        end += count;
    }

    /** Takes back what was added last, from this offset on. */
    void takeBack(long from) {
        end = from;
        if (first == end) {
            clear();
            return;
        }
        long needed = (end - base + Chunks.SIZE - 1) / Chunks.SIZE;
        while (chunks.size() > needed) memory.giveBack(chunks.removeLast());
    }

    /** The bytes from this offset on that lie in one piece, at most so many; at least one. */
    MemorySegment at(long offset, int most) {
        if (offset < first || offset >= end)
            throw new IndexOutOfBoundsException(offset + " of " + first + ".." + end);
        long inChunks = offset - base;
        long within = inChunks % Chunks.SIZE;
        long length = Math.min(Math.min(most, end - offset), Chunks.SIZE - within);
        return chunks.get((int) (inChunks / Chunks.SIZE)).asSlice(within, length);
    }

    /** Forgets what stands before this offset. */
    void forget(long before) {
        if (before <= first) return;
        first = Math.min(before, end);
        if (first == end) {
            clear();
            return;
        }
        while (first - base >= Chunks.SIZE) {
            memory.giveBack(chunks.removeFirst());
            base += Chunks.SIZE;
        }
    }

    private void clear() {
        chunks.forEach(memory::giveBack);
        chunks.clear();
        base = end;
        first = end;
    }

    @Override
    public void close() {
        clear();
    }
}
