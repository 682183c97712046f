package dev.wormhole.server.connection;

import org.java_websocket.WrappedByteChannel;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ByteChannel;
import java.util.function.IntConsumer;

/**
 * A connection's channel that tells how many bytes the socket took: the library's queue has no
 * drain signal of its own.
 *
 * <p>Written by the library's selector thread; {@link #onTaken} is set before anything of ours is
 * sent.
 */
final class MeteredChannel implements WrappedByteChannel {

    private final ByteChannel channel;
    private volatile IntConsumer taken = _ -> {};

    MeteredChannel(ByteChannel channel) {
        this.channel = channel;
    }

    void onTaken(IntConsumer listener) {
        taken = listener;
    }

    @Override
    public int write(ByteBuffer source) throws IOException {
        // Counted at the source: a TLS channel's return value counts encrypted bytes.
        int before = source.remaining();
        int written = channel.write(source);
        int count = before - source.remaining();
        if (count > 0) taken.accept(count);
        return written;
    }

    @Override
    public int read(ByteBuffer target) throws IOException {
        return channel.read(target);
    }

    @Override
    public boolean isNeedWrite() {
        return channel instanceof WrappedByteChannel wrapped && wrapped.isNeedWrite();
    }

    @Override
    public void writeMore() throws IOException {
        if (channel instanceof WrappedByteChannel wrapped) wrapped.writeMore();
    }

    @Override
    public boolean isNeedRead() {
        return channel instanceof WrappedByteChannel wrapped && wrapped.isNeedRead();
    }

    @Override
    public int readMore(ByteBuffer target) throws IOException {
        return channel instanceof WrappedByteChannel wrapped ? wrapped.readMore(target) : 0;
    }

    @Override
    public boolean isBlocking() {
        return channel instanceof WrappedByteChannel wrapped && wrapped.isBlocking();
    }

    @Override
    public boolean isOpen() {
        return channel.isOpen();
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
