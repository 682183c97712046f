package dev.wormhole.server.keeper.process;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * What everything in the loop shares: waiting, timers, buffers, memory, and the connections.
 *
 * <p>Owned by the loop's thread.
 */
final class Loop implements AutoCloseable {

    private final Poller poller = new Poller();
    private final Timers timers = new Timers(System::nanoTime);
    private final SocketIo io = new SocketIo();
    private final KeeperOptions options;
    private final Chunks memory;
    private final Set<Connection> connections = new HashSet<>();
    private final List<Connection> dead = new ArrayList<>();

    Loop(KeeperOptions options) {
        this.options = options;
        memory = new Chunks(options.limits().memory());
    }

    Poller poller() {
        return poller;
    }

    Timers timers() {
        return timers;
    }

    SocketIo io() {
        return io;
    }

    Chunks memory() {
        return memory;
    }

    KeeperOptions options() {
        return options;
    }

    int connections() {
        return connections.size();
    }

    /** A new connection on this socket. */
    Connection connect(int socket) {
        var connection = new Connection(this, socket);
        connections.add(connection);
        return connection;
    }

    /** This connection is to be closed when nobody uses it any more: at the end of the turn. */
    void bury(Connection connection) {
        dead.add(connection);
    }

    /** Waits for something to do and does it. */
    void turn() throws IOException {
        poller.poll(dead.isEmpty() ? timers.untilNext() : 0);
        timers.run();
        buryDead();
    }

    private void buryDead() {
        // Closing one may end others.
        while (!dead.isEmpty()) {
            Connection connection = dead.removeLast();
            if (connections.remove(connection)) connection.close();
        }
    }

    /** After everything that watches has stopped. */
    @Override
    public void close() {
        for (Connection connection : List.copyOf(connections)) bury(connection);
        buryDead();
        memory.close();
        io.close();
        poller.close();
    }
}
