package dev.wormhole.server.connection;

import dev.wormhole.protocol.CloseCode;
import dev.wormhole.protocol.FrameCodec;
import dev.wormhole.protocol.Limits;
import dev.wormhole.protocol.SessionId;
import dev.wormhole.server.session.Sessions;
import dev.wormhole.server.thread.ServerThreads;

import org.java_websocket.WebSocket;
import org.java_websocket.WebSocketAdapter;
import org.java_websocket.WebSocketImpl;
import org.java_websocket.WebSocketServerFactory;
import org.java_websocket.drafts.Draft;
import org.java_websocket.drafts.Draft_6455;
import org.java_websocket.exceptions.InvalidDataException;
import org.java_websocket.exceptions.WebsocketNotConnectedException;
import org.java_websocket.framing.CloseFrame;
import org.java_websocket.handshake.ClientHandshake;
import org.java_websocket.handshake.ServerHandshakeBuilder;
import org.java_websocket.protocols.Protocol;
import org.java_websocket.server.DefaultSSLWebSocketServerFactory;
import org.java_websocket.server.DefaultWebSocketServerFactory;
import org.java_websocket.server.WebSocketServer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ByteChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/**
 * The WebSocket server: lets connections in and turns the library's callbacks into commands.
 *
 * <p>Callbacks run on the library's decoder threads and only enqueue.
 */
public final class WebSocketEndpoint {

    private static final Logger log = LoggerFactory.getLogger(WebSocketEndpoint.class);

    /** A peer that does not finish its handshake by then is closed; the library waits for ever. */
    private static final Duration HANDSHAKE_TIMEOUT = Duration.ofSeconds(10);

    /** How long a message may lie in the library before it is looked after. */
    private static final int LOOK_MILLIS = 20;

    /** The library's ping; a connection is dropped after one and a half of it without an answer. */
    private static final int PING_SECONDS = 20;

    private final EndpointSettings settings;
    private final AccessPolicy access;
    private final Sessions sessions;
    private final Connections connections;
    private final ServerThreads threads;
    private final LongSupplier ticker;
    private final AtomicInteger numbers = new AtomicInteger();

    /** Screens of clients that were found to differ from ours; told in hello. */
    private final AtomicLong differences = new AtomicLong();

    private final ConcurrentHashMap<WebSocket, Connection> bySocket = new ConcurrentHashMap<>();
    private final ConcurrentHashMap<WebSocket, TaskViewer> viewers = new ConcurrentHashMap<>();
    private final CompletableFuture<Integer> port = new CompletableFuture<>();
    private final ScheduledExecutorService watchdog =
            Executors.newSingleThreadScheduledExecutor(
                    Thread.ofPlatform().daemon().name("socket-watchdog").factory());
    private final Server server;

    public WebSocketEndpoint(
            EndpointSettings settings,
            AccessPolicy access,
            Sessions sessions,
            Connections connections,
            ServerThreads threads,
            LongSupplier ticker) {
        this.settings = settings;
        this.access = access;
        this.sessions = sessions;
        this.connections = connections;
        this.threads = threads;
        this.ticker = ticker;
        server = new Server();
    }

    /** Begins to accept; the port, once it listens. */
    public int start() throws IOException {
        server.start();
        try {
            return port.get(10, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while the endpoint was starting", e);
        } catch (java.util.concurrent.ExecutionException e) {
            throw new IOException(
                    "cannot listen on " + settings.address() + ": " + e.getCause(), e);
        } catch (java.util.concurrent.TimeoutException e) {
            throw new IOException("the endpoint did not start within 10 s", e);
        }
    }

    /**
     * Closes every connection with 1001 and stops listening; waits at most two seconds for the
     * farewells.
     */
    public void stop() {
        watchdog.shutdownNow();
        try {
            server.stop(2000, "the server is stopping");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private final class Server extends WebSocketServer {

        Server() {
            super(
                    settings.address(),
                    Math.max(2, Runtime.getRuntime().availableProcessors()),
                    List.of(draft()));
            setTcpNoDelay(true);
            setReuseAddr(true);
            setDaemon(true);
            setConnectionLostTimeout(PING_SECONDS);
            setMaxPendingConnections(128);
            setWebSocketFactory(new MeteredFactory());
        }

        @Override
        public ServerHandshakeBuilder onWebsocketHandshakeReceivedAsServer(
                WebSocket socket, Draft draft, ClientHandshake handshake)
                throws InvalidDataException {
            ServerHandshakeBuilder answer =
                    super.onWebsocketHandshakeReceivedAsServer(socket, draft, handshake);
            Optional<String> refusal = refusal(handshake);
            if (refusal.isPresent()) {
                log.warn(
                        "handshake from {} refused: {}",
                        socket.getRemoteSocketAddress(),
                        refusal.get());
                // The library answers every refusal with 404, before any upgrade.
                throw new InvalidDataException(CloseFrame.POLICY_VALIDATION, "refused");
            }
            return answer;
        }

        private Optional<String> refusal(ClientHandshake handshake) {
            Optional<AccessPolicy.Refusal> refusal =
                    access.refusal(
                            new AccessPolicy.Headers(
                                    handshake.getFieldValue("Host"),
                                    handshake.getFieldValue("Origin"),
                                    handshake.hasFieldValue("Origin"),
                                    handshake.getFieldValue("Authorization")),
                            getPort());
            if (refusal.isPresent()) return refusal.map(AccessPolicy.Refusal::reason);
            String path = handshake.getResourceDescriptor();
            if (path.equals("/")) return Optional.empty();
            Optional<SessionId> task = ConnectPath.task(path);
            if (task.isEmpty()) return Optional.of("no such path");
            return isTask(task.get()) ? Optional.empty() : Optional.of("no such task");
        }

        @Override
        public void onOpen(WebSocket socket, ClientHandshake handshake) {
            if (connections.count() + viewers.size() >= settings.maxConnections()) {
                socket.close(CloseCode.TRY_AGAIN_LATER.code(), "too many connections");
                return;
            }
            ConnectPath.task(handshake.getResourceDescriptor())
                    .ifPresentOrElse(id -> watch(socket, id), () -> open(socket));
        }

        @Override
        public void onMessage(WebSocket socket, ByteBuffer message) {
            Connection connection = bySocket.get(socket);
            if (connection != null) {
                connection.post(new ConnectionCommand.FrameArrived(FrameCodec.decode(message)));
                return;
            }
            TaskViewer viewer = viewers.get(socket);
            if (viewer != null) viewer.binary();
        }

        @Override
        public void onMessage(WebSocket socket, String message) {
            Connection connection = bySocket.get(socket);
            if (connection != null) {
                connection.post(new ConnectionCommand.TextArrived());
                return;
            }
            TaskViewer viewer = viewers.get(socket);
            if (viewer != null) viewer.text(message);
        }

        @Override
        public void onClose(WebSocket socket, int code, String reason, boolean remote) {
            TaskViewer viewer = viewers.remove(socket);
            if (viewer != null) viewer.closed();
            Connection connection = bySocket.remove(socket);
            if (connection == null) return;
            connections.remove(connection);
            connection.post(new ConnectionCommand.Closed());
            log.info("connection closed: {}{}", code, remote ? " by the client" : "");
        }

        @Override
        public void onError(WebSocket socket, Exception error) {
            if (socket == null) {
                port.completeExceptionally(error);
                log.error("endpoint: {}", error.toString());
            } else {
                log.info(
                        "connection from {}: {}",
                        socket.getRemoteSocketAddress(),
                        error.toString());
            }
        }

        @Override
        public void onStart() {
            port.complete(getPort());
        }
    }

    private void open(WebSocket socket) {
        int number = numbers.incrementAndGet();
        var outbox = new Outbox(new LibrarySocket(socket, server), this::soon, ticker);
        var connection = new Connection(number, settings, sessions, outbox, differences);
        if (((WebSocketImpl) socket).getChannel() instanceof MeteredChannel channel)
            channel.onTaken(outbox::taken);
        bySocket.put(socket, connection);
        connections.add(connection);
        threads.virtual("conn-" + number, connection);
        threads.virtual("conn-" + number + "-out", outbox);
        log.info("conn-{}: open, from {}", number, socket.getRemoteSocketAddress());
    }

    private boolean isTask(SessionId id) {
        return settings.tasks().list().stream().anyMatch(task -> task.id().equals(id));
    }

    private void watch(WebSocket socket, SessionId task) {
        int number = numbers.incrementAndGet();
        var viewer =
                new TaskViewer(task, settings.tasks(), new ViewerSocket(socket, server), ticker);
        if (((WebSocketImpl) socket).getChannel() instanceof MeteredChannel channel)
            channel.onTaken(viewer::taken);
        viewers.put(socket, viewer);
        threads.virtual("task-viewer-" + number, viewer);
        log.info("task-viewer-{}: open, from {}", number, socket.getRemoteSocketAddress());
    }

    /** Viewers of tasks that are connected. */
    public int taskViewers() {
        return viewers.size();
    }

    private static Draft draft() {
        // The nameless protocol lets clients in that ask for none.
        return new Draft_6455(
                List.of(),
                List.of(new Protocol(Limits.SUBPROTOCOL), new Protocol("")),
                Limits.MESSAGE_BYTES);
    }

    private void soon(Runnable callback) {
        try {
            watchdog.schedule(callback, LOOK_MILLIS, TimeUnit.MILLISECONDS);
        } catch (RejectedExecutionException e) {
            log.debug("not looked at any more: the endpoint is closed");
        }
    }

    private record LibrarySocket(WebSocket socket, WebSocketServer server)
            implements Outbox.Socket {

        @Override
        public void send(byte[] message) {
            try {
                socket.send(message);
            } catch (WebsocketNotConnectedException e) {
                // The close is on its way to the connection's own thread.
                log.debug("a message for a closed connection was dropped");
            }
        }

        @Override
        public void close(int code, String reason) {
            socket.close(code, reason);
        }

        @Override
        public void nudge() {
            if (socket.isOpen()) server.onWriteDemand(socket);
        }
    }

    private record ViewerSocket(WebSocket socket, WebSocketServer server)
            implements TaskViewer.Socket {

        @Override
        public void send(String message) {
            try {
                socket.send(message);
            } catch (WebsocketNotConnectedException e) {
                // The close is on its way to the viewer's own thread.
                log.debug("a message for a closed viewer was dropped");
            }
        }

        @Override
        public void close(int code, String reason) {
            socket.close(code, reason);
        }

        @Override
        public void nudge() {
            if (socket.isOpen()) server.onWriteDemand(socket);
        }
    }

    /** Makes channels that count, and closes those whose peer never finishes its handshake. */
    private final class MeteredFactory implements WebSocketServerFactory {

        private final WebSocketServerFactory plain = new DefaultWebSocketServerFactory();
        private final WebSocketServerFactory factory;
        private final List<AutoCloseable> closeables = new CopyOnWriteArrayList<>();

        MeteredFactory() {
            if (settings.tls() == null) {
                factory = plain;
            } else {
                var handshakes = Executors.newVirtualThreadPerTaskExecutor();
                closeables.add(handshakes::shutdownNow);
                factory = new DefaultSSLWebSocketServerFactory(settings.tls(), handshakes);
            }
        }

        @Override
        public WebSocketImpl createWebSocket(WebSocketAdapter adapter, Draft draft) {
            return factory.createWebSocket(adapter, draft);
        }

        @Override
        public WebSocketImpl createWebSocket(WebSocketAdapter adapter, List<Draft> drafts) {
            return factory.createWebSocket(adapter, drafts);
        }

        @Override
        public ByteChannel wrapChannel(SocketChannel channel, SelectionKey key) throws IOException {
            var metered = new MeteredChannel(factory.wrapChannel(channel, key));
            watchdog.schedule(
                    () -> closeUnlessOpen(channel, key),
                    HANDSHAKE_TIMEOUT.toSeconds(),
                    TimeUnit.SECONDS);
            return metered;
        }

        private void closeUnlessOpen(SocketChannel channel, SelectionKey key) {
            if (key.attachment() instanceof WebSocketImpl socket && socket.isOpen()) return;
            try {
                channel.close();
            } catch (IOException e) {
                log.debug("closing an unfinished handshake: {}", e.getMessage());
            }
        }

        @Override
        public void close() {
            factory.close();
            for (AutoCloseable closeable : closeables) {
                try {
                    closeable.close();
                } catch (Exception e) {
                    log.warn("closing the TLS handshake threads: {}", e.toString());
                }
            }
        }
    }
}
