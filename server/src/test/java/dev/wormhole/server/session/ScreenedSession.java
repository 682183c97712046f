package dev.wormhole.server.session;

import dev.wormhole.protocol.ByteString;
import dev.wormhole.protocol.SessionId;
import dev.wormhole.protocol.SessionKind;
import dev.wormhole.protocol.TerminalSize;
import dev.wormhole.terminal.screen.AnsiLine;
import dev.wormhole.terminal.screen.HistoryBlock;
import dev.wormhole.terminal.screen.Screen;
import dev.wormhole.terminal.screen.ScreenListener;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/**
 * A session's output, screen and dealings with the store, without process, viewers and thread. Its
 * clock stands still unless it is told to go on.
 *
 * <p>Safe from any thread.
 */
final class ScreenedSession implements SessionStore.Source {

    private static final int HISTORY = 2_000;

    private final SessionId id;
    private final Screen screen;
    private final OutputLog output;
    private final StoreCursor cursor;
    private final List<String> problems;
    private TerminalSize size;
    private long now;
    private boolean last;
    private long collectedBytes;
    private long collectedScreens;

    ScreenedSession(TerminalSize size, RingBuffer.Caps caps) {
        this.id = SessionId.random();
        this.size = size;
        this.screen = new Screen(size.cols(), size.rows(), HISTORY, new ScreenListener() {});
        this.output = new OutputLog(new RingBuffer(caps), true, 0);
        this.cursor = StoreCursor.fresh(() -> now, size);
        this.problems = List.of();
    }

    ScreenedSession(Checkpoint checkpoint) {
        SessionRecord record = checkpoint.record();
        this.id = record.id();
        this.size = record.size();
        RestoredScreen restored = ScreenHydration.restore(checkpoint, HISTORY);
        this.screen = restored.screen();
        this.problems = restored.problems();
        this.output =
                new OutputLog(
                        RingBuffer.fromSnapshot(checkpoint.ring()),
                        checkpoint.complete(),
                        record.nextEvent());
        long end = SessionContents.nextOffset(checkpoint, false);
        output.skipTo(end);
        this.cursor =
                StoreCursor.restored(
                        () -> now,
                        record,
                        restored.origin().orElse(null),
                        restored.sealedEnd(),
                        end);
    }

    synchronized void write(byte[] bytes) {
        output.append(ByteString.copyOf(bytes));
        screen.feed(bytes, 0, bytes.length);
        cursor.changed();
    }

    synchronized void write(String text) {
        write(ByteString.utf8(text).toArray());
    }

    synchronized void resize(TerminalSize newSize) {
        size = newSize;
        output.resized(newSize);
        screen.resize(newSize.cols(), newSize.rows());
        cursor.changed();
    }

    synchronized void respawn() {
        output.respawned(2);
        cursor.changed();
    }

    synchronized void sleep(long nanos) {
        now += nanos;
    }

    /** Everything is handed over with the next increment. */
    synchronized void stop() {
        last = true;
    }

    @Override
    public SessionId id() {
        return id;
    }

    @Override
    public synchronized CompletableFuture<Increment> collect() {
        Increment increment = cursor.collect(record(), output, screen, last);
        for (RingBuffer.Entry entry : increment.entries()) collectedBytes += entry.bytes().length();
        NewScreen shown = increment.screen();
        if (shown != null) {
            collectedScreens++;
            collectedBytes += shown.screen().snapshot().length();
            for (SealedLines block : shown.blocks()) collectedBytes += block.encoded().length();
        }
        return CompletableFuture.completedFuture(increment);
    }

    @Override
    public void stored() {}

    @Override
    public synchronized void rollBack() {
        cursor.rollBack();
    }

    synchronized long collectedBytes() {
        return collectedBytes;
    }

    synchronized long collectedScreens() {
        return collectedScreens;
    }

    synchronized List<String> problems() {
        return problems;
    }

    /** What a person sees, and everything that decides how it goes on. */
    synchronized List<String> picture() {
        var picture = new ArrayList<String>();
        picture.add(screen.columns() + "x" + screen.rows() + " hash " + screen.hash());
        picture.add("cursor " + screen.cursorRow() + " " + screen.cursorColumn());
        for (int row = 0; row < screen.rows(); row++) picture.add(screen.text(row));
        picture.add(
                "lines %d..%d sealed %d"
                        .formatted(
                                screen.history().firstLine(),
                                screen.history().endLine(),
                                screen.history().sealedEnd()));
        picture.addAll(scrollback());
        return picture;
    }

    /** The scrollback as text, a line each, with its number. */
    synchronized List<String> scrollback() {
        var lines = new ArrayList<String>();
        var line = new AnsiLine();
        long first = screen.history().firstLine();
        for (HistoryBlock block : screen.history().blocksFrom(first)) {
            for (long number = Math.max(first, block.firstLine());
                    number < block.endLine();
                    number++) {
                block.line(number, line);
                lines.add(number + ": " + ByteString.copyOf(line.take()).toUtf8().stripTrailing());
            }
        }
        return lines;
    }

    private SessionRecord record() {
        return new SessionRecord(
                id,
                "name",
                "/",
                null,
                1,
                2,
                size,
                SessionKind.SHELL,
                List.of(),
                Map.of(),
                null,
                1,
                0,
                output.end(),
                output.nextEvent(),
                null);
    }
}
