package dev.wormhole.server.keeper.process;

import dev.wormhole.server.keeper.wire.KeeperFiles;
import dev.wormhole.server.keeper.wire.KeeperLock;
import dev.wormhole.server.pty.Posix;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;

/**
 * A keeper: its lock, its door, its loop. It accepts from its opening on and ends when it is asked
 * to, or when it has had neither a process nor a server for a while.
 *
 * <p>{@link #close} is safe from any thread; {@link #run} is called once, by the thread that
 * becomes the loop's.
 */
public final class Keeper implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(Keeper.class);

    private final KeeperOptions options;
    private final KeeperLock lock;
    private final Inbox inbox;
    private final Loop loop;
    private final Spawner spawner;
    private final ServerStarter starter;
    private final Processes processes;
    private final Reception reception;
    private final Poller.Watch inboxWatch;
    private Timers.@Nullable Timer emptiness;
    private boolean emptyForLong;

    private Keeper(KeeperOptions options, KeeperLock lock) throws IOException {
        this.options = options;
        this.lock = lock;
        inbox = new Inbox();
        loop = new Loop(options);
        spawner = new Spawner(inbox);
        starter = new ServerStarter(options.pauses().restart(), loop.timers(), spawner);
        processes = new Processes(loop, spawner, starter);
        reception = new Reception(loop, processes);
        inboxWatch = loop.poller().watch(inbox.descriptor(), _ -> hear());
        inboxWatch.want(Posix.POLLIN);
    }

    /**
     * Takes the name, opens the door and says where it is.
     *
     * @throws IOException also when the name is taken
     */
    public static Keeper open(KeeperOptions options) throws IOException {
        KeeperFiles.makeDirectory(options.dataDirectory());
        return open(
                options,
                KeeperLock.create(options.files().lock())
                        .orElseThrow(
                                () ->
                                        new IOException(
                                                "there is a keeper " + options.files().name())));
    }

    /** As above, with the name taken; the lock is let go at the end, also of an attempt. */
    static Keeper open(KeeperOptions options, KeeperLock lock) throws IOException {
        try {
            var keeper = new Keeper(options, lock);
            var endpoint = keeper.reception.endpoint();
            options.files().write(endpoint);
            log.info("keeper {} accepts: {}", options.files().name(), endpoint);
            return keeper;
        } catch (IOException e) {
            options.files().removeDoors();
            lock.removeFile();
            lock.close();
            throw e;
        }
    }

    /** Keeps until the end; blocks that long. */
    public void run() throws IOException {
        try {
            while (!isOver()) {
                loop.turn();
                if (loop.memory().somebodyMayTryAgain()) processes.memoryIsThere();
            }
            log.info("keeper {} ends", options.files().name());
        } finally {
            end();
        }
    }

    private boolean isOver() {
        if (processes.isClosing() && processes.isEmpty()) return true;
        boolean empty = processes.isEmpty() && !processes.serverIsThere();
        if (!empty && emptiness != null) {
            emptiness.cancel();
            emptiness = null;
            emptyForLong = false;
        } else if (empty && emptiness == null) {
            emptiness = loop.timers().after(options.pauses().empty(), () -> emptyForLong = true);
        }
        return empty && emptyForLong;
    }

    private void hear() {
        inbox.drain();
        for (LoopEvent event = inbox.take(); event != null; event = inbox.take()) {
            switch (event) {
                case LoopEvent.Started started ->
                        processes.started(started.key(), started.process());
                case LoopEvent.NotStarted not -> processes.notStarted(not.key(), not.message());
                case LoopEvent.ServerStarted started -> starter.started(started.process());
                case LoopEvent.ServerNotStarted not -> starter.notStarted(not.message());
                case LoopEvent.CloseAsked() -> processes.close();
            }
        }
    }

    private void end() throws IOException {
        // First what leads here, last the lock: whoever finds it free may remove the rest.
        options.files().removeDoors();
        reception.close();
        spawner.stop();
        hear();
        processes.abandon();
        inboxWatch.stop();
        inbox.close();
        loop.close();
        lock.removeFile();
        lock.close();
    }

    /** Asks for the end of every process, as SHUTDOWN does, and of {@link #run}. Does not wait. */
    @Override
    public void close() {
        inbox.put(new LoopEvent.CloseAsked());
    }
}
