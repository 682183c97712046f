package dev.wormhole.server.connection;

import dev.wormhole.protocol.ByteString;
import dev.wormhole.protocol.MessageCodec;
import dev.wormhole.protocol.ServerMessage;
import dev.wormhole.protocol.SessionEntry;
import dev.wormhole.protocol.SessionId;
import dev.wormhole.protocol.TaskEntry;
import dev.wormhole.server.session.SessionEvents;

import org.jspecify.annotations.Nullable;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * All open connections: what concerns everybody goes through here.
 *
 * <p>Safe from any thread; nothing blocks.
 */
public final class Connections implements SessionEvents {

    private final Set<Connection> open = ConcurrentHashMap.newKeySet();

    void add(Connection connection) {
        open.add(connection);
    }

    void remove(Connection connection) {
        open.remove(connection);
    }

    /** How many there are. */
    public int count() {
        return open.size();
    }

    /** Bytes that clients have sent and nobody has read yet, of all connections. */
    public long mailboxBytes() {
        return open.stream().mapToLong(Connection::waitingBytes).sum();
    }

    /** Bytes that wait for the sockets of all connections. */
    public long outboxBytes() {
        return open.stream().mapToLong(connection -> connection.outbox().waitingBytes()).sum();
    }

    @Override
    public void changed(SessionEntry entry) {
        tellAll(new ServerMessage.Changed(entry), null);
    }

    @Override
    public void renamed(SessionId id, String name, @Nullable Object origin) {
        tellAll(new ServerMessage.Renamed(id, name), origin);
    }

    @Override
    public void destroyed(SessionId id, @Nullable Object origin) {
        for (Connection connection : open) {
            if (connection != origin)
                connection.post(new ConnectionCommand.SessionDestroyed(id, null));
        }
    }

    /** To those who announced that they want to hear of it. */
    public void storeChanged(ServerMessage.StoreState state) {
        ByteString encoded = MessageCodec.encode(state, null);
        for (Connection connection : open) {
            if (connection.hearsOfStore()) connection.announce(encoded);
        }
    }

    /** To those who announced that they want to hear of tasks. */
    public void taskChanged(TaskEntry task) {
        ByteString encoded = MessageCodec.encode(new ServerMessage.TaskChanged(task), null);
        for (Connection connection : open) {
            if (connection.hearsOfTasks()) connection.announce(encoded);
        }
    }

    private void tellAll(ServerMessage message, @Nullable Object except) {
        ByteString encoded = MessageCodec.encode(message, null);
        for (Connection connection : open) {
            if (connection != except) connection.announce(encoded);
        }
    }
}
