package dev.wormhole.server.session;

import dev.wormhole.protocol.ByteString;
import dev.wormhole.protocol.TerminalSize;
import dev.wormhole.terminal.screen.AnsiLine;
import dev.wormhole.terminal.screen.HistoryBlock;
import dev.wormhole.terminal.screen.Screen;
import dev.wormhole.terminal.screen.ScreenListener;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Rebuilds a session's screen from what is stored: the screen, the blocks before it, the output and
 * the events behind it. Where one of them is damaged the rest is used.
 *
 * <p>Pure. Nobody hears what is read again: it has happened already.
 */
final class ScreenHydration {

    private static final byte CAN = 0x18;

    private static final ScreenListener NOBODY = new ScreenListener() {};

    private static final byte[] LOST_SCREEN =
            "\u001b[m[wormhole: the screen could not be read back; lines may be missing here]\r\n"
                    .getBytes(StandardCharsets.US_ASCII);

    private final Checkpoint checkpoint;
    private final ScreenImage image;
    private final int historyLines;
    private final List<String> problems = new ArrayList<>();

    private ScreenHydration(Checkpoint checkpoint, int historyLines) {
        this.checkpoint = checkpoint;
        this.image = checkpoint.image();
        this.historyLines = historyLines;
    }

    /**
     * The screen of a checkpoint, at the end of its output. It has no listener yet.
     *
     * @param historyLines how many lines of scrollback it keeps
     */
    static RestoredScreen restore(Checkpoint checkpoint, int historyLines) {
        return new ScreenHydration(checkpoint, historyLines).restored();
    }

    private RestoredScreen restored() {
        StoredScreen stored = image.screen();
        if (stored != null) {
            try {
                Screen screen = fromSnapshot(stored);
                long sealedEnd = screen.history().sealedEnd();
                replay(screen, stored.offset(), stored.event());
                return new RestoredScreen(screen, Optional.of(stored), sealedEnd, problems);
            } catch (RuntimeException e) {
                // Whatever a snapshot of another version does, it costs no more than itself.
                problems.add("its screen cannot be used (" + e + "), its output is read instead");
            }
        }
        return new RestoredScreen(fromTail(), Optional.empty(), 0, problems);
    }

    private Screen fromSnapshot(StoredScreen stored) {
        TerminalSize size = stored.size();
        var screen = new Screen(size.cols(), size.rows(), historyLines, NOBODY);
        screen.beginSnapshot(size.cols(), size.rows(), false);
        feed(screen, stored.snapshot());
        screen.endSnapshot();
        screen.history().prepend(blocks(stored.firstLine(), screen.history().sealedEnd()));
        return screen;
    }

    /** The blocks of these lines; where one is missing, one that says so. */
    private List<HistoryBlock> blocks(long firstLine, long sealedEnd) {
        var blocks = new ArrayList<HistoryBlock>();
        long next = firstLine;
        for (SealedLines sealed : image.blocks()) {
            if (sealed.endLine() > sealedEnd) break;
            if (sealed.endLine() <= next) continue;
            Optional<HistoryBlock> block = decoded(sealed);
            if (block.isEmpty()) continue;
            if (sealed.firstLine() > next) missing(next, sealed.firstLine(), blocks);
            blocks.add(block.get());
            next = sealed.endLine();
        }
        if (next < sealedEnd) missing(next, sealedEnd, blocks);
        return blocks;
    }

    private Optional<HistoryBlock> decoded(SealedLines sealed) {
        try {
            return Optional.of(sealed.decode());
        } catch (IllegalArgumentException e) {
            problems.add("lines from " + sealed.firstLine() + " on are no block: " + e);
            return Optional.empty();
        }
    }

    private void missing(long from, long to, List<HistoryBlock> blocks) {
        problems.add("%d lines of its scrollback are lost".formatted(to - from));
        blocks.addAll(MissingLines.blocks(from, to));
    }

    /** All that can be shown without the screen: older lines as they were, then the tail. */
    private Screen fromTail() {
        List<RingBuffer.Entry> tail = image.tail();
        long oldest = tail.isEmpty() ? checkpoint.ring().end() : tail.getFirst().offset();
        long start = checkpoint.complete() ? oldest : firstLine(oldest);
        TerminalSize size = sizeAt(start);
        var screen = new Screen(size.cols(), size.rows(), historyLines, NOBODY);
        if (!checkpoint.complete() && !image.blocks().isEmpty()) {
            for (SealedLines sealed : image.blocks()) {
                decoded(sealed).map(ScreenHydration::ansi).ifPresent(lines -> feed(screen, lines));
            }
            feed(screen, LOST_SCREEN);
        }
        replay(screen, start, 0);
        return screen;
    }

    /** The lines of a block as a terminal is sent them. */
    static byte[] ansi(HistoryBlock block) {
        var line = new AnsiLine();
        var lines = new ByteArrayOutputStream();
        for (long number = block.firstLine(); number < block.endLine(); number++) {
            block.line(number, line);
            lines.writeBytes(line.take());
        }
        return lines.toByteArray();
    }

    /** The first offset of the tail at which a line begins; without any, {@code start}. */
    private long firstLine(long start) {
        return image.tail().stream()
                .filter(entry -> lineStart(entry) > 0)
                .mapToLong(entry -> entry.offset() + lineStart(entry))
                .findFirst()
                .orElse(start);
    }

    /**
     * Where output may begin in an entry whose bytes before are not there: at a line, if it can.
     */
    private static int lineStart(RingBuffer.Entry entry) {
        for (int i = 0; i < entry.bytes().length(); i++) {
            if (entry.bytes().at(i) == '\n') return i + 1;
        }
        return 0;
    }

    /** The size in force at an offset, before the events that stand there. */
    private TerminalSize sizeAt(long offset) {
        TerminalSize size = null;
        for (Mark event : image.events()) {
            if (!(event instanceof Mark.Resized resized)) continue;
            if (size != null && resized.offset() >= offset) break;
            size = resized.size();
        }
        return size == null ? checkpoint.record().size() : size;
    }

    /** Feeds what stands behind {@code offset}, with the events from {@code event} on. */
    private void replay(Screen screen, long offset, long event) {
        List<Mark> events =
                image.events().stream()
                        .filter(mark -> eventNumber(mark) >= event && mark.offset() >= offset)
                        .toList();
        int next = 0;
        long at = offset;
        for (RingBuffer.Entry entry : image.tail()) {
            if (entry.end() <= at) continue;
            long from = Math.max(entry.offset(), at);
            if (from > at && !isAfterCrash(from)) from = mend(screen, entry);
            while (from < entry.end()) {
                while (next < events.size() && events.get(next).offset() <= from)
                    apply(screen, events.get(next++));
                long to = entry.end();
                if (next < events.size()) to = Math.min(to, events.get(next).offset());
                feed(screen, slice(entry, from, to));
                from = to;
            }
            at = entry.end();
        }
        while (next < events.size()) apply(screen, events.get(next++));
        TerminalSize size = checkpoint.record().size();
        // Only where an event was lost.
        if (screen.columns() != size.cols() || screen.rows() != size.rows())
            screen.resize(size.cols(), size.rows());
    }

    /**
     * Offsets skipped after a crash belong to bytes that no stored screen has seen: nothing is
     * missing there.
     */
    private static boolean isAfterCrash(long offset) {
        return offset % SessionContents.CRASH_STRIDE == 0;
    }

    /** Bytes before the entry are lost: ends what they may have begun. Returns where to go on. */
    private static long mend(Screen screen, RingBuffer.Entry entry) {
        screen.feed(new byte[] {CAN}, 0, 1);
        return entry.offset() + lineStart(entry);
    }

    private static void apply(Screen screen, Mark event) {
        if (event instanceof Mark.Resized(_, _, TerminalSize size))
            screen.resize(size.cols(), size.rows());
    }

    private static long eventNumber(Mark mark) {
        return switch (mark) {
            case Mark.Resized(_, long number, _) -> number;
            case Mark.Respawned(_, long number, _) -> number;
            case Mark.Exited _ -> -1;
        };
    }

    private static ByteString slice(RingBuffer.Entry entry, long from, long to) {
        return entry.bytes()
                .slice(
                        Math.toIntExact(from - entry.offset()),
                        Math.toIntExact(to - entry.offset()));
    }

    private static void feed(Screen screen, ByteString bytes) {
        feed(screen, bytes.toArray());
    }

    private static void feed(Screen screen, byte[] bytes) {
        screen.feed(bytes, 0, bytes.length);
    }
}
