package dev.wormhole.server.testkit;

import dev.wormhole.protocol.Endpoint;
import dev.wormhole.server.ServerSettings;
import dev.wormhole.server.StartException;
import dev.wormhole.server.WormholeServer;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.Map;

/** A real server in this JVM, on a port of its own. Closing it is an orderly stop. */
public final class TestServer implements AutoCloseable {

    private final WormholeServer server;

    private TestServer(WormholeServer server) {
        this.server = server;
    }

    public static TestServer start(Path directory) {
        return start(directory, Map.of());
    }

    public static TestServer start(Path directory, Map<String, String> settings) {
        try {
            return new TestServer(
                    WormholeServer.start(
                            ServerSettings.of(
                                    directory,
                                    new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
                                    settings),
                            () -> "unknown"));
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
    }
}
