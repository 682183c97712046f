package dev.wormhole.server.connection;

import dev.wormhole.protocol.ByteString;
import dev.wormhole.protocol.CloseCode;
import dev.wormhole.protocol.Frame;
import dev.wormhole.protocol.FrameCodec;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;

/**
 * What one socket gets next: messages of the connection first, then channels that just got input,
 * then the others in turn. What concerns a channel keeps its place among the channel's bytes.
 *
 * <p>Safe from any thread, guarded by its lock; {@link #run} is the {@code conn-<n>-out} thread.
 * Bounded: output by the viewers' credit, connection messages by {@link #MAX_CONTROL}, beyond which
 * the connection is closed as too slow.
 */
final class Outbox implements Runnable {

    /**
     * What the library may hold: its own queue has no bound, and what waits there can no longer be
     * overtaken.
     */
    static final int MAX_HANDED = 64 << 10;

    static final int MAX_CONTROL = 1 << 20;

    /** Nothing taken for so long while bytes were in flight: the peer is gone or asleep. */
    static final Duration STALL = Duration.ofSeconds(30);

    /** The socket behind an outbox. */
    interface Socket {

        /** Queues one binary message. */
        void send(byte[] message);

        void close(int code, String reason);
    }

    private sealed interface Item {

        record Control(ByteString json) implements Item {}

        record Data(ByteString bytes, ChannelViewer viewer) implements Item {}
    }

    private static final class Lane {
        final Deque<Item> items = new ArrayDeque<>();
        boolean urgent;
    }

    private record Outgoing(Frame frame, @Nullable ChannelViewer creditTo, int length) {}

    private final Socket socket;
    private final LongSupplier ticker;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();

    // Guarded by the lock.
    private final Deque<ByteString> control = new ArrayDeque<>();
    private final TreeMap<Integer, Lane> lanes = new TreeMap<>();
    private int controlBytes;
    private int handed;
    private int lastServed = -1;
    private long takenAt;
    private boolean closed;

    Outbox(Socket socket, LongSupplier ticker) {
        this.socket = socket;
        this.ticker = ticker;
    }

    /** Queues a message of the connection. */
    void control(ByteString json) {
        withLock(
                () -> {
                    controlBytes += json.length();
                    control.addLast(json);
                });
        if (controlBacklog() > MAX_CONTROL) {
            close(CloseCode.TOO_SLOW, "more than 1 MiB of messages waited");
        }
    }

    /** Queues a message about a channel behind the channel's bytes. */
    void channelControl(int channel, ByteString json) {
        withLock(() -> lane(channel).items.addLast(new Item.Control(json)));
    }

    /** Queues output; its length is credited to the viewer when it was handed on. */
    void data(int channel, ByteString bytes, ChannelViewer viewer) {
        withLock(() -> lane(channel).items.addLast(new Item.Data(bytes, viewer)));
    }

    /** The channel just got input: its output goes before that of others until it has caught up. */
    void prefer(int channel) {
        withLock(
                () -> {
                    Lane lane = lanes.get(channel);
                    if (lane != null) lane.urgent = true;
                });
    }

    /** Forgets a channel's bytes that were not handed on: the client has detached. */
    void dropData(int channel) {
        withLock(
                () -> {
                    Lane lane = lanes.get(channel);
                    if (lane != null) lane.items.removeIf(Item.Data.class::isInstance);
                });
    }

    /** The socket took bytes; called by the library's selector. */
    void taken(int bytes) {
        withLock(
                () -> {
                    handed = Math.max(0, handed - bytes);
                    takenAt = ticker.getAsLong();
                });
    }

    void close(CloseCode code, String reason) {
        withLock(() -> closed = true);
        socket.close(code.code(), reason);
    }

    /** The connection is gone; the thread ends. */
    void end() {
        withLock(() -> closed = true);
    }

    @Override
    public void run() {
        try {
            for (Outgoing next = take(); next != null; next = take()) {
                socket.send(FrameCodec.encode(next.frame()));
                ChannelViewer viewer = next.creditTo();
                if (viewer != null) viewer.credit(next.length());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private @Nullable Outgoing take() throws InterruptedException {
        lock.lock();
        try {
            while (!closed) {
                if (handed >= MAX_HANDED) {
                    if (!changed.await(remainingStall(), TimeUnit.NANOSECONDS)
                            && remainingStall() <= 0) break;
                } else {
                    Outgoing next = poll();
                    if (next != null) {
                        if (handed == 0) takenAt = ticker.getAsLong();
                        handed += wireLength(1 + next.length());
                        return next;
                    }
                    changed.await();
                }
            }
        } finally {
            lock.unlock();
        }
        if (!isClosed())
            close(CloseCode.TOO_SLOW, "nothing was taken for " + STALL.toSeconds() + " s");
        return null;
    }

    private long remainingStall() {
        return takenAt + STALL.toNanos() - ticker.getAsLong();
    }

    private @Nullable Outgoing poll() {
        ByteString message = control.pollFirst();
        if (message != null) {
            controlBytes -= message.length();
            return new Outgoing(new Frame.Control(message), null, message.length());
        }
        Integer channel = nextChannel();
        if (channel == null) return null;
        Lane lane = lane(channel);
        Item item = lane.items.removeFirst();
        if (lane.items.isEmpty()) lanes.remove(channel);
        return switch (item) {
            case Item.Control(ByteString json) ->
                    new Outgoing(new Frame.Control(json), null, json.length());
            case Item.Data(ByteString bytes, ChannelViewer viewer) ->
                    new Outgoing(new Frame.Data(channel, bytes), viewer, bytes.length());
        };
    }

    /** The next urgent channel after the one served last, else the next one. */
    private @Nullable Integer nextChannel() {
        if (lanes.isEmpty()) return null;
        Integer next = null;
        for (var entry : lanes.tailMap(lastServed, false).entrySet()) {
            if (entry.getValue().urgent) return served(entry.getKey());
            if (next == null) next = entry.getKey();
        }
        for (var entry : lanes.headMap(lastServed, true).entrySet()) {
            if (entry.getValue().urgent) return served(entry.getKey());
            if (next == null) next = entry.getKey();
        }
        return next == null ? null : served(next);
    }

    private Integer served(Integer channel) {
        lastServed = channel;
        return channel;
    }

    private Lane lane(int channel) {
        return lanes.computeIfAbsent(channel, _ -> new Lane());
    }

    /** A server's frame (RFC 6455 section 5.2): no mask, two to ten bytes in front. */
    private static int wireLength(int payload) {
        return payload + (payload < 126 ? 2 : payload < 65536 ? 4 : 10);
    }

    private int controlBacklog() {
        lock.lock();
        try {
            return controlBytes;
        } finally {
            lock.unlock();
        }
    }

    private boolean isClosed() {
        lock.lock();
        try {
            return closed;
        } finally {
            lock.unlock();
        }
    }

    private void withLock(Runnable change) {
        lock.lock();
        try {
            change.run();
            changed.signal();
        } finally {
            lock.unlock();
        }
    }
}
