package dev.wormhole.app.workspace;

import dev.wormhole.protocol.SessionId;
import dev.wormhole.protocol.TaskEntry;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The tasks of one server as far as a window has heard of them, and which of them ended while
 * nobody looked. It knows no server and no pane.
 *
 * <p>Not safe for use by several threads; {@link WorkspaceTasks} owns one.
 */
final class TaskList {

    private static final Comparator<TaskEntry> NEWEST_FIRST =
            Comparator.comparingLong(TaskEntry::created).reversed();

    private static final Comparator<TaskEntry> LAST_TO_END_FIRST =
            Comparator.comparingLong(TaskList::endedOrCreated).reversed();

    private final Map<SessionId, TaskEntry> entries = new LinkedHashMap<>();
    private final Set<SessionId> unseen = new HashSet<>();

    /** Before there was a whole list, a task that is over may have ended long ago. */
    private boolean isListed;

    /** Pending and running, the newest first. */
    List<TaskEntry> active() {
        return entries.values().stream()
                .filter(entry -> !entry.status().isOver())
                .sorted(NEWEST_FIRST)
                .toList();
    }

    /** Those that are over, the last to end first. */
    List<TaskEntry> recent() {
        return entries.values().stream()
                .filter(entry -> entry.status().isOver())
                .sorted(LAST_TO_END_FIRST)
                .toList();
    }

    Optional<TaskEntry> find(SessionId id) {
        return Optional.ofNullable(entries.get(id));
    }

    /**
     * All tasks there are.
     *
     * @return those that have ended since they were last heard of; none of the first list
     */
    List<TaskEntry> replace(List<TaskEntry> listed) {
        var news = new ArrayList<TaskEntry>();
        var next = new LinkedHashMap<SessionId, TaskEntry>();
        for (TaskEntry entry : listed) {
            if (isNews(entry)) news.add(entry);
            next.put(entry.id(), entry);
        }
        entries.clear();
        entries.putAll(next);
        unseen.retainAll(next.keySet());
        isListed = true;
        return List.copyOf(news);
    }

    /**
     * One is new or has changed.
     *
     * @return whether it has ended just now
     */
    boolean put(TaskEntry entry) {
        boolean isNews = isNews(entry);
        entries.put(entry.id(), entry);
        return isNews;
    }

    /** Whether there was a task of this id. */
    boolean remove(SessionId id) {
        unseen.remove(id);
        return entries.remove(id) != null;
    }

    /** It ended and nobody looked. */
    void missed(SessionId id) {
        if (entries.containsKey(id)) unseen.add(id);
    }

    /** Whether it was not before. */
    boolean seen(SessionId id) {
        return unseen.remove(id);
    }

    void allSeen() {
        unseen.clear();
    }

    int unseen() {
        return unseen.size();
    }

    private boolean isNews(TaskEntry entry) {
        if (!entry.status().isOver()) return false;
        TaskEntry before = entries.get(entry.id());
        return before == null ? isListed : !before.status().isOver();
    }

    private static long endedOrCreated(TaskEntry entry) {
        Long ended = entry.ended();
        return ended == null ? entry.created() : ended;
    }
}
