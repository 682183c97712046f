package dev.wormhole.server.keeper.process;

import dev.wormhole.protocol.TerminalSize;
import dev.wormhole.server.keeper.wire.FromKeeper.Resized;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * What one process has printed and nobody has confirmed: the newest part in memory, an older one
 * perhaps on the disk; and the changes of size that stand in it.
 *
 * <p>Owned by the loop.
 */
final class Output implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(Output.class);

    /** Changes of size that may be unconfirmed; a server asks for few, and confirms them. */
    private static final int MOST_MARKS = 4096;

    private final Ring ring;
    private final Path spillFile;
    private final List<Resized> marks = new ArrayList<>(0);
    private @Nullable Spill spill;
    private boolean spillBroken;

    Output(Chunks memory, long origin, int limit, Path spillFile) {
        ring = new Ring(memory, origin, limit);
        this.spillFile = spillFile;
    }

    /** Offset of the oldest byte held. */
    long first() {
        return spill == null ? ring.first() : spill.first();
    }

    /** Offset behind the newest. */
    long end() {
        return ring.end();
    }

    long bytesInMemory() {
        return ring.size();
    }

    long bytesOnDisk() {
        return spill == null ? 0 : spill.size();
    }

    /** Room for what is read next; null: there is none. */
    @Nullable MemorySegment room() {
        return ring.room();
    }

    void added(int count) {
        ring.added(count);
    }

    /** The size changes here; false: there are too many unconfirmed changes. */
    boolean resized(long event, TerminalSize size) {
        if (marks.size() >= MOST_MARKS) return false;
        marks.add(new Resized(end(), event, size));
        return true;
    }

    /** The next change of size from this number on; null: none. */
    @Nullable Resized mark(long event) {
        for (Resized mark : marks) if (mark.event() >= event) return mark;
        return null;
    }

    /**
     * Bytes from this offset on, at least one.
     *
     * @param scratch for those that are on the disk
     */
    MemorySegment at(long offset, int most, MemorySegment scratch) throws IOException {
        if (spill == null || offset >= spill.end()) return ring.at(offset, most);
        int wanted = (int) Math.min(most, scratch.byteSize());
        int count = spill.read(offset, scratch.asSlice(0, wanted));
        return scratch.asSlice(0, count);
    }

    /** Forgets bytes before the offset and changes of size before the event. */
    void confirm(long offset, long event) {
        marks.removeIf(mark -> mark.event() < event);
        if (spill != null) {
            spill.forget(offset);
            if (spill.size() == 0) closeSpill();
        }
        ring.forget(offset);
    }

    /** Moves the oldest piece of memory to the disk; false: nothing was moved. */
    boolean spillOldest(long limit) {
        if (spillBroken || ring.size() == 0) return false;
        try {
            if (spill == null) spill = new Spill(spillFile, ring.first(), limit);
            MemorySegment oldest = ring.at(ring.first(), Chunks.SIZE);
            if (!spill.add(oldest)) return false;
            ring.forget(ring.first() + oldest.byteSize());
            return true;
        } catch (IOException e) {
            // A full disk must not end the processes: they wait instead.
            log.warn("{}: output cannot be spilled: {}", spillFile.getFileName(), e.toString());
            spillBroken = true;
            if (spill != null && spill.size() == 0) closeSpill();
            return false;
        }
    }

    /** A server is there again: if it goes another time, the disk may have room. */
    void maySpillAgain() {
        spillBroken = false;
    }

    private void closeSpill() {
        try {
            if (spill != null) spill.close();
        } catch (IOException e) {
            log.warn("{}: not closed: {}", spillFile.getFileName(), e.toString());
        }
        spill = null;
    }

    @Override
    public void close() {
        closeSpill();
        ring.close();
        marks.clear();
    }
}
