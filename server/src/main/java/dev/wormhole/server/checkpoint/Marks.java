package dev.wormhole.server.checkpoint;

import dev.wormhole.protocol.SessionId;
import dev.wormhole.server.session.SessionStore.Source;

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

    private final Map<Source, Urgency> marks = new ConcurrentHashMap<>();

    /** Whether this is new. */
    boolean mark(Source source) {
        return !marks.containsKey(source) && marks.putIfAbsent(source, Urgency.SOON) == null;
    }

    /** Whether this is new. */
    boolean markAtOnce(Source source) {
        return marks.put(source, Urgency.AT_ONCE) != Urgency.AT_ONCE;
    }

    boolean isAtOnce(Source source) {
        return marks.get(source) == Urgency.AT_ONCE;
    }

    /** To be called before the source is asked: what comes later marks it again. */
    void clear(Source source) {
        marks.remove(source);
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
