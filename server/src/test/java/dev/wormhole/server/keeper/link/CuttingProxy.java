package dev.wormhole.server.keeper.link;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntSupplier;

/**
 * Stands before a keeper's socket and cuts each connection after some bytes of either direction.
 */
final class CuttingProxy implements AutoCloseable {

    private final ServerSocketChannel door;
    private final Path behind;
    private final IntSupplier life;
    private final AtomicInteger cuts = new AtomicInteger();

    CuttingProxy(Path socket, Path behind, IntSupplier life) throws IOException {
        this.behind = behind;
        this.life = life;
        door = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        door.bind(UnixDomainSocketAddress.of(socket), 100);
        Thread.ofPlatform().daemon().name("proxy").start(this::accept);
    }

    int cuts() {
        return cuts.get();
    }

    @Override
    public void close() throws IOException {
        door.close();
    }

    private void accept() {
        try {
            while (true) {
                SocketChannel near = door.accept();
                SocketChannel far = SocketChannel.open(UnixDomainSocketAddress.of(behind));
                var left = new AtomicInteger(life.getAsInt());
                Thread.ofPlatform().daemon().name("proxy-in").start(() -> pump(near, far, left));
                Thread.ofPlatform().daemon().name("proxy-out").start(() -> pump(far, near, left));
            }
        } catch (IOException e) {
            // Closed.
        }
    }

    private void pump(SocketChannel from, SocketChannel to, AtomicInteger left) {
        ByteBuffer buffer = ByteBuffer.allocateDirect(16 << 10);
        try (from;
                to) {
            while (from.read(buffer.clear()) >= 0) {
                buffer.flip();
                int before = left.getAndAdd(-buffer.remaining());
                boolean last = before <= buffer.remaining();
                if (last) buffer.limit(Math.max(0, before));
                while (buffer.hasRemaining()) to.write(buffer);
                if (!last) continue;
                cuts.incrementAndGet();
                return;
            }
        } catch (IOException e) {
            // The other pump has cut, or an end has gone.
        }
    }
}
