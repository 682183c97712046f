package dev.wormhole.server.checkpoint;

import dev.wormhole.protocol.SessionId;
import dev.wormhole.server.session.Checkpoint;
import dev.wormhole.server.session.RingBuffer;
import dev.wormhole.server.session.ScreenImage;
import dev.wormhole.server.session.SealedLines;
import dev.wormhole.server.session.SessionRecord;
import dev.wormhole.server.session.StoredScreen;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Makes a checkpoint of a session's rows: checks and unpacks each, leaves out what is damaged.
 * Knows no database.
 *
 * <p>Owned by one thread, whose it is until {@link #close}.
 */
final class SessionDecoder implements AutoCloseable {

    /**
     * A session that was read back.
     *
     * <p>Immutable.
     *
     * @param trimmed its stored ring is larger than the caps allow
     * @param problems a sentence each
     */
    record Decoded(Checkpoint checkpoint, boolean trimmed, Tally tally, List<String> problems) {
        Decoded {
            problems = List.copyOf(problems);
        }
    }

    private final RingBuffer.Caps caps;
    private final BlobCodec codec = new BlobCodec();
    private final List<String> problems = new ArrayList<>();
    private int damagedBlocks;

    SessionDecoder(RingBuffer.Caps caps) {
        this.caps = caps;
    }

    Decoded decode(RawSession raw) {
        problems.clear();
        problems.addAll(raw.problems());
        SessionRecord session = raw.record();
        List<RingBuffer.Entry> entries = entries(raw);
        RingBuffer.Snapshot stored = snapshot(session, entries);
        RingBuffer.Snapshot ring = RingBuffer.fromSnapshot(stored).serialize();
        boolean evicted = ring.totalBytes() < stored.totalBytes();
        boolean whole = raw.whole() && entries.size() == raw.entries().size();
        StoredScreen screen = screen(raw);
        // The screen may need more than the caps leave of the ring.
        boolean needsMore = screen != null && screen.offset() < ringStart(ring);
        List<RingBuffer.Entry> tail = needsMore ? entries : ring.entries();
        List<SealedLines> blocks = blocks(raw, screen, tail);
        var tally =
                new Tally(
                        new Tally.Rows(1, 0),
                        new Tally.Rows(entries.size(), raw.entries().size() - entries.size()),
                        new Tally.Rows(raw.blocks().size() - damagedBlocks, damagedBlocks),
                        screens(raw, screen),
                        Tally.Rows.NONE);
        return new Decoded(
                new Checkpoint(
                        session,
                        ring,
                        raw.complete() && whole && !evicted,
                        raw.unclean(),
                        new ScreenImage(screen, blocks, raw.events(), tail)),
                evicted,
                tally,
                problems);
    }

    private static Tally.Rows screens(RawSession raw, @Nullable StoredScreen screen) {
        if (screen != null) return new Tally.Rows(1, 0);
        return new Tally.Rows(0, raw.screen().isPresent() ? 1 : 0);
    }

    private List<RingBuffer.Entry> entries(RawSession raw) {
        SessionId id = raw.record().id();
        var entries = new ArrayList<RingBuffer.Entry>();
        long end = 0;
        for (StoredEntry row : raw.entries()) {
            Optional<RingBuffer.Entry> entry = row.decode(id, codec);
            // An overlap cannot be: whatever made it, the older bytes stand.
            if (entry.isEmpty() || row.offset() < end) continue;
            entries.add(entry.get());
            end = entry.get().end();
        }
        leftOut(
                id,
                raw.entries().size() - entries.size(),
                raw.entries().size(),
                "entries of its output");
        return entries;
    }

    private @Nullable StoredScreen screen(RawSession raw) {
        if (raw.screen().isEmpty()) return null;
        SessionId id = raw.record().id();
        Optional<StoredScreen> screen = raw.screen().get().decode(id, codec);
        if (screen.isEmpty())
            problems.add(
                    "session " + id + ": its screen is damaged and is made from its output again");
        return screen.orElse(null);
    }

    private List<SealedLines> blocks(
            RawSession raw, @Nullable StoredScreen screen, List<RingBuffer.Entry> tail) {
        SessionId id = raw.record().id();
        long tailStart = tail.isEmpty() ? Long.MAX_VALUE : tail.getFirst().offset();
        var blocks = new ArrayList<SealedLines>();
        damagedBlocks = 0;
        long end = 0;
        for (StoredBlock row : raw.blocks()) {
            Optional<SealedLines> block = row.decode(id, codec);
            if (block.isEmpty() || row.firstLine() < end) {
                damagedBlocks++;
                continue;
            }
            end = row.firstLine() + row.lines();
            // Without the screen the tail is shown from its beginning: nothing shall come twice.
            if (screen != null || row.offset() <= tailStart) blocks.add(block.get());
        }
        leftOut(id, damagedBlocks, raw.blocks().size(), "blocks of its scrollback");
        return blocks;
    }

    private void leftOut(SessionId id, int damaged, int all, String what) {
        if (damaged == 0) return;
        problems.add(
                "session %s: %d of %d %s are damaged and left out"
                        .formatted(id, damaged, all, what));
    }

    private RingBuffer.Snapshot snapshot(SessionRecord session, List<RingBuffer.Entry> entries) {
        int total = entries.stream().mapToInt(entry -> entry.bytes().length()).sum();
        long end = entries.isEmpty() ? 0 : entries.getLast().end();
        RingBuffer.Caps mine = session.task() == null ? caps : caps.ofTask();
        return new RingBuffer.Snapshot(entries, total, mine, Math.max(session.nextOffset(), end));
    }

    private static long ringStart(RingBuffer.Snapshot ring) {
        return ring.entries().isEmpty() ? ring.end() : ring.entries().getFirst().offset();
    }

    @Override
    public void close() {
        codec.close();
    }
}
