package dev.wormhole.server.connection;

import dev.wormhole.protocol.ByteString;
import dev.wormhole.protocol.CloseCode;
import dev.wormhole.protocol.Frame;
import dev.wormhole.protocol.FrameCodec;
import dev.wormhole.protocol.Limits;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;

/**
 * What one socket gets next, and when: messages of the connection first, then what {@link Lanes}
 * says, as far as the {@link DeliveryWindow} is open. Viewers ask for room before they bring
 * output; those that found none are called when there is.
 *
 * <p>Safe from any thread, guarded by its lock. Whoever brings something hands on to the socket
 * what may go at once, so that an echo waits for no other thread; {@link #run} is the {@code
 * conn-<n>-out} thread, which hands on what had to wait, and the only one that calls viewers.
 * Bounded: output by the window and a snapshot a channel, messages by {@link #MAX_CONTROL}, beyond
 * which the connection is closed as too slow.
 */
final class Outbox implements Runnable {

    /**
     * What the library may hold: its own queue has no bound, and what waits there can no longer be
     * overtaken.
     */
    static final int MAX_HANDED = 64 << 10;

    static final int MAX_CONTROL = 1 << 20;

    /** Nothing acknowledged for so long while bytes were in flight: the peer is gone or asleep. */
    static final Duration STALL = Duration.ofSeconds(30);

    /** Messages that nobody waits for with a finger on a key have a lane like a channel. */
    private static final int LEISURE = Limits.CONTROL_CHANNEL;

    /** The socket behind an outbox. */
    interface Socket {

        /** Queues one binary message; never waits. */
        void send(byte[] message);

        void close(int code, String reason);

        /** Has the library look whether something waits that the socket would take. */
        void nudge();
    }

    /** Calls back once after a short while, on a thread that serves all connections. */
    interface Timer {

        void soon(Runnable callback);
    }

    /** What the thread does next. */
    private sealed interface Step {

        record Send(Frame frame) implements Step {}

        record Call(List<ChannelViewer> viewers) implements Step {}

        record End() implements Step {}
    }

    private final Socket socket;
    private final Timer timer;
    private final LongSupplier ticker;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();

    // Guarded by the lock.
    private final Deque<ByteString> control = new ArrayDeque<>();
    private final Lanes lanes = new Lanes();
    private final DeliveryWindow window;
    private final UnderWay underWay;
    private int controlBytes;
    private long takenAt;
    private boolean closed;

    /** A thread is between taking a frame and handing it on: no other may take the next. */
    private boolean sending;

    /** The thread of this outbox waits, without looking at the time. */
    private boolean rests;

    /** A look at the library is coming. */
    private boolean watched;

    private long takenBytes;
    private long takenAtLook;

    Outbox(Socket socket, Timer timer, LongSupplier ticker) {
        this.socket = socket;
        this.timer = timer;
        this.ticker = ticker;
        window = new DeliveryWindow(ticker);
        // Until the client acknowledges, what the socket took counts as arrived: the library's
        // share is all that can be seen to be in flight.
        window.limit(MAX_HANDED);
        underWay = new UnderWay(window, Limits.MAX_CHANNEL + 1);
    }

    /** The client has the feature ack. */
    void clientAcknowledges() {
        withLock(
                () -> {
                    underWay.acknowledges();
                    window.limit(DeliveryWindow.MAX);
                });
    }

    /** Queues a message of the connection. */
    void control(ByteString json) {
        bring(
                () -> {
                    controlBytes += json.length();
                    control.addLast(json);
                });
        closeIfTooMuch();
    }

    /** Queues a message that takes its turn behind whatever else is sent. */
    void leisurely(ByteString json) {
        channelControl(LEISURE, json);
    }

    /** Queues a message about a channel behind the channel's bytes. */
    void channelControl(int channel, ByteString json) {
        bring(() -> lanes.control(channel, json));
        closeIfTooMuch();
    }

    /** Queues output, for which there was {@link #room}. */
    void data(int channel, ByteString bytes, long offset) {
        bring(() -> lanes.data(channel, new Lanes.Item.Data(bytes, offset, false)));
    }

    /** Queues a snapshot taken at this offset, for which there was {@link #room} for a part. */
    void snapshot(int channel, ByteString bytes, long offset) {
        bring(() -> lanes.data(channel, new Lanes.Item.Data(bytes, offset, true)));
    }

    /** The channel just got input: its output goes before that of others for a moment. */
    void prefer(int channel) {
        withLock(() -> lanes.prefer(channel, ticker.getAsLong()));
    }

    /**
     * Bytes that the viewer may bring now; 0: its session will be called ({@code ready}) when there
     * is room.
     */
    int room(ChannelViewer viewer) {
        lock.lock();
        try {
            return lanes.ask(viewer.channel(), viewer, window.room(), ticker.getAsLong());
        } finally {
            lock.unlock();
        }
    }

    /** A viewer that was called has nothing to bring: the next one is. */
    void pass(ChannelViewer viewer) {
        withLock(() -> lanes.pass(viewer.channel()));
    }

    /** Bytes that wait here, or in the library for the socket. */
    long waitingBytes() {
        lock.lock();
        try {
            return (long) controlBytes
                    + lanes.controlBytes()
                    + lanes.dataBytes()
                    + underWay.handedBytes();
        } finally {
            lock.unlock();
        }
    }

    /** Bytes a second that a channel may count on, or {@link DeliveryWindow#UNKNOWN_RATE}. */
    long rate() {
        lock.lock();
        try {
            long rate = window.rate();
            return rate == DeliveryWindow.UNKNOWN_RATE ? rate : rate / Math.max(1, lanes.busy());
        } finally {
            lock.unlock();
        }
    }

    /** Whether everything about the channel has arrived. */
    boolean isQuiet(int channel) {
        lock.lock();
        try {
            return lanes.isEmpty(channel) && underWay.isQuiet(channel);
        } finally {
            lock.unlock();
        }
    }

    /** The client lets the channel go: forgets its bytes that were not handed on. */
    void letGo(int channel) {
        withLock(
                () -> {
                    lanes.drop(channel);
                    underWay.letGo(channel);
                });
    }

    /** The client has what was sent on a channel up to this offset, see {@code output_ack}. */
    void acknowledged(int channel, long offset, @Nullable Long received) {
        withLock(() -> underWay.acknowledged(channel, offset, received));
    }

    /** The socket took bytes; called by the library's selector. */
    void taken(int bytes) {
        withLock(
                () -> {
                    underWay.taken(bytes);
                    takenBytes += bytes;
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
            while (true) {
                switch (next()) {
                    case Step.Send(Frame frame) -> hand(frame);
                    case Step.Call(List<ChannelViewer> viewers) ->
                            viewers.forEach(ChannelViewer::ready);
                    case Step.End() -> {
                        return;
                    }
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private Step next() throws InterruptedException {
        lock.lock();
        try {
            while (!closed) {
                // First: they fill the lanes while this thread sends.
                List<ChannelViewer> viewers = lanes.call(window.room(), ticker.getAsLong());
                if (!viewers.isEmpty()) return new Step.Call(viewers);
                Frame frame = take();
                if (frame != null) return new Step.Send(frame);
                Long stallsAt = stallsAt();
                if (stallsAt == null) {
                    rests = true;
                    changed.await();
                    rests = false;
                } else {
                    long left = stallsAt - ticker.getAsLong();
                    if (left <= 0) break;
                    changed.await(left, TimeUnit.NANOSECONDS);
                }
            }
            if (closed) return new Step.End();
        } finally {
            lock.unlock();
        }
        close(CloseCode.TOO_SLOW, "nothing was acknowledged for " + STALL.toSeconds() + " s");
        return new Step.End();
    }

    /** Hands on whatever may go now, on the calling thread. */
    private void flush() {
        while (true) {
            Frame frame;
            lock.lock();
            try {
                frame = take();
                // Somebody has to watch whether it arrives.
                if (frame == null && rests && stallsAt() != null) changed.signal();
            } finally {
                lock.unlock();
            }
            if (frame == null) return;
            hand(frame);
        }
    }

    /** A frame that may go now; who takes it has to {@link #hand} it on. */
    private @Nullable Frame take() {
        if (closed || sending || underWay.handedBytes() >= MAX_HANDED) return null;
        Frame frame = poll();
        sending = frame != null;
        return frame;
    }

    private void hand(Frame frame) {
        boolean handed = false;
        try {
            socket.send(FrameCodec.encode(frame));
            handed = true;
            watch();
        } finally {
            lock.lock();
            try {
                sending = false;
                // Frames that came meanwhile were left to this thread.
                if (!handed) changed.signal();
            } finally {
                lock.unlock();
            }
        }
    }

    /**
     * The library's selector, when it has written all, stops looking for room in the socket even if
     * a message came at that very moment ({@code WebSocketServer.doWrite}); that message would wait
     * for the next one, at worst for a ping.
     */
    private void watch() {
        lock.lock();
        try {
            if (watched || closed || underWay.handedBytes() == 0) return;
            watched = true;
            takenAtLook = takenBytes;
        } finally {
            lock.unlock();
        }
        timer.soon(this::look);
    }

    private void look() {
        boolean stuck;
        lock.lock();
        try {
            watched = false;
            stuck = !closed && underWay.handedBytes() > 0 && takenBytes == takenAtLook;
        } finally {
            lock.unlock();
        }
        if (stuck) socket.nudge();
        watch();
    }

    private @Nullable Frame poll() {
        if (underWay.handedBytes() == 0) takenAt = ticker.getAsLong();
        ByteString message = control.pollFirst();
        if (message != null) {
            controlBytes -= message.length();
            return control(new Frame.Control(message));
        }
        Lanes.Next next = lanes.poll(window.room(), ticker.getAsLong());
        if (next == null) return null;
        return switch (next.item()) {
            case Lanes.Item.Control(ByteString json) -> control(new Frame.Control(json));
            case Lanes.Item.Data data -> {
                int length = data.bytes().length();
                underWay.data(
                        next.channel(), length, wireLength(1 + length), data.end(), lanes.ready());
                yield new Frame.Data(next.channel(), data.bytes());
            }
        };
    }

    private Frame control(Frame.Control frame) {
        underWay.control(wireLength(1 + frame.json().length()));
        return frame;
    }

    /** When the connection counts as stalled; null while nothing is on its way. */
    private @Nullable Long stallsAt() {
        long since = Long.MAX_VALUE;
        if (window.inFlight() > 0) since = window.progressAt();
        if (underWay.handedBytes() > 0) since = Math.min(since, takenAt);
        return since == Long.MAX_VALUE ? null : (Long) (since + STALL.toNanos());
    }

    /** A server's frame (RFC 6455 section 5.2): no mask, two to ten bytes in front. */
    private static int wireLength(int payload) {
        return payload + (payload < 126 ? 2 : payload < 65536 ? 4 : 10);
    }

    private void closeIfTooMuch() {
        boolean tooMuch;
        lock.lock();
        try {
            tooMuch = !closed && controlBytes + lanes.controlBytes() > MAX_CONTROL;
        } finally {
            lock.unlock();
        }
        if (tooMuch) close(CloseCode.TOO_SLOW, "more than 1 MiB of messages waited");
    }

    private void bring(Runnable frames) {
        lock.lock();
        try {
            frames.run();
        } finally {
            lock.unlock();
        }
        flush();
    }

    private void withLock(Runnable change) {
        lock.lock();
        try {
            change.run();
            if (closed || !control.isEmpty() || lanes.isWaitedFor()) changed.signal();
        } finally {
            lock.unlock();
        }
    }
}
