package dev.wormhole.app.dialog;

import dev.wormhole.protocol.SessionEntry;
import dev.wormhole.protocol.SessionId;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Predicate;

/**
 * In which order the list shows sessions: those that no pane shows first, the newest activity
 * first. Settled when a session is first seen, since a list whose rows move while somebody reads
 * it, ten times a second, cannot be used.
 *
 * <p>Owned by the FX thread.
 */
final class SessionOrder {

    private final List<SessionId> order = new ArrayList<>();

    List<SessionEntry> arrange(List<SessionEntry> entries, Predicate<SessionId> isShown) {
        order.removeIf(id -> entries.stream().noneMatch(entry -> entry.id().equals(id)));
        entries.stream()
                .filter(entry -> !order.contains(entry.id()))
                .sorted(
                        Comparator.comparing((SessionEntry entry) -> isShown.test(entry.id()))
                                .thenComparing(
                                        Comparator.comparingLong(SessionEntry::lastActiveAt)
                                                .reversed()))
                .forEach(entry -> order.add(entry.id()));
        return entries.stream()
                .sorted(Comparator.comparingInt(entry -> order.indexOf(entry.id())))
                .toList();
    }
}
