package dev.wormhole.app.terminal;

import dev.wormhole.protocol.ByteString;
import dev.wormhole.protocol.TerminalSize;

import javafx.application.Platform;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * The stream on its way from the link to the screen.
 *
 * <p>One thread puts, one takes. Holds about {@link TerminalSurface#QUEUE_LIMIT} bytes and one
 * snapshot. When it is full the putting thread waits for the screen's thread, which makes room for
 * a frame within a few milliseconds: so a flood is slowed down where it comes from, nothing is
 * lost, and what a key stroke causes is not buried. Should it make no room for {@link #PATIENCE},
 * everything waiting is thrown away and the terminal says so.
 */
final class StreamQueue {

    /** The link's other panes wait that long in the worst case, which means a hanging machine. */
    static final Duration PATIENCE = Duration.ofSeconds(2);

    /** What a queued item costs besides its bytes: bounds a flood of single bytes too. */
    private static final int ITEM_COST = 64;

    private static final ByteString SKIPPED =
            ByteString.utf8("\u001b[2m[output skipped]\u001b[0m\r\n");

    private final LinkedBlockingQueue<StreamItem> items = new LinkedBlockingQueue<>();
    private final Room room = new Room();
    private final Duration patience;
    private final Runnable overflowed;

    // Owned by the putting thread.
    private TerminalSize size = new TerminalSize(80, 24);

    StreamQueue(Duration patience, Runnable overflowed) {
        this.patience = patience;
        this.overflowed = overflowed;
    }

    void put(ByteString bytes) {
        if (!bytes.isEmpty()) putInTime(new StreamItem.Output(bytes));
    }

    void put(TerminalSize changed) {
        size = changed;
        putInTime(new StreamItem.Resize(changed));
    }

    /** What waits before a resync is void already, but for the lines of a scrollback that stays. */
    void put(StreamItem.Resync resync) {
        size = resync.size();
        if (!resync.keepHistory()) drop();
        enter(resync);
    }

    void put(StreamItem.Hash hash) {
        enter(hash);
    }

    /** Safe from any thread, and never waits. */
    void put(StreamItem.Call call) {
        enter(call);
    }

    private void enter(StreamItem item) {
        room.owe(cost(item));
        items.add(item);
    }

    /** Safe from any thread. */
    void end() {
        enter(new StreamItem.End());
    }

    boolean isEmpty() {
        return items.isEmpty();
    }

    StreamItem take() throws InterruptedException {
        StreamItem item = items.take();
        room.release(cost(item));
        return item;
    }

    /** Null: nothing waits. */
    @Nullable StreamItem poll() {
        StreamItem item = items.poll();
        if (item != null) room.release(cost(item));
        return item;
    }

    /** Null: nothing came for so long. */
    @Nullable StreamItem poll(long nanos) throws InterruptedException {
        StreamItem item = items.poll(nanos, TimeUnit.NANOSECONDS);
        if (item != null) room.release(cost(item));
        return item;
    }

    private void putInTime(StreamItem item) {
        if (!enter(cost(item))) {
            drop();
            put(new StreamItem.Resync(size, SKIPPED, true));
            overflowed.run();
            room.owe(cost(item));
        }
        items.add(item);
    }

    /** The FX thread never waits: it only hands over what a pane kept, which has its own limit. */
    private boolean enter(int cost) {
        if (Platform.isFxApplicationThread()) {
            room.owe(cost);
            return true;
        }
        try {
            return room.tryAcquire(cost, patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            // The link is being stopped; its thread shall notice.
            Thread.currentThread().interrupt();
            room.owe(cost);
            return true;
        }
    }

    private void drop() {
        // What the window asks is no output: it is kept.
        List<StreamItem> kept = new ArrayList<>();
        @Nullable StreamItem item;
        while ((item = items.poll()) != null) {
            room.release(cost(item));
            if (item instanceof StreamItem.End || item instanceof StreamItem.Call) kept.add(item);
        }
        kept.forEach(this::enter);
    }

    /** A snapshot is not counted: it must get in, and there is never more than one. */
    private static int cost(StreamItem item) {
        int bytes = item instanceof StreamItem.Output(ByteString output) ? output.length() : 0;
        return Math.min(bytes + ITEM_COST, TerminalSurface.QUEUE_LIMIT);
    }

    /** The bytes that may still come. */
    private static final class Room extends Semaphore {

        Room() {
            super(TerminalSurface.QUEUE_LIMIT);
        }

        /** Lets something in that cannot wait. */
        void owe(int bytes) {
            reducePermits(bytes);
        }
    }
}
