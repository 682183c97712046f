package dev.wormhole.server.keeper.process;

import dev.wormhole.server.keeper.wire.FrameBuffer;
import dev.wormhole.server.keeper.wire.FromKeeper;
import dev.wormhole.server.keeper.wire.FromKeeperCodec;
import dev.wormhole.server.keeper.wire.ToKeeper;
import dev.wormhole.server.keeper.wire.ToKeeperCodec;
import dev.wormhole.server.keeper.wire.Wire;
import dev.wormhole.server.keeper.wire.WireException;
import dev.wormhole.server.pty.Posix;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * One connection: bytes of a socket become messages for its peer, and messages of the peer bytes.
 * Output is written from where it lies. A connection that fails is closed at the end of the loop's
 * turn, so that nobody meets a closed one half way.
 *
 * <p>Owned by the loop.
 */
final class Connection {

    private static final Logger log = LoggerFactory.getLogger(Connection.class);

    /** Messages that may wait for a server that does not read. */
    private static final int MOST_WAITING = 4 << 20;

    /** Written before others get their turn. */
    private static final int TURN = 512 << 10;

    private final Loop loop;
    private final int socket;
    private final Poller.Watch watch;
    private final FrameBuffer frames = new FrameBuffer(Wire.MAX_PROCESS_FRAME);
    private final Deque<ByteBuffer> out = new ArrayDeque<>(4);
    private int waiting;
    private Peer peer;
    private boolean failed;
    private boolean flushing;

    /** The BYTES frame that is being written: its output, and how much of all of it was written. */
    private long bulkOffset;

    private int bulkLength;
    private int bulkSent;

    Connection(Loop loop, int socket) {
        this.loop = loop;
        this.socket = socket;
        this.peer = message -> {};
        watch = loop.poller().watch(socket, this::ready);
        watch.want(Posix.POLLIN);
    }

    /** From now on the connection is about this. */
    void become(Peer next) {
        peer = next;
    }

    /** The other end has said who it is: it may send long messages. */
    void allowLongMessages() {
        frames.allow(Wire.MAX_FRAME);
    }

    boolean isOpen() {
        return !failed;
    }

    private void ready(int seen) {
        if (failed) return;
        if ((seen & (Posix.POLLIN | Posix.GONE)) != 0) read();
        flush();
    }

    private void read() {
        try {
            int count = loop.io().read(socket, frames);
            if (count == SocketIo.GONE) {
                fail("closed by the other end");
                return;
            }
            for (ByteBuffer frame = frames.next();
                    frame != null && !failed;
                    frame = frames.next()) {
                ToKeeper message = ToKeeperCodec.decode(frame);
                if (message != null) peer.heard(message);
            }
        } catch (IOException | WireException e) {
            fail(String.valueOf(e.getMessage()));
        }
    }

    /** Sends a message behind those that wait. */
    void send(FromKeeper message) {
        if (failed) return;
        ByteBuffer frame = FromKeeperCodec.encode(message);
        waiting += frame.remaining();
        if (waiting > MOST_WAITING) {
            fail("the other end does not read");
            return;
        }
        out.add(frame);
        flush();
    }

    /** Says why, and closes. */
    void refuse(String message) {
        send(new FromKeeper.Refused(message));
        fail("refused: " + message);
    }

    /** Output that comes next, from where it lies; only from {@link Peer#more}. */
    void sendOutput(long offset, int length) {
        bulkOffset = offset;
        bulkLength = length;
        bulkSent = 0;
    }

    /** Writes what the socket takes. */
    void flush() {
        if (failed || flushing) return;
        flushing = true;
        try {
            boolean blocked = !writeAll();
            watch.want(blocked ? Posix.POLLIN | Posix.POLLOUT : Posix.POLLIN);
        } catch (IOException e) {
            fail(String.valueOf(e.getMessage()));
        } finally {
            flushing = false;
        }
        if (!failed) peer.flushed();
    }

    /** False: there is more, and the socket or the turn is full. */
    private boolean writeAll() throws IOException {
        int left = TURN;
        while (left > 0) {
            int count;
            if (bulkLength > 0) {
                count = writeOutput();
            } else if (!out.isEmpty()) {
                count = loop.io().write(socket, out);
                if (count > 0) waiting -= count;
            } else if (peer.more()) {
                continue;
            } else {
                return true;
            }
            if (count == SocketIo.LATER) return false;
            if (count == SocketIo.GONE) {
                fail("closed by the other end");
                return true;
            }
            left -= count;
        }
        return false;
    }

    private int writeOutput() throws IOException {
        int outputSent = Math.max(0, bulkSent - Wire.BYTES_HEADER);
        MemorySegment rest = peerOutput(bulkOffset + outputSent, bulkLength - outputSent);
        int headerSent = Math.min(bulkSent, Wire.BYTES_HEADER);
        int count = loop.io().write(socket, bulkOffset, bulkLength, headerSent, rest);
        if (count <= 0) return count;
        bulkSent += count;
        if (bulkSent == Wire.BYTES_HEADER + bulkLength) {
            int whole = bulkLength;
            bulkLength = 0;
            peer.sent(whole);
        }
        return count;
    }

    private MemorySegment peerOutput(long offset, int most) throws IOException {
        if (peer instanceof ProcessPeer process) return process.output(offset, most);
        throw new IOException("output on a connection that has none");
    }

    /** No more of it; closed soon. */
    void fail(String reason) {
        if (failed) return;
        failed = true;
        log.debug("connection {} ends: {}", socket, reason);
        watch.want(0);
        loop.bury(this);
    }

    /** Only by the loop, at the end of its turn or of its life. */
    void close() {
        failed = true;
        peer.gone();
        watch.stop();
        Posix.close(socket);
    }
}
