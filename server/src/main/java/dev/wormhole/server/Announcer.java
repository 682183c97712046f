package dev.wormhole.server;

import dev.wormhole.protocol.SessionEntry;
import dev.wormhole.protocol.SessionId;
import dev.wormhole.server.connection.Connections;
import dev.wormhole.server.session.SessionEvents;
import dev.wormhole.server.session.SessionRecord;
import dev.wormhole.server.task.Tasks;

import org.jspecify.annotations.Nullable;

/**
 * Brings what sessions say to the list of tasks first, and then to everybody.
 *
 * <p>Called on session threads; nothing blocks.
 */
final class Announcer implements SessionEvents {

    private final Connections connections;

    /** Set before there are sessions. */
    private volatile @Nullable Tasks tasks;

    Announcer(Connections connections) {
        this.connections = connections;
    }

    void tasks(Tasks list) {
        tasks = list;
    }

    @Override
    public void task(SessionRecord task, boolean isEnding) {
        Tasks list = tasks;
        if (list != null) connections.taskChanged(list.changed(task, isEnding));
    }

    @Override
    public void changed(SessionEntry entry) {
        connections.changed(entry);
    }

    @Override
    public void renamed(SessionId id, String name, @Nullable Object origin) {
        connections.renamed(id, name, origin);
    }

    @Override
    public void destroyed(SessionId id, @Nullable Object origin) {
        Tasks list = tasks;
        if (list != null) list.destroyed(id);
        connections.destroyed(id, origin);
    }
}
