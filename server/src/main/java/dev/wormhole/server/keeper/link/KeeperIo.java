package dev.wormhole.server.keeper.link;

import dev.wormhole.server.thread.ServerThreads;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.CancelledKeyException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * The thread {@code keeper-io}: reads every connection to a keeper, writes those whose socket was
 * full, and does what was put off. A platform thread: many floods keep it busy for long.
 *
 * <p>{@link #submit} and {@link #close} are safe from any thread, the rest belongs to {@code
 * keeper-io}.
 */
final class KeeperIo implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(KeeperIo.class);

    /** What the thread gets to end when it is told to. */
    private static final Duration GRACE = Duration.ofSeconds(5);

    private record Later(long at, IoTask task) {}

    private final Selector selector;

    /** Bounded by the links: each has only a few kinds of task, and asks for one of a kind. */
    private final Queue<IoTask> tasks = new ConcurrentLinkedQueue<>();

    // Times of nanoTime may overflow: only their difference means something.
    private final PriorityQueue<Later> later =
            new PriorityQueue<>(Comparator.comparing(Later::at, (a, b) -> Long.signum(a - b)));

    private final ByteBuffer readBuffer = ByteBuffer.allocateDirect(Connection.READ_BUFFER);
    private final Thread thread;
    private boolean stopped;

    KeeperIo(ServerThreads threads) throws IOException {
        selector = Selector.open();
        thread = threads.platform("keeper-io", this::run);
    }

    /** Has it done soon, after what was submitted before. */
    void submit(IoTask task) {
        tasks.add(task);
        if (!isCurrent()) selector.wakeup();
    }

    /** Has it done after that time. */
    void submitAfter(Duration pause, IoTask task) {
        later.add(new Later(System.nanoTime() + pause.toNanos(), task));
    }

    /** Where all connections read into, one at a time. */
    ByteBuffer readBuffer() {
        return readBuffer;
    }

    SelectionKey register(SocketChannel channel, int interest, Connection connection)
            throws IOException {
        return channel.register(selector, interest, connection);
    }

    /** Has the thread look at what the keys ask for now; safe from any thread. */
    void interestChanged() {
        if (!isCurrent()) selector.wakeup();
    }

    /** Closes every connection; when this returns no listener hears anything any more. */
    @Override
    public void close() {
        submit(new IoTask.Stop());
        if (isCurrent()) return;
        try {
            if (!thread.join(GRACE)) log.warn("keeper-io does not end");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private boolean isCurrent() {
        return Thread.currentThread().equals(thread);
    }

    private void run() {
        try (selector) {
            while (!stopped) {
                if (tasks.isEmpty()) selector.select(pause());
                else selector.selectNow();
                for (SelectionKey key : selector.selectedKeys()) ready(key);
                selector.selectedKeys().clear();
                for (IoTask task = tasks.poll(); task != null && !stopped; task = tasks.poll())
                    perform(task);
                while (!stopped && !later.isEmpty() && later.peek().at() - System.nanoTime() <= 0)
                    perform(later.remove().task());
            }
            for (SelectionKey key : selector.keys()) connection(key).close();
        } catch (IOException e) {
            log.error("keepers cannot be heard any more", e);
        }
    }

    /** Milliseconds until something put off is due; 0: nothing is. */
    private long pause() {
        Later next = later.peek();
        if (next == null) return 0;
        long nanos = next.at() - System.nanoTime();
        return Math.max(1, Duration.ofNanos(nanos).toMillis() + 1);
    }

    private void ready(SelectionKey key) {
        Connection connection = connection(key);
        try {
            connection.ready();
        } catch (CancelledKeyException _) {
            // Closed between the selection and now: whoever closed it knows.
        } catch (RuntimeException e) {
            // A defect ends one connection, not all of them.
            log.error("a connection to a keeper failed", e);
            connection.fail("defect: " + e.getMessage());
        }
    }

    private void perform(IoTask task) {
        try {
            switch (task) {
                case IoTask.ConnectControl(ControlLink link) -> link.connect();
                case IoTask.ConnectProcess(ProcessLink link) -> link.connect();
                case IoTask.Resume(ProcessLink link) -> link.resume();
                case IoTask.TellAccepted(var link, var client, long count) ->
                        link.tellAccepted(client, count);
                case IoTask.Leave(ProcessLink link) -> link.leave();
                case IoTask.Retire(ControlLink link) -> link.retire();
                case IoTask.Stop() -> stopped = true;
            }
        } catch (RuntimeException e) {
            log.error("{} failed", task.getClass().getSimpleName(), e);
        }
    }

    private static Connection connection(SelectionKey key) {
        return (Connection) key.attachment();
    }
}
