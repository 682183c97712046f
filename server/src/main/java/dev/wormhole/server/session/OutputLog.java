package dev.wormhole.server.session;

import dev.wormhole.protocol.ByteString;
import dev.wormhole.protocol.TerminalSize;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A session's output as viewers read it: the bytes of the tail with the marks among them. Knows no
 * viewers.
 *
 * <p>Owned by the session thread.
 */
final class OutputLog {

    /**
     * Resizes can come with every pixel of a dragged edge; a viewer further behind than this is
     * resynced.
     */
    private static final int MAX_MARKS = 4096;

    /** What comes next at a position. */
    sealed interface Next {

        record Bytes(ByteString bytes) implements Next {}

        record At(Mark mark) implements Next {}

        /** The position has seen everything. */
        record End() implements Next {}

        /** What comes next is no longer here. */
        record Gone() implements Next {}
    }

    private static final Next END = new Next.End();
    private static final Next GONE = new Next.Gone();

    private final RingBuffer ring;
    private final List<Mark> marks = new ArrayList<>();

    /** Number of the first mark kept; marks are numbered from the hydration on, for cursors. */
    private long firstMark;

    private boolean complete;

    /** Number of the first event that is still among the marks, and of the next one. */
    private long firstEvent;

    private long nextEvent;

    /**
     * @param nextEvent events before it are not known any more
     */
    OutputLog(RingBuffer ring, boolean complete, long nextEvent) {
        this.ring = ring;
        this.complete = complete;
        this.firstEvent = nextEvent;
        this.nextEvent = nextEvent;
    }

    long end() {
        return ring.end();
    }

    /** Offset of the oldest byte kept. */
    long start() {
        return ring.start();
    }

    /** Nothing was ever evicted. */
    boolean isComplete() {
        return complete;
    }

    long markEnd() {
        return firstMark + marks.size();
    }

    void append(ByteString bytes) {
        int before = ring.totalBytes();
        ring.append(bytes);
        if (ring.totalBytes() != before + bytes.length()) complete = false;
    }

    /** Number of the next event. */
    long nextEvent() {
        return nextEvent;
    }

    /** Number of the oldest event that is still known; {@link #nextEvent} if none is. */
    long firstEvent() {
        return firstEvent;
    }

    /** The events with this number and those after it, in order, as far as they are known. */
    List<Mark> eventsFrom(long event) {
        return marks.stream().filter(mark -> eventNumber(mark) >= Math.max(0, event)).toList();
    }

    void resized(TerminalSize size) {
        resized(nextEvent, size);
    }

    /** As an event with this number, which is the next or a later one. */
    void resized(long event, TerminalSize size) {
        nextEvent = event + 1;
        add(new Mark.Resized(end(), event, size));
    }

    /** The next event has this number, or a greater one that is due. */
    void skipEventsTo(long event) {
        nextEvent = Math.max(nextEvent, event);
    }

    void respawned(long generation) {
        add(new Mark.Respawned(end(), nextEvent++, generation));
    }

    void exited(long generation, ExitStatus status) {
        add(new Mark.Exited(end(), generation, status));
    }

    private void add(Mark mark) {
        marks.add(mark);
        if (marks.size() <= MAX_MARKS) return;
        long number = eventNumber(marks.removeFirst());
        if (number >= 0) firstEvent = number + 1;
        firstMark++;
    }

    /** Leaves a gap up to this offset; nobody resumes across it. */
    void skipTo(long offset) {
        ring.skipTo(offset);
    }

    /** At most {@code max} bytes from there on; empty where that byte is not kept. */
    ByteString read(long offset, int max) {
        return ring.read(offset, max);
    }

    List<RingBuffer.Entry> entriesFrom(long offset) {
        return ring.entriesFrom(offset);
    }

    /**
     * What a reader at this offset, having seen the marks before {@code mark}, reads next; at most
     * {@code max} bytes.
     */
    Next next(long offset, long mark, int max) {
        if (mark < firstMark) return GONE;
        @Nullable Mark ahead = mark < markEnd() ? marks.get((int) (mark - firstMark)) : null;
        if (ahead != null && ahead.offset() <= offset) return new Next.At(ahead);
        if (offset == ring.end()) return END;
        long limit = ahead == null ? ring.end() : ahead.offset();
        ByteString bytes = ring.read(offset, (int) Math.min(max, limit - offset));
        return bytes.isEmpty() ? GONE : new Next.Bytes(bytes);
    }

    /**
     * Number of the mark with which a viewer goes on that has seen the bytes before {@code offset}
     * and the events before {@code event}; -1 where it cannot go on and needs a snapshot.
     *
     * @param event null: every event before the offset counts as seen
     */
    long resumeMark(long offset, @Nullable Long event) {
        if (offset > ring.end() || !ring.reaches(offset)) return -1;
        if (event != null && (event < firstEvent || event > nextEvent)) return -1;
        int next = 0;
        for (int i = 0; i < marks.size(); i++) {
            Mark mark = marks.get(i);
            long number = eventNumber(mark);
            boolean numbered = number >= 0;
            boolean seen = event != null && numbered && number < event;
            if (mark.offset() < offset) {
                // Bytes beyond an event that was not seen: the viewer's screen is not one of ours.
                if (event != null && numbered && !seen) return -1;
                next = i + 1;
            } else if (seen) {
                if (mark.offset() > offset) return -1;
                next = i + 1;
            }
        }
        return firstMark + next;
    }

    /** The newest beginning of a generation among the marks from this one on. */
    Optional<Mark> respawnedSince(long mark) {
        for (int i = marks.size() - 1; i >= Math.max(0, mark - firstMark); i--) {
            if (marks.get(i) instanceof Mark.Respawned respawned) return Optional.of(respawned);
        }
        return Optional.empty();
    }

    /** The end of the current generation, if it has ended. */
    Optional<Mark> exit() {
        for (Mark mark : marks.reversed()) {
            if (mark instanceof Mark.Respawned) break;
            if (mark instanceof Mark.Exited) return Optional.of(mark);
        }
        return Optional.empty();
    }

    /** The number of an event; -1 for an exit, which is none. */
    private static long eventNumber(Mark mark) {
        return switch (mark) {
            case Mark.Resized(_, long number, _) -> number;
            case Mark.Respawned(_, long number, _) -> number;
            case Mark.Exited _ -> -1;
        };
    }
}
