package dev.wormhole.app;

import dev.wormhole.protocol.json.JsonException;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Makes a second start of the program bring the open window forward: the first listens on a socket
 * in the data directory, which only its user can reach, and a later one hands its wish over and
 * ends.
 */
final class WindowDoor implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(WindowDoor.class);

    private static final int MAX_REQUEST = 64 << 10;

    private static final String FILE_NAME = "window.sock";

    private final Path path;
    private final @Nullable ServerSocketChannel channel;

    private WindowDoor(Path path, @Nullable ServerSocketChannel channel) {
        this.path = path;
        this.channel = channel;
    }

    /** Hands the request to the open window; false if there is none. */
    static boolean knock(Path dataDirectory, OpenRequest request) {
        Path path = dataDirectory.resolve(FILE_NAME);
        if (!Files.exists(path)) return false;
        try (SocketChannel channel = SocketChannel.open(UnixDomainSocketAddress.of(path))) {
            ByteBuffer bytes = ByteBuffer.wrap(request.toJson().getBytes(StandardCharsets.UTF_8));
            while (bytes.hasRemaining()) channel.write(bytes);
            channel.shutdownOutput();
            return channel.read(ByteBuffer.allocate(1)) == 1;
        } catch (IOException e) {
            // Left over by a window that was killed, or a path too long for a socket: this start
            // opens a window of its own.
            return false;
        }
    }

    /**
     * Listens until closed; requests come on a thread of their own. Without a socket, every start
     * opens a window.
     */
    static WindowDoor open(Path dataDirectory, Consumer<OpenRequest> requests) {
        Path path = dataDirectory.resolve(FILE_NAME);
        try {
            Files.deleteIfExists(path);
            ServerSocketChannel channel = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
            channel.bind(UnixDomainSocketAddress.of(path));
            Thread.ofPlatform().daemon().name("window-door").start(() -> listen(channel, requests));
            return new WindowDoor(path, channel);
        } catch (IOException | IllegalArgumentException e) {
            log.warn("a second start will open a second window: {}", e.getMessage());
            return new WindowDoor(path, null);
        }
    }

    private static void listen(ServerSocketChannel channel, Consumer<OpenRequest> requests) {
        while (channel.isOpen()) {
            try (SocketChannel guest = channel.accept()) {
                read(guest).ifPresent(requests);
                guest.write(ByteBuffer.wrap(new byte[] {1}));
            } catch (ClosedChannelException e) {
                return;
            } catch (IOException e) {
                log.warn("a request to the window was lost: {}", e.getMessage());
            }
        }
    }

    private static Optional<OpenRequest> read(SocketChannel guest) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(MAX_REQUEST);
        while (bytes.hasRemaining() && guest.read(bytes) >= 0) {}
        try {
            return Optional.of(
                    OpenRequest.parse(
                            new String(
                                    bytes.array(), 0, bytes.position(), StandardCharsets.UTF_8)));
        } catch (JsonException e) {
            log.warn("a request to the window was not understood: {}", e.getMessage());
            return Optional.empty();
        }
    }

    @Override
    public void close() {
        if (channel == null) return;
        try {
            channel.close();
            Files.deleteIfExists(path);
        } catch (IOException e) {
            log.warn("closing {}: {}", path, e.getMessage());
        }
    }
}
