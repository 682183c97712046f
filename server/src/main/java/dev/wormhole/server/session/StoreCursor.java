package dev.wormhole.server.session;

import dev.wormhole.protocol.ByteString;
import dev.wormhole.protocol.TerminalSize;
import dev.wormhole.terminal.screen.History;
import dev.wormhole.terminal.screen.Screen;
import dev.wormhole.terminal.screen.SnapshotDepth;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * How far the store has come with a session: makes the next increment, and takes it back when it
 * could not be committed.
 *
 * <p>Owned by the session thread; what it hands out is immutable.
 *
 * <p>Blocks go only together with a screen that ends where they end, so that what is stored always
 * fits together: until then the tail holds their lines.
 */
final class StoreCursor {

    /** No screen was handed over: every place is behind it. */
    private static final ScreenPace.Place NO_SCREEN = new ScreenPace.Place(-1, -1);

    /**
     * The size at creation stands among the events, so that a tail can be read without a screen.
     */
    private static final long CREATION = -1;

    /**
     * So much of the output before a screen that is handed over goes with it, for clients that go
     * on by offset after a restart. With what a flood prints between two screens the store would
     * have several times the work, for nothing: the screen and the blocks hold it, and who is
     * behind a flood gets a snapshot. A task's ring holds as much at least.
     */
    static final int RESUMED_BYTES = 2 * TaskLog.PART;

    /**
     * What was handed over.
     *
     * @param tailStart the stored tail begins there, or later where the ring does
     * @param offset end of the output
     * @param event number of the next event
     * @param screen where the newest screen stood
     * @param sealedEnd number of the line behind the newest block
     */
    private record Given(
            long tailStart, long offset, long event, ScreenPace.Place screen, long sealedEnd) {}

    private final LongSupplier ticker;
    private final TerminalSize sizeAtCreation;
    private final ScreenPace pace = new ScreenPace();
    private Given given;

    /** Before the increment under way. */
    private Given givenBefore;

    private StoreCursor(LongSupplier ticker, TerminalSize sizeAtCreation, Given given) {
        this.ticker = ticker;
        this.sizeAtCreation = sizeAtCreation;
        this.given = given;
        this.givenBefore = given;
    }

    /** Of a session that was just made. */
    static StoreCursor fresh(LongSupplier ticker, TerminalSize size) {
        return new StoreCursor(ticker, size, new Given(0, 0, CREATION, NO_SCREEN, 0));
    }

    /**
     * Of a session that came from a checkpoint.
     *
     * @param origin the stored screen that its own was built from; null if it was none
     * @param sealedEnd number of the line behind the newest of the stored blocks that are in use
     * @param end where its next output will stand
     */
    static StoreCursor restored(
            LongSupplier ticker,
            SessionRecord record,
            @Nullable StoredScreen origin,
            long sealedEnd,
            long end) {
        ScreenPace.Place screen =
                origin == null ? NO_SCREEN : new ScreenPace.Place(origin.offset(), origin.event());
        var given = new Given(0, end, record.nextEvent(), screen, sealedEnd);
        return new StoreCursor(ticker, record.size(), given);
    }

    /** Output or an event came. */
    void changed() {
        pace.changed(ticker.getAsLong());
    }

    /** When {@link #fellQuiet} has something to say; nanoseconds of the ticker. */
    Optional<Long> quietAt() {
        return pace.quietAt();
    }

    /** Whether the store should be told now that there is something to collect. */
    boolean fellQuiet(long now) {
        return pace.announce(now);
    }

    /**
     * Everything since the last increment.
     *
     * @param last nothing will come any more
     */
    Increment collect(SessionRecord record, OutputLog output, Screen screen, boolean last) {
        var present = new ScreenPace.Place(output.end(), output.nextEvent());
        givenBefore = given;
        NewScreen newScreen = null;
        List<RingBuffer.Entry> entries = output.entriesFrom(givenBefore.offset());
        long tailStart = given.tailStart();
        ScreenPace.Place screenPlace = given.screen();
        long sealedEnd = given.sealedEnd();
        if (isDue(output, present, last)) {
            newScreen = newScreen(record.size(), present, screen);
            screenPlace = present;
            sealedEnd = screen.history().sealedEnd();
            pace.handedOver();
            if (present.offset() - givenBefore.offset() > RESUMED_BYTES) {
                entries = output.entriesFrom(present.offset() - RESUMED_BYTES);
                tailStart = entries.isEmpty() ? tailStart : entries.getFirst().offset();
            }
        }
        given = new Given(tailStart, present.offset(), present.event(), screenPlace, sealedEnd);
        return new Increment(
                record,
                Math.max(output.start(), tailStart),
                output.isComplete() && tailStart == 0,
                entries,
                events(output),
                newScreen);
    }

    /** End of the output that was handed over last. */
    long givenOffset() {
        return given.offset();
    }

    /** Number of the event behind those that were handed over last. */
    long givenEvent() {
        return given.event();
    }

    /** The increment that was collected last was not stored. */
    void rollBack() {
        if (!given.screen().equals(givenBefore.screen())) pace.rolledBack();
        given = givenBefore;
    }

    private boolean isDue(OutputLog output, ScreenPace.Place present, boolean last) {
        if (last && !present.equals(given.screen())) return true;
        var oldest = new ScreenPace.Place(output.start(), output.firstEvent());
        return pace.isDue(given.screen(), oldest, present, ticker.getAsLong());
    }

    private NewScreen newScreen(TerminalSize size, ScreenPace.Place present, Screen screen) {
        History history = screen.history();
        long newFrom = Math.min(given.sealedEnd(), history.sealedEnd());
        List<SealedLines> blocks =
                history.sealedFrom(newFrom).stream()
                        .filter(block -> block.firstLine() >= newFrom)
                        .map(SealedLines::of)
                        .toList();
        byte[] snapshot = screen.snapshot(SnapshotDepth.RECENT);
        return new NewScreen(
                new StoredScreen(
                        present.offset(),
                        present.event(),
                        size,
                        history.firstLine(),
                        ByteString.wrap(snapshot, 0, snapshot.length)),
                newFrom,
                blocks);
    }

    private List<Mark> events(OutputLog output) {
        var events = new ArrayList<Mark>();
        if (givenBefore.event() == CREATION)
            events.add(new Mark.Resized(0, CREATION, sizeAtCreation));
        events.addAll(output.eventsFrom(givenBefore.event()));
        return events;
    }

    /** For messages and tests. */
    @Override
    public String toString() {
        return "StoreCursor[" + given + "]";
    }
}
