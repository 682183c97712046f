package dev.wormhole.server.keeper.process;

import dev.wormhole.server.keeper.wire.FromKeeper;
import dev.wormhole.server.keeper.wire.ToKeeper;
import dev.wormhole.server.keeper.wire.WireException;
import dev.wormhole.server.pty.HeldProcess;
import dev.wormhole.server.pty.ProcessKey;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Set;

/**
 * The server's control connection.
 *
 * <p>Owned by the loop.
 */
final class ControlPeer implements Peer {

    /** Processes in one part of a list: with the longest notes, a quarter of a frame. */
    private static final int PART = 32;

    /** Lists asked for before the first was sent. */
    private static final int MOST_LISTS = 64;

    /** A list that was asked for: it waits for those that were just being started. */
    private static final class Listing {
        private final int ref;
        private final Set<ProcessKey> awaited;
        private Iterator<KeptProcess> rest = List.<KeptProcess>of().iterator();
        private boolean begun;

        private Listing(int ref, Set<ProcessKey> awaited) {
            this.ref = ref;
            this.awaited = awaited;
        }
    }

    private final Connection connection;
    private final Processes all;
    private final Deque<Listing> lists = new ArrayDeque<>(1);

    ControlPeer(Connection connection, Processes all) {
        this.connection = connection;
        this.all = all;
    }

    void open() {
        connection.become(this);
        connection.allowLongMessages();
        all.serverCame(this);
    }

    void replaced() {
        connection.fail("another server came");
    }

    @Override
    public void gone() {
        all.serverWent(this);
    }

    @Override
    public void heard(ToKeeper message) throws WireException {
        switch (message) {
            case ToKeeper.Spawn spawn -> all.spawn(spawn);
            case ToKeeper.ListProcesses list -> {
                if (lists.size() >= MOST_LISTS) throw new WireException("too many lists");
                lists.add(new Listing(list.ref(), new HashSet<>(all.starting())));
            }
            case ToKeeper.End end -> all.end(end.ref(), end.key());
            case ToKeeper.Server server -> all.words(server);
            case ToKeeper.Stopping() -> all.serverStops();
            case ToKeeper.Shutdown() -> {
                all.serverStops();
                all.close();
            }
            case ToKeeper.Ping ping -> connection.send(pong(ping.ref()));
            case ToKeeper.Hello _,
                    ToKeeper.Open _,
                    ToKeeper.Input _,
                    ToKeeper.Resize _,
                    ToKeeper.Confirm _,
                    ToKeeper.Signal _,
                    ToKeeper.HangUp _,
                    ToKeeper.Forget _ ->
                    throw new WireException("not on the control connection");
        }
    }

    private FromKeeper.Pong pong(int ref) {
        long held = 0;
        long spilled = 0;
        for (KeptProcess process : all.all()) {
            held += process.bytesInMemory();
            spilled += process.output().bytesOnDisk();
        }
        return new FromKeeper.Pong(ref, Resident.bytes(), held, spilled, all.all().size());
    }

    void spawned(int ref, KeptProcess process) {
        connection.send(new FromKeeper.Spawned(ref, process.key(), process.pid()));
    }

    void notSpawned(int ref, String message) {
        connection.send(new FromKeeper.SpawnFailed(ref, message));
    }

    void ended(int ref, ProcessKey key) {
        connection.send(new FromKeeper.Ended(ref, key));
    }

    void flushDue(ProcessKey key) {
        connection.send(new FromKeeper.FlushDue(key));
    }

    /** A list may be able to go on. */
    void flush() {
        connection.flush();
    }

    @Override
    public boolean more() {
        Listing list = lists.peek();
        if (list == null) return false;
        if (!list.begun) {
            list.awaited.retainAll(all.starting());
            if (!list.awaited.isEmpty()) return false;
            list.rest = List.copyOf(all.all()).iterator();
            list.begun = true;
        }
        List<HeldProcess> part = new ArrayList<>();
        while (part.size() < PART && list.rest.hasNext()) {
            KeptProcess process = list.rest.next();
            // One of an earlier part of the loop may have been forgotten since.
            if (all.find(process.key()).isPresent()) part.add(process.held());
        }
        boolean more = list.rest.hasNext();
        if (!more) lists.remove();
        connection.send(new FromKeeper.Processes(list.ref, more, part));
        return true;
    }
}
