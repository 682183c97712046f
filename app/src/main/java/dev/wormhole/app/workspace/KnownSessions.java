package dev.wormhole.app.workspace;

import dev.wormhole.protocol.SessionEntry;
import dev.wormhole.protocol.SessionId;

import javafx.collections.FXCollections;
import javafx.collections.ObservableList;

import java.util.List;
import java.util.Optional;

/**
 * The sessions of the server, in the server's order, new ones last.
 *
 * <p>Owned by the FX thread.
 */
final class KnownSessions {

    private final ObservableList<SessionEntry> entries = FXCollections.observableArrayList();
    private final ObservableList<SessionEntry> view =
            FXCollections.unmodifiableObservableList(entries);

    ObservableList<SessionEntry> view() {
        return view;
    }

    void replace(List<SessionEntry> listed) {
        entries.setAll(listed);
    }

    void put(SessionEntry entry) {
        int index = indexOf(entry.id());
        if (index < 0) entries.add(entry);
        else if (!entries.get(index).equals(entry)) entries.set(index, entry);
    }

    Optional<SessionEntry> renamed(SessionId id, String name) {
        Optional<SessionEntry> changed = find(id).map(entry -> withName(entry, name));
        changed.ifPresent(this::put);
        return changed;
    }

    void remove(SessionId id) {
        entries.removeIf(entry -> entry.id().equals(id));
    }

    Optional<SessionEntry> find(SessionId id) {
        int index = indexOf(id);
        return index < 0 ? Optional.empty() : Optional.of(entries.get(index));
    }

    private int indexOf(SessionId id) {
        for (int i = 0; i < entries.size(); i++) if (entries.get(i).id().equals(id)) return i;
        return -1;
    }

    private static SessionEntry withName(SessionEntry entry, String name) {
        return new SessionEntry(
                entry.id(),
                name,
                entry.cwd(),
                entry.title(),
                entry.createdAt(),
                entry.lastActiveAt(),
                entry.clientCount(),
                entry.isExited(),
                entry.exitCode(),
                entry.size(),
                entry.pid(),
                entry.command(),
                entry.kind(),
                entry.isStored());
    }
}
