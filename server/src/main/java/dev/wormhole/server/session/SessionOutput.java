package dev.wormhole.server.session;

import dev.wormhole.protocol.ByteString;
import dev.wormhole.protocol.TerminalSize;

import org.jspecify.annotations.Nullable;

/**
 * A session's output and the screen that it has drawn: bytes and changes of size go into both at
 * the same place.
 *
 * <p>Owned by the session thread.
 */
final class SessionOutput {

    private final OutputLog log;
    private final SessionScreen screen;
    private final StoreCursor stored;
    private @Nullable TaskLog kept;

    /**
     * @param heard what the screen hears from now on
     */
    SessionOutput(SessionContents contents, SessionScreen.Listener heard) {
        log = contents.output();
        screen = new SessionScreen(contents.screen(), heard);
        stored = contents.stored();
    }

    /** What is appended from now on goes into the history of a task too. */
    void keep(TaskLog history) {
        kept = history;
    }

    /** What goes into the history of a task; null where nothing does. */
    @Nullable TaskLog kept() {
        return kept;
    }

    void append(ByteString bytes) {
        if (kept != null) kept.append(log.end(), bytes);
        screen.feed(bytes);
        log.append(bytes);
        stored.changed();
    }

    /** As the event with this number, which is the next or a later one. */
    void resized(long event, TerminalSize size) {
        log.resized(event, size);
        screen.resize(size);
        stored.changed();
    }

    /** At most {@code max} bytes from there on; null where that byte is not in memory. */
    @Nullable ByteString read(long offset, int max) {
        var bytes = new GrowingBytes();
        while (bytes.length() < max) {
            ByteString more = readSome(offset + bytes.length(), max - bytes.length());
            if (more.isEmpty()) break;
            bytes.append(more);
        }
        return bytes.length() == 0 ? null : bytes.slice(0, bytes.length());
    }

    private ByteString readSome(long offset, int max) {
        ByteString unstored = kept == null ? null : kept.read(offset, max);
        return unstored == null ? log.read(offset, max) : unstored;
    }

    /** The first byte behind this offset that is in memory; the end if none is. */
    long readableFrom(long offset) {
        long from = log.end();
        for (RingBuffer.Entry entry : log.entriesFrom(offset)) {
            if (entry.offset() > offset) from = Math.min(from, entry.offset());
        }
        return kept == null || kept.start() <= offset ? from : Math.min(from, kept.start());
    }

    /** The output as it is read. */
    OutputLog log() {
        return log;
    }

    SessionScreen screen() {
        return screen;
    }

    /** How far the store has come with both. */
    StoreCursor stored() {
        return stored;
    }
}
