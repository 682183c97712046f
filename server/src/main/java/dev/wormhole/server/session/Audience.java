package dev.wormhole.server.session;

import dev.wormhole.protocol.ClientMessage;
import dev.wormhole.protocol.Happening;
import dev.wormhole.terminal.screen.TerminalFacts;

import org.jspecify.annotations.Nullable;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/**
 * Who watches a session: their cursors, who typed last, and what they are told. Knows neither the
 * process nor the session's size.
 *
 * <p>Owned by the session thread. Times are nanoseconds of a monotonic clock.
 */
final class Audience {

    /** How far behind a viewer may be and still be live. */
    private static final int LIVE_DISTANCE = 64 << 10;

    private final OutputLog output;
    private final Snapshots snapshots;
    private final SessionFacts facts;
    private final LongSupplier hash;
    private final Consumer<TerminalFacts> knowing;

    // Owned by the session thread.
    private final Map<Viewer, ViewerCursor> viewers = new LinkedHashMap<>();
    private final Map<Viewer, ClientMessage.ViewerState> told = new LinkedHashMap<>();
    private final Map<String, Rate> rates = new LinkedHashMap<>();
    private @Nullable Viewer typist;
    private @Nullable Long dueAt;

    /** Where the output stood at the last pump, and since when; nowhere before the first. */
    private long end = -1;

    private long event;
    private long restsSince;

    /**
     * @param hash of the session's screen as it is
     * @param knowing hears what the viewer knows from which queries are to be answered
     */
    Audience(
            OutputLog output,
            Snapshots snapshots,
            SessionFacts facts,
            LongSupplier hash,
            Consumer<TerminalFacts> knowing) {
        this.output = output;
        this.snapshots = snapshots;
        this.facts = facts;
        this.hash = hash;
        this.knowing = knowing;
    }

    int size() {
        return viewers.size();
    }

    boolean isEmpty() {
        return viewers.isEmpty();
    }

    Optional<ViewerCursor> find(Viewer viewer) {
        return Optional.ofNullable(viewers.get(viewer));
    }

    void forEach(Consumer<ViewerCursor> action) {
        viewers.values().forEach(action);
    }

    /** A viewer comes, or comes anew. Its cursor stands at the end. */
    ViewerCursor enter(Viewer viewer, AttachRequest request) {
        var cursor = new ViewerCursor(viewer, request, output, snapshots, facts);
        ViewerCursor before = viewers.put(viewer, cursor);
        // What it had not heard of yet is not to be lost on it.
        if (before != null) cursor.moveTo(output.end(), before.mark());
        return cursor;
    }

    /** False if it was not there. */
    boolean leave(Viewer viewer) {
        told.remove(viewer);
        if (viewer.equals(typist)) typist = null;
        return viewers.remove(viewer) != null;
    }

    void clear() {
        viewers.clear();
        told.clear();
        typist = null;
    }

    /** A viewer typed: from now on it answers for the person, and its picture is in a hurry. */
    void typed(ViewerCursor cursor, long now) {
        cursor.typed(now);
        if (cursor.viewer().equals(typist)) return;
        typist = cursor.viewer();
        ClientMessage.ViewerState state = told.get(typist);
        if (state != null) knowing.accept(KnownFacts.of(state));
    }

    /** A viewer tells what only it can know. */
    void tells(Viewer viewer, ClientMessage.ViewerState news) {
        ViewerCursor cursor = viewers.get(viewer);
        if (cursor == null || cursor.isReadOnly()) return;
        ClientMessage.ViewerState before = told.get(viewer);
        ClientMessage.ViewerState state = before == null ? news : before.with(news);
        told.put(viewer, state);
        if (typist == null || typist.equals(viewer)) knowing.accept(KnownFacts.of(state));
    }

    /** Something happened for those who are live. */
    void happened(Happening what, long now) {
        if (!rates.computeIfAbsent(what.kind(), _ -> new Rate()).allows(now)) return;
        var update = new ViewerUpdate.Happened(output.end(), what);
        if (what instanceof Happening.Clipboard) {
            if (typist != null) typist.deliver(update);
            return;
        }
        for (ViewerCursor cursor : viewers.values()) {
            if (cursor.backlog() < LIVE_DISTANCE) cursor.viewer().deliver(update);
        }
    }

    /** Hands new output to everybody who has room. */
    void pump(long now) {
        if (end != output.end() || event != output.nextEvent()) {
            end = output.end();
            event = output.nextEvent();
            restsSince = now;
        }
        long delay = snapshots.forget(now);
        for (ViewerCursor cursor : viewers.values()) {
            delay = Math.min(delay, cursor.advance(now, restsSince, hash));
        }
        dueAt = delay == ViewerCursor.NEVER ? null : (Long) (now + delay);
    }

    /** When {@link #pump} has something to do although nothing happens. */
    Optional<Long> nextDue() {
        return Optional.ofNullable(dueAt);
    }

    /** At most ten at once, and ten a second: a program that rings without end is one that rang. */
    private static final class Rate {

        private static final int BURST = 10;
        private static final long EACH = 100_000_000;

        private long full;
        private boolean used;

        /** When it has recovered from everything so far lies at most a burst ahead. */
        boolean allows(long now) {
            if (!used || full - now < 0) full = now;
            used = true;
            if (full - now > (BURST - 1) * EACH) return false;
            full += EACH;
            return true;
        }
    }
}
