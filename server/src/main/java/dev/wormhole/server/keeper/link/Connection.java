package dev.wormhole.server.keeper.link;

import dev.wormhole.server.keeper.wire.FromKeeper;
import dev.wormhole.server.keeper.wire.FromKeeperCodec;
import dev.wormhole.server.keeper.wire.Wire;
import dev.wormhole.server.keeper.wire.WireException;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.net.SocketAddress;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.util.concurrent.locks.ReentrantLock;

/**
 * One socket to a keeper, from its connecting to its end: cuts what comes into messages, and writes
 * the frames that its user has, without ever waiting.
 *
 * <p>{@link #flush} is safe from any thread, so that a key goes out on the thread that brings it;
 * the rest belongs to {@code keeper-io}.
 */
final class Connection {

    private static final Logger log = LoggerFactory.getLogger(Connection.class);

    /** What one read may bring: more makes the other connections wait. */
    static final int READ_AT_ONCE = 256 << 10;

    /** A frame of the greatest length, and what one read may bring behind a part of one. */
    static final int READ_BUFFER = READ_AT_ONCE + 4 + Wire.MAX_FRAME;

    /** Of a frame's length. */
    private static final int LENGTH = 4;

    private static final byte[] NOTHING = {};

    /** Whose connection it is. */
    interface User {

        /**
         * The next frame to write, or null if there is nothing to say now. Called under the lock
         * that the connection was made with, by the thread that flushes.
         */
        @Nullable ByteBuffer next();

        /** A message has come. Called by {@code keeper-io}, in order. */
        void heard(FromKeeper message);

        /** The connection is over, and what came was heard. Called once, by {@code keeper-io}. */
        void broken(String reason);
    }

    private final KeeperIo io;
    private final SocketAddress address;
    private final ReentrantLock lock;
    private final User user;

    // Guarded by the lock.
    private @Nullable SocketChannel channel;
    private @Nullable SelectionKey key;
    private @Nullable ByteBuffer writing;
    private boolean writable;

    // Of keeper-io.
    private byte[] rest = NOTHING;
    private boolean paused;
    private boolean over;

    /**
     * @param lock guards what {@link User#next} looks at
     */
    Connection(KeeperIo io, SocketAddress address, ReentrantLock lock, User user) {
        this.io = io;
        this.address = address;
        this.lock = lock;
        this.user = user;
    }

    /** Begins to connect; what the user has to say is written as soon as that is done. */
    void connect() {
        try {
            begin();
        } catch (IOException e) {
            fail(String.valueOf(e.getMessage()));
            return;
        }
        flush();
    }

    private void begin() throws IOException {
        lock.lock();
        try {
            boolean unix = address instanceof UnixDomainSocketAddress;
            SocketChannel opened =
                    unix ? SocketChannel.open(StandardProtocolFamily.UNIX) : SocketChannel.open();
            channel = opened;
            opened.configureBlocking(false);
            if (!unix) opened.setOption(StandardSocketOptions.TCP_NODELAY, true);
            writable = opened.connect(address);
            int interest = writable ? SelectionKey.OP_READ : SelectionKey.OP_CONNECT;
            key = io.register(opened, interest, this);
        } finally {
            lock.unlock();
        }
    }

    /** Writes as much of what the user has to say as the socket takes. */
    void flush() {
        lock.lock();
        try {
            if (!writable || channel == null || key == null) return;
            boolean full = !writeAll(channel);
            boolean asked = (key.interestOps() & SelectionKey.OP_WRITE) != 0;
            if (full == asked) return;
            if (full) key.interestOpsOr(SelectionKey.OP_WRITE);
            else key.interestOpsAnd(~SelectionKey.OP_WRITE);
            io.interestChanged();
        } catch (IOException e) {
            // What the keeper said before it went can still be read; the end comes behind it.
            log.debug("a connection to a keeper cannot be written: {}", e.getMessage());
            writable = false;
            if (key != null && key.isValid()) key.interestOpsAnd(~SelectionKey.OP_WRITE);
        } finally {
            lock.unlock();
        }
    }

    private boolean writeAll(SocketChannel socket) throws IOException {
        while (true) {
            if (writing == null) writing = user.next();
            if (writing == null) return true;
            socket.write(writing);
            if (writing.hasRemaining()) return false;
            writing = null;
        }
    }

    /** The socket can do something it was waited for. */
    void ready() {
        if (over || key == null || channel == null) return;
        try {
            if (key.isConnectable() && !finishConnect(channel, key)) return;
            if (key.isWritable()) flush();
            if (key.isReadable() && !paused) read(channel);
        } catch (IOException | WireException e) {
            fail(String.valueOf(e.getMessage()));
        }
    }

    private boolean finishConnect(SocketChannel socket, SelectionKey socketKey) throws IOException {
        if (!socket.finishConnect()) return false;
        lock.lock();
        try {
            writable = true;
            socketKey.interestOps(SelectionKey.OP_READ);
        } finally {
            lock.unlock();
        }
        flush();
        return true;
    }

    private void read(SocketChannel socket) throws IOException, WireException {
        ByteBuffer buffer = io.readBuffer().clear();
        buffer.put(rest).limit(Math.min(buffer.capacity(), rest.length + READ_AT_ONCE));
        if (socket.read(buffer) < 0) fail("closed by the keeper");
        else hear(buffer.flip());
    }

    /** Hands on the whole messages and keeps what is left, also of messages when paused. */
    private void hear(ByteBuffer buffer) throws WireException {
        while (!paused && !over) {
            ByteBuffer frame = nextFrame(buffer);
            if (frame == null) break;
            FromKeeper message = FromKeeperCodec.decode(frame);
            // A later version's message of an unknown type is none of ours.
            if (message != null) user.heard(message);
        }
        rest = NOTHING;
        if (over || !buffer.hasRemaining()) return;
        rest = new byte[buffer.remaining()];
        buffer.get(rest);
    }

    /** Type and payload; null while the frame is not whole. */
    private static @Nullable ByteBuffer nextFrame(ByteBuffer buffer) throws WireException {
        if (buffer.remaining() < LENGTH) return null;
        int length = buffer.getInt(buffer.position());
        if (length < 1 || length > Wire.MAX_FRAME)
            throw new WireException("frame: " + Integer.toUnsignedString(length));
        if (buffer.remaining() - LENGTH < length) return null;
        ByteBuffer frame = buffer.slice(buffer.position() + LENGTH, length);
        buffer.position(buffer.position() + LENGTH + length);
        return frame;
    }

    /** Stops reading; what was read and not heard waits. */
    void pause() {
        paused = true;
        if (key != null && key.isValid()) key.interestOpsAnd(~SelectionKey.OP_READ);
    }

    void resume() {
        if (!paused || over || key == null) return;
        paused = false;
        try {
            hear(ByteBuffer.wrap(rest));
        } catch (WireException e) {
            fail(String.valueOf(e.getMessage()));
        }
        if (!paused && !over && key.isValid()) key.interestOpsOr(SelectionKey.OP_READ);
    }

    /** Ends the connection and tells the user. */
    void fail(String reason) {
        if (over) return;
        close();
        user.broken(reason);
    }

    /** Ends the connection; the user hears nothing of it. */
    void close() {
        over = true;
        lock.lock();
        try {
            writable = false;
            if (channel != null) channel.close();
        } catch (IOException e) {
            log.debug("a connection to a keeper was not closed: {}", e.getMessage());
        } finally {
            lock.unlock();
        }
    }
}
