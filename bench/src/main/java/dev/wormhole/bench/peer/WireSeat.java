package dev.wormhole.bench.peer;

import dev.wormhole.protocol.ClientMessage;
import dev.wormhole.protocol.ServerMessage;

import org.jspecify.annotations.Nullable;

import java.nio.ByteBuffer;

/**
 * One channel of a connection: how far its terminal has come in the session's output. What a window
 * would draw is looked at and thrown away.
 *
 * <p>The connection's reading thread counts; others watch.
 */
final class WireSeat extends Seat {

    /** docs/protocol.md, feature ack: at the latest after so many bytes. */
    private static final int ACK_BYTES = 16 << 10;

    private record Goal(long offset, Watch watch) {}

    private final Wire wire;
    private final int channel;
    private final Watch snapshotEnd = new Watch();
    private volatile @Nullable Goal goal;

    // Written by the reading thread.
    private volatile long offset;
    private long resyncOffset;
    private long snapshotLeft;
    private volatile int snapshotLength;
    private long received;
    private long acknowledged;

    private WireSeat(Wire wire, int channel, long offset, long received) {
        this.wire = wire;
        this.channel = channel;
        this.offset = offset;
        this.received = received;
        acknowledged = received;
    }

    /** What a former session brought on this channel counts on. */
    static WireSeat on(Wire wire, ServerMessage.Created made, @Nullable WireSeat former) {
        long received = former == null ? 0 : former.received;
        return new WireSeat(wire, made.channel(), made.offset(), received);
    }

    void resync(long at, int length) {
        resyncOffset = at;
        snapshotLeft = length;
        snapshotLength = length;
        if (length > 0) return;
        arrivedAt(at);
        snapshotEnd.seenNow();
    }

    /**
     * @param last nothing more waits in the socket
     */
    void output(ByteBuffer bytes, boolean last) {
        int length = bytes.remaining();
        heard(bytes);
        received += length;
        if (snapshotLeft > 0) {
            long raw = Math.max(0, length - snapshotLeft);
            snapshotLeft -= length - raw;
            if (snapshotLeft == 0) {
                arrivedAt(resyncOffset + raw);
                snapshotEnd.seenNow();
            }
        } else {
            arrivedAt(offset + length);
        }
        if (last || received - acknowledged >= ACK_BYTES) acknowledge();
    }

    void acknowledgeRest() {
        if (received != acknowledged) acknowledge();
    }

    private void acknowledge() {
        acknowledged = received;
        wire.acknowledge(new ClientMessage.OutputAck(channel, offset, received));
    }

    private void arrivedAt(long at) {
        offset = at;
        Goal now = goal;
        if (now != null && at >= now.offset && !now.watch.isSeen()) now.watch.seenNow();
    }

    /** Seen when the first whole snapshot is there. */
    Watch snapshotEnd() {
        return snapshotEnd;
    }

    /** Bytes of the newest snapshot. */
    int snapshotLength() {
        return snapshotLength;
    }

    /** By offset: a snapshot may hold the same character, typed long ago. */
    @Override
    public Watch expectEcho(char character) {
        var watch = new Watch();
        goal = new Goal(offset + 1, watch);
        return watch;
    }

    @Override
    void send(byte[] bytes) {
        wire.type(channel, bytes);
    }

    @Override
    public void close() {
        wire.close();
    }
}
