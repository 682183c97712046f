package dev.wormhole.client.link;

import dev.wormhole.protocol.ByteString;
import dev.wormhole.protocol.Limits;
import dev.wormhole.terminal.PasteTracker;

import java.util.ArrayDeque;
import java.util.Deque;

/**
 * What was typed into one session and is not known to be taken: numbers it, lets a window of it go
 * out, and keeps it until it is acknowledged, so that it can go out again. Knows neither channels
 * nor connections.
 *
 * <p>Owned by the link thread.
 *
 * <p>Bound: {@link #MAX_WAITING}; what is typed beyond it is discarded whole.
 */
final class InputWindow {

    /** A paste beyond this is somebody's mistake, and memory is at stake. */
    static final int MAX_WAITING = 64 << 20;

    /** Bytes of one message: what is typed elsewhere on the link need not wait for long. */
    static final int PIECE = 32 << 10;

    private static final ByteString END_OF_PASTE = ByteString.utf8("\033[201~");

    /** Where bytes go out. */
    interface Outlet {

        /** The next bytes are for this generation, the first of them has this number. */
        void begin(long generation, long count);

        void bytes(ByteString bytes);
    }

    /**
     * How far a pile of input has come since it began to wait.
     *
     * @param taken bytes of it that were taken
     * @param total bytes of it; 0: nothing waits
     */
    record Backlog(long taken, long total) {

        static final Backlog NONE = new Backlog(0, 0);
    }

    // Owned by the link thread.
    /** Sent over some connection; may have been taken, and keeps its numbers. */
    private final Deque<ByteString> sent = new ArrayDeque<>();

    /** Never sent. */
    private final Deque<ByteString> waiting = new ArrayDeque<>();

    private PasteTracker sentPaste = new PasteTracker();
    private long sentBytes;
    private long waitingBytes;
    private boolean isOpen;
    private long generation;

    /** The number of the first byte that is kept: those before were taken. */
    private long taken;

    /** The number at which the present backlog began. */
    private long backlogFrom;

    /** Whether there is a process that the next byte is for. */
    boolean isOpen() {
        return isOpen;
    }

    /** The generation of the process that the last bytes were for. */
    long generation() {
        return generation;
    }

    boolean hasUnacknowledged() {
        return sentBytes > 0;
    }

    /** Bytes for which there is no room in the window. */
    long waitingBytes() {
        return waitingBytes;
    }

    Backlog backlog() {
        if (waitingBytes == 0) return Backlog.NONE;
        return new Backlog(taken - backlogFrom, taken + sentBytes + waitingBytes - backlogFrom);
    }

    /**
     * The session has this process now, and has taken so many bytes of ours for it. Returns how
     * many bytes were for another one, and are discarded; what is kept has to be sent again.
     */
    long open(long newGeneration, long inputCount) {
        long discarded = 0;
        if (!isOpen || newGeneration != generation) {
            discarded = close();
            taken = inputCount;
        } else {
            acknowledged(inputCount);
            // Fewer than we know of: a keeper remembers no more than some clients. What we keep
            // was not taken, as far as it knows, and counts on from there.
            backlogFrom -= taken - inputCount;
            taken = inputCount;
        }
        isOpen = true;
        generation = newGeneration;
        return discarded;
    }

    /** The process is gone. Returns how many bytes it never took; they are discarded. */
    long close() {
        long discarded = sentBytes + waitingBytes;
        isOpen = false;
        sent.clear();
        sentBytes = 0;
        dropWaiting();
        // The next process has seen no paste begin.
        sentPaste = new PasteTracker();
        return discarded;
    }

    /** Puts bytes behind what waits. Returns how many are discarded: all or none. */
    long add(ByteString bytes) {
        if (!isOpen || waitingBytes + bytes.length() > MAX_WAITING) return bytes.length();
        if (waitingBytes == 0) backlogFrom = taken;
        if (!bytes.isEmpty()) waiting.addLast(bytes);
        waitingBytes += bytes.length();
        return 0;
    }

    /** Sends everything again that went out over a former connection. */
    void resend(Outlet outlet) {
        outlet.begin(generation, taken);
        for (ByteString bytes : sent) outlet.bytes(bytes);
    }

    /** Sends what the window has room for. */
    void send(Outlet outlet) {
        while (waitingBytes > 0 && sentBytes < Limits.INPUT_WINDOW) {
            ByteString first = waiting.removeFirst();
            int room = (int) Math.min(PIECE, Limits.INPUT_WINDOW - sentBytes);
            ByteString piece = first;
            if (first.length() > room) {
                piece = first.slice(0, room);
                waiting.addFirst(first.slice(room, first.length()));
            }
            waitingBytes -= piece.length();
            sentBytes += piece.length();
            sent.addLast(piece);
            for (int i = 0; i < piece.length(); i++) sentPaste.accept(piece.at(i));
            outlet.bytes(piece);
        }
    }

    /** The bytes numbered below {@code count} were taken. */
    void acknowledged(long count) {
        long rest = Math.min(count - taken, sentBytes);
        while (rest > 0) {
            ByteString first = sent.removeFirst();
            int part = (int) Math.min(rest, first.length());
            if (part < first.length()) sent.addFirst(first.slice(part, first.length()));
            rest -= part;
            sentBytes -= part;
            taken += part;
        }
    }

    /**
     * Forgets what was never sent: what went out may have been taken, and stays. Where that stands
     * inside a bracketed paste, the paste is ended.
     */
    void dropPending() {
        if (waitingBytes == 0) return;
        dropWaiting();
        if (sentPaste.isInside()) add(END_OF_PASTE);
    }

    private void dropWaiting() {
        waiting.clear();
        waitingBytes = 0;
    }
}
