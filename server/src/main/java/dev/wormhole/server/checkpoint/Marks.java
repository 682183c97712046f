package dev.wormhole.server.checkpoint;

import dev.wormhole.protocol.SessionId;
import dev.wormhole.server.session.SessionStore.Source;

import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Which sources have something new, and how soon it is wanted.
 *
 * <p>Safe from any thread. Setting a mark that is set is one look into a table: sessions do it for
 * every chunk of output.
 */
final class Marks {

    enum Urgency {
        /** Within the flush interval. */
        SOON,
        AT_ONCE
    }

    /** Since when there is something new. */
    private record Mark(Urgency urgency, Instant since) {}

    private final Map<Source, Mark> marks = new ConcurrentHashMap<>();
    private final InstantSource clock;

    Marks(InstantSource clock) {
        this.clock = clock;
    }

    /** Whether this is new. */
    boolean mark(Source source) {
        return !marks.containsKey(source)
                && marks.putIfAbsent(source, new Mark(Urgency.SOON, clock.instant())) == null;
    }

    /** Whether this is new. */
    boolean markAtOnce(Source source) {
        Instant now = clock.instant();
        Mark before = marks.get(source);
        if (before != null && before.urgency() == Urgency.AT_ONCE) return false;
        marks.merge(
                source,
                new Mark(Urgency.AT_ONCE, now),
                (was, is) -> new Mark(is.urgency(), was.since()));
        return true;
    }

    boolean isAtOnce(Source source) {
        Mark mark = marks.get(source);
        return mark != null && mark.urgency() == Urgency.AT_ONCE;
    }

    /**
     * To be called before the source is asked: what comes later marks it again. Returns since when
     * it had something new; now, if nobody knows.
     */
    Instant clear(Source source) {
        Mark mark = marks.remove(source);
        return mark == null ? clock.instant() : mark.since();
    }

    /** The session is no more. */
    void forget(SessionId id) {
        marks.keySet().removeIf(source -> source.id().equals(id));
    }

    Set<Source> sources() {
        return Set.copyOf(marks.keySet());
    }

    boolean isEmpty() {
        return marks.isEmpty();
    }
}
