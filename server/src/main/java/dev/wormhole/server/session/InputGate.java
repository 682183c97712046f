package dev.wormhole.server.session;

import dev.wormhole.protocol.ByteString;
import dev.wormhole.terminal.PasteTracker;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Lets one writer at a time finish its bracketed paste: what others type meanwhile waits, else it
 * would be pasted too. Knows neither processes nor what becomes of the bytes.
 *
 * <p>Owned by the session thread. Pure: time comes in, nanoseconds of a monotonic clock.
 *
 * <p>Bounds: {@link #MAX_WAITING} a writer; more is refused. A paste that stands still for {@link
 * #PATIENCE} holds nobody up, until it goes on; those of the {@link #WRITERS} that typed last are
 * known.
 *
 * @param <W> who types; told apart by {@code equals}
 * @param <T> what is typed
 */
final class InputGate<W, T> {

    /** Bytes of one writer that wait for another's paste. */
    static final int MAX_WAITING = 256 << 10;

    static final int WRITERS = 64;

    static final Duration PATIENCE = Duration.ofSeconds(2);

    /**
     * For the rest of what may become the beginning of a paste; as long as nobody notices, for a
     * single Escape looks the same.
     */
    static final Duration MARK_PATIENCE = Duration.ofMillis(50);

    /**
     * Something typed.
     *
     * @param writer null: somebody who types this and nothing else; waits for pastes, and has none
     */
    record Typed<W, T>(@Nullable W writer, ByteString bytes, T what) {}

    private final Consumer<Typed<W, T>> out;

    // Owned by the session thread.
    /** The writer that typed longest ago first. */
    private final Map<W, PasteTracker> pastes =
            new LinkedHashMap<>(16, 0.75f, true) {
                @Override
                protected boolean removeEldestEntry(Map.Entry<W, PasteTracker> eldest) {
                    return size() > WRITERS;
                }
            };

    private final Deque<Typed<W, T>> waiting = new ArrayDeque<>();

    /** The writer whose paste the others wait for; null: nobody waits. */
    private @Nullable W holder;

    private long heldUntil;

    /**
     * @param out takes what may pass, in order
     */
    InputGate(Consumer<Typed<W, T>> out) {
        this.out = out;
    }

    /** Passes the bytes on, now or later; false if too much of this writer waits already. */
    boolean offer(Typed<W, T> typed, long now) {
        release(now);
        if (isHeldAgainst(typed.writer())) {
            if (waitingOf(typed.writer()) + typed.bytes().length() > MAX_WAITING) return false;
            waiting.add(typed);
            return true;
        }
        pass(typed, now);
        // The paste may have ended with these bytes.
        passOn(now);
        return true;
    }

    /** The writer cannot be heard and may come back: its paste goes on then. */
    void away(W writer) {
        PasteTracker paste = pastes.get(writer);
        if (paste != null && !paste.isInside() && !paste.isInMark()) pastes.remove(writer);
    }

    /** The writer types nothing more. */
    void leave(W writer, long now) {
        pastes.remove(writer);
        if (writer.equals(holder)) holder = null;
        passOn(now);
    }

    /** The process ended: nobody gets what waits, which is returned. */
    List<Typed<W, T>> clear() {
        List<Typed<W, T>> left = List.copyOf(waiting);
        waiting.clear();
        pastes.clear();
        holder = null;
        return left;
    }

    /** When {@link #due} has something to do although nobody types. */
    Optional<Long> nextDue() {
        return holder == null || waiting.isEmpty() ? Optional.empty() : Optional.of(heldUntil);
    }

    void due(long now) {
        release(now);
        passOn(now);
    }

    private void release(long now) {
        if (holder == null || heldUntil - now > 0) return;
        holder = null;
        passOn(now);
    }

    /** Everything that waits for nobody, in the order in which it was typed. */
    private void passOn(long now) {
        Iterator<Typed<W, T>> all = waiting.iterator();
        while (all.hasNext()) {
            Typed<W, T> next = all.next();
            if (isHeldAgainst(next.writer())) continue;
            all.remove();
            W before = holder;
            pass(next, now);
            // Those that were passed over go before what was typed after them.
            if (before != null && holder == null) all = waiting.iterator();
        }
    }

    private void pass(Typed<W, T> typed, long now) {
        W writer = typed.writer();
        out.accept(typed);
        if (writer == null) return;
        PasteTracker paste = pastes.computeIfAbsent(writer, _ -> new PasteTracker());
        for (int i = 0; i < typed.bytes().length(); i++) paste.accept(typed.bytes().at(i));
        if (paste.isInside()) hold(writer, now + PATIENCE.toNanos());
        else if (paste.isInMark()) hold(writer, now + MARK_PATIENCE.toNanos());
        else if (writer.equals(holder)) holder = null;
    }

    private void hold(W writer, long until) {
        holder = writer;
        heldUntil = until;
    }

    private boolean isHeldAgainst(@Nullable W writer) {
        return holder != null && !holder.equals(writer);
    }

    private long waitingOf(@Nullable W writer) {
        long bytes = 0;
        for (Typed<W, T> typed : waiting) {
            if (Objects.equals(typed.writer(), writer)) bytes += typed.bytes().length();
        }
        return bytes;
    }
}
