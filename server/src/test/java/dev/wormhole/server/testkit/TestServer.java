package dev.wormhole.server.testkit;

import dev.wormhole.protocol.Endpoint;
import dev.wormhole.server.ServerSettings;
import dev.wormhole.server.StartException;
import dev.wormhole.server.WormholeServer;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * A real server in this JVM, on a port of its own, with a real keeper. Closing it is an orderly
 * stop, and ends the processes unless the keepers are somebody else's.
 */
public final class TestServer implements AutoCloseable {

    private final WormholeServer server;
    private final Optional<TestKeepers> own;

    private TestServer(WormholeServer server, Optional<TestKeepers> own) {
        this.server = server;
        this.own = own;
    }

    public static TestServer start(Path directory) {
        return start(directory, Map.of());
    }

    public static TestServer start(Path directory, Map<String, String> settings) {
        var keepers = new TestKeepers(WormholeServer.VERSION);
        return new TestServer(started(directory, settings, keepers), Optional.of(keepers));
    }

    /** One that leaves its processes to these keepers when it is closed. */
    public static TestServer start(Path directory, TestKeepers keepers) {
        return new TestServer(started(directory, Map.of(), keepers), Optional.empty());
    }

    private static WormholeServer started(
            Path directory, Map<String, String> settings, TestKeepers keepers) {
        try {
            return WormholeServer.start(
                    ServerSettings.of(
                            directory,
                            new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
                            settings),
                    keepers.hands(),
                    () -> "unknown");
        } catch (StartException e) {
            throw new AssertionError(e);
        }
    }

    public Endpoint endpoint() {
        return server.address();
    }

    public TestClient connect() {
        return TestClient.connect(server.address());
    }

    @Override
    public void close() {
        server.stop();
        own.ifPresent(TestKeepers::close);
    }
}
