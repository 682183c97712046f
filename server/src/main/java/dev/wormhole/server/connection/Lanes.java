package dev.wormhole.server.connection;

import dev.wormhole.protocol.ByteString;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.TreeMap;
import java.util.function.Predicate;

/**
 * What waits for the socket, a lane for each channel, and whose turn it is: channels that just got
 * input, then the others, each kind in turn. Messages about a channel keep their place among its
 * bytes. Knows neither time nor socket: both are passed in.
 *
 * <p>Not safe for several threads at once: guarded by the outbox.
 */
final class Lanes {

    /** Bytes of output in one message. */
    static final int FRAME = 16 << 10;

    /** For so long after its last input a channel goes before those that had none. */
    static final Duration URGENT = Duration.ofMillis(250);

    /** Less room than this is none: a flood would go out in crumbs. */
    static final int CRUMB = 1 << 10;

    /**
     * Room that is kept for a viewer that was called: it may bring less than a frame, and others
     * are not to wait until it has come.
     */
    static final int CALLED = FRAME / 4;

    /** Whatever stands in a lane. */
    sealed interface Item {

        record Control(ByteString json) implements Item {}

        /**
         * Output.
         *
         * @param offset of its first byte; a snapshot's own, all of which stands before that byte
         */
        record Data(ByteString bytes, long offset, boolean snapshot) implements Item {

            /** Where a terminal stands that has these bytes; -1 within a snapshot. */
            long end() {
                return snapshot ? offset : offset + bytes.length();
            }

            Data first(int length) {
                return length == bytes.length()
                        ? this
                        : new Data(bytes.slice(0, length), snapshot ? -1 : offset, snapshot);
            }

            Data rest(int from) {
                return new Data(
                        bytes.slice(from, bytes.length()),
                        snapshot ? offset : offset + from,
                        snapshot);
            }
        }
    }

    /** One message for the socket. */
    record Next(int channel, Item item) {}

    private static final class Lane {
        final Deque<Item> items = new ArrayDeque<>();
        int dataBytes;

        /** When the channel got input; null if never. */
        @Nullable Long inputAt;

        /** Whom to call when there is room; null while nobody waits. */
        @Nullable ChannelViewer waiting;

        /** Was called, and has neither taken the room nor passed. */
        boolean called;

        boolean isIdle() {
            return items.isEmpty() && waiting == null && !called && inputAt == null;
        }

        boolean isBusy() {
            return dataBytes > 0 || waiting != null || called;
        }
    }

    private final TreeMap<Integer, Lane> lanes = new TreeMap<>();
    private int lastServed = -1;
    private int lastCalled = -1;
    private int controlBytes;

    void control(int channel, ByteString json) {
        lane(channel).items.addLast(new Item.Control(json));
        controlBytes += json.length();
    }

    void data(int channel, Item.Data data) {
        if (data.bytes().isEmpty()) return;
        Lane lane = lane(channel);
        lane.items.addLast(data);
        lane.dataBytes += data.bytes().length();
    }

    void prefer(int channel, long now) {
        lane(channel).inputAt = now;
    }

    /** Forgets a channel's bytes and whoever waited for it; messages about it stay. */
    void drop(int channel) {
        Lane lane = lanes.get(channel);
        if (lane == null) return;
        lane.items.removeIf(Item.Data.class::isInstance);
        lane.dataBytes = 0;
        lane.waiting = null;
        lane.called = false;
        lane.inputAt = null;
    }

    /** Bytes of messages that wait. */
    int controlBytes() {
        return controlBytes;
    }

    /** Bytes of output and snapshots that wait, of all channels. */
    long dataBytes() {
        return lanes.values().stream().mapToLong(lane -> lane.dataBytes).sum();
    }

    /** Whether something waits for the socket, or somebody for room. */
    boolean isWaitedFor() {
        return lanes.values().stream()
                .anyMatch(lane -> !lane.items.isEmpty() || lane.waiting != null);
    }

    boolean isEmpty(int channel) {
        Lane lane = lanes.get(channel);
        return lane == null || lane.items.isEmpty();
    }

    /** How many channels share the connection now. */
    int busy() {
        return (int) lanes.values().stream().filter(Lane::isBusy).count();
    }

    // ---- what the socket gets

    /** Takes the next message; null when nothing waits that fits into {@code room} bytes. */
    @Nullable Next poll(int room, long now) {
        Integer turn = turn(now, lane -> !lane.items.isEmpty(), lastServed);
        if (turn == null) return null;
        Lane lane = lane(turn);
        if (lane.items.getFirst() instanceof Item.Data data
                && Math.min(FRAME, data.bytes().length()) > room) {
            // Whose turn it is waits for room, or those with less to say would starve it. Messages
            // need none.
            turn = turn(now, other -> other.items.peekFirst() instanceof Item.Control, lastServed);
            if (turn == null) return null;
            lane = lane(turn);
        }
        Item item = lane.items.removeFirst();
        switch (item) {
            case Item.Control(ByteString json) -> controlBytes -= json.length();
            case Item.Data data -> {
                lastServed = turn;
                int length = Math.min(FRAME, data.bytes().length());
                item = data.first(length);
                if (length < data.bytes().length()) lane.items.addFirst(data.rest(length));
                lane.dataBytes -= length;
            }
        }
        if (lane.isIdle()) lanes.remove(turn);
        return new Next(turn, item);
    }

    // ---- who may fill the lanes

    /**
     * How many bytes a channel may bring now; 0: it waits, and {@link #call} returns it when there
     * is room.
     *
     * @param room bytes that may leave
     */
    int ask(int channel, ChannelViewer viewer, int room, long now) {
        Lane lane = lane(channel);
        boolean wasCalled = lane.called;
        lane.called = false;
        lane.waiting = null;
        int free = room - promised();
        boolean first = wasCalled || isUrgent(lane, now) || !anyWaits();
        if (first && free >= CRUMB && lane.dataBytes <= FRAME) return Math.min(FRAME, free);
        lane.waiting = viewer;
        return 0;
    }

    /** A channel that was called has nothing to bring. */
    void pass(int channel) {
        Lane lane = lanes.get(channel);
        if (lane != null) lane.called = false;
    }

    /** Those that waited and for whom there is room now. */
    List<ChannelViewer> call(int room, long now) {
        var called = new ArrayList<ChannelViewer>();
        while (room - promised() >= CRUMB) {
            Integer turn = turn(now, Lanes::mayBeCalled, lastCalled);
            if (turn == null) break;
            Lane lane = lane(turn);
            ChannelViewer viewer = lane.waiting;
            if (viewer == null) break;
            called.add(viewer);
            lane.waiting = null;
            lane.called = true;
            lastCalled = turn;
        }
        return called;
    }

    private boolean anyWaits() {
        return lanes.values().stream().anyMatch(Lanes::mayBeCalled);
    }

    private static boolean mayBeCalled(Lane lane) {
        return lane.waiting != null && lane.dataBytes <= FRAME;
    }

    /**
     * Bytes that have been brought or will be: a large snapshot counts as one frame, since it takes
     * its turn like everybody.
     */
    private int promised() {
        int bytes = 0;
        for (Lane lane : lanes.values()) {
            if (lane.called) bytes += CALLED;
        }
        return bytes + ready();
    }

    /** Bytes that wait for room, of each lane no more than its next frame. */
    int ready() {
        int bytes = 0;
        for (Lane lane : lanes.values()) bytes += Math.min(FRAME, lane.dataBytes);
        return bytes;
    }

    /** The next lane after the last one that fits, urgent ones first; null if none does. */
    private @Nullable Integer turn(long now, Predicate<Lane> fits, int last) {
        Integer next = null;
        for (var part : List.of(lanes.tailMap(last, false), lanes.headMap(last, true))) {
            for (var entry : part.entrySet()) {
                if (!fits.test(entry.getValue())) continue;
                if (isUrgent(entry.getValue(), now)) return entry.getKey();
                if (next == null) next = entry.getKey();
            }
        }
        return next;
    }

    private static boolean isUrgent(Lane lane, long now) {
        Long inputAt = lane.inputAt;
        if (inputAt == null) return false;
        if (now - inputAt < URGENT.toNanos()) return true;
        lane.inputAt = null;
        return false;
    }

    private Lane lane(int channel) {
        return lanes.computeIfAbsent(channel, _ -> new Lane());
    }
}
