package dev.wormhole.client.link;

import dev.wormhole.protocol.Frame;
import dev.wormhole.protocol.FrameCodec;
import dev.wormhole.protocol.Limits;

import org.java_websocket.WebSocketImpl;
import org.java_websocket.client.WebSocketClient;
import org.java_websocket.drafts.Draft_6455;
import org.java_websocket.exceptions.WebsocketNotConnectedException;
import org.java_websocket.framing.CloseFrame;
import org.java_websocket.handshake.ServerHandshake;
import org.java_websocket.protocols.Protocol;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;

/**
 * A {@link Transport} over Java-WebSocket, and the only place in the client that knows it.
 *
 * <p>Safe from any thread; no call blocks. Everything that is heard goes to the {@link
 * Transport.Events}, from the library's reading thread.
 */
final class JavaWebSocketTransport implements Transport {

    /** For TCP alone; the link's own patience covers the rest of the handshake. */
    static final int CONNECT_TIMEOUT_MILLIS = 8_000;

    /**
     * Seconds between pings. The library gives up at the first beat after one and a half of them
     * without a sign of life: after 16 s at most.
     */
    static final int PING_SECONDS = 8;

    /** Bytes handed over that the socket has not taken; a server this far behind is stuck. */
    static final int MAX_UNSENT_BYTES = 16 << 20;

    /** How long a close waits for the other end and for what is still to be sent. */
    static final int GOODBYE_MILLIS = 2_000;

    private static final Logger log = LoggerFactory.getLogger(JavaWebSocketTransport.class);

    private final Client client;

    private JavaWebSocketTransport(Client client) {
        this.client = client;
    }

    static Transport open(LinkTarget.Address address, Events events) {
        LinkProblem objection = objection(address);
        if (objection != null) {
            events.closed(objection);
            return new Stillborn();
        }
        try {
            var client = new Client(address, events);
            client.connect();
            return new JavaWebSocketTransport(client);
        } catch (GeneralSecurityException e) {
            log.error("TLS is not available", e);
            events.closed(TransportProblem.refused("This Java has no TLS; the log says more."));
            return new Stillborn();
        }
    }

    /** What speaks against even trying. */
    private static @Nullable LinkProblem objection(LinkTarget.Address address) {
        URI uri = address.uri();
        if (uri.getHost() == null) {
            return TransportProblem.refused("The address " + uri + " names no host.");
        }
        // A header is a line: a line end in the token would begin one of its own.
        if (address.token().chars().anyMatch(c -> c <= ' ' || c > '~')) {
            return TransportProblem.refused(
                    "The token holds a blank or another character that no token has.");
        }
        return switch (String.valueOf(uri.getScheme())) {
            case "ws" ->
                    isLoopback(uri.getHost())
                            ? null
                            : TransportProblem.refused(
                                    "ws:// would send the token in the clear: use wss:// for "
                                            + uri.getHost()
                                            + ".");
            case "wss" ->
                    address.trust() != null
                            ? null
                            : TransportProblem.refused(
                                    "No certificate is known for " + uri.getHost() + ".");
            default -> TransportProblem.refused("The address has to begin with ws:// or wss://.");
        };
    }

    private static boolean isLoopback(String host) {
        return host.equalsIgnoreCase("localhost")
                || host.equals("[::1]")
                || host.matches("127(\\.\\d{1,3}){3}");
    }

    @Override
    public void send(Frame frame) {
        client.transmit(FrameCodec.encode(frame));
    }

    @Override
    public void close() {
        client.leave();
    }

    /** An attempt that failed before it began. */
    private record Stillborn() implements Transport {

        @Override
        public void send(Frame frame) {}

        @Override
        public void close() {}
    }

    /** The library's client; its callbacks run on its reading thread. */
    private static final class Client extends WebSocketClient {

        private final URI address;
        private final Events events;
        private final @Nullable PinnedTrust trust;
        private final AtomicBoolean isReported = new AtomicBoolean();
        private final AtomicBoolean isLeaving = new AtomicBoolean();
        private volatile boolean wasOpen;
        private volatile @Nullable Exception cause;

        // Owned by the link thread, the only one that sends.
        private long unsentBytes;

        Client(LinkTarget.Address address, Events events) throws GeneralSecurityException {
            super(
                    address.uri(),
                    new Draft_6455(
                            List.of(),
                            List.of(new Protocol(Limits.SUBPROTOCOL)),
                            Limits.MESSAGE_BYTES),
                    Map.of("Authorization", "Bearer " + address.token()),
                    CONNECT_TIMEOUT_MILLIS);
            this.address = address.uri();
            this.events = events;
            LinkTarget.CertificateTrust pin = address.trust();
            boolean isSecure = "wss".equals(address.uri().getScheme());
            this.trust = isSecure && pin != null ? new PinnedTrust(pin) : null;
            if (trust != null) {
                SSLContext context = SSLContext.getInstance("TLS");
                context.init(null, new TrustManager[] {trust}, null);
                setSocketFactory(context.getSocketFactory());
            }
            setDnsResolver(this::resolve);
            setTcpNoDelay(true);
            setDaemon(true);
            setConnectionLostTimeout(PING_SECONDS);
        }

        void transmit(byte[] message) {
            try {
                if (!hasBufferedData()) unsentBytes = 0;
                unsentBytes += message.length;
                if (unsentBytes > MAX_UNSENT_BYTES) {
                    log.warn("{}: the server takes nothing more; closing", address);
                    abandon();
                    return;
                }
                send(message);
            } catch (WebsocketNotConnectedException e) {
                // It closed meanwhile; the close is on its way to the link.
            }
        }

        void leave() {
            if (!isLeaving.compareAndSet(false, true)) return;
            if (!isOpen()) {
                abandon();
                return;
            }
            close(CloseFrame.NORMAL, "");
            // A server that is gone would never answer the goodbye.
            CompletableFuture.delayedExecutor(
                            GOODBYE_MILLIS, TimeUnit.MILLISECONDS, Client::elsewhere)
                    .execute(this::abandon);
        }

        private void abandon() {
            closeConnection(CloseFrame.ABNORMAL_CLOSE, "");
            // Closing a TLS socket waits for its writer.
            elsewhere(this::dropSocket);
        }

        private static void elsewhere(Runnable job) {
            Thread.ofVirtual().name("link-close").start(job);
        }

        /** The last moment before the socket connects: once it does, closing it is enough. */
        private InetAddress resolve(URI uri) throws UnknownHostException {
            if (isLeaving.get()) throw new UnknownHostException("the attempt was given up");
            return InetAddress.getByName(uri.getHost());
        }

        /** The library leaves a socket open whose writing thread is stuck in a dead network. */
        private void dropSocket() {
            Socket socket = getSocket();
            if (socket == null) return;
            try {
                socket.close();
            } catch (IOException e) {
                log.debug("{}: the socket did not close: {}", address, e.toString());
            }
        }

        @Override
        protected void onSetSSLParameters(SSLParameters parameters) {
            // Not the library's check of the host name: the pin takes its place.
            parameters.setProtocols(new String[] {"TLSv1.3", "TLSv1.2"});
            if (!(getSocket() instanceof SSLSocket socket)) return;
            socket.setSSLParameters(parameters);
            try {
                // Here and not in the library's reader and writer at once, of which the one that
                // only sees the socket end could report first and hide the reason.
                socket.startHandshake();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        @Override
        public void onOpen(ServerHandshake handshake) {
            if (isLeaving.get()) {
                abandon();
                return;
            }
            wasOpen = true;
            events.opened();
        }

        @Override
        public void onMessage(ByteBuffer message) {
            // A pong queued behind much output must not make a busy connection look dead.
            if (getConnection() instanceof WebSocketImpl connection) connection.updateLastPong();
            events.received(FrameCodec.decode(message));
        }

        @Override
        public void onMessage(String text) {
            log.warn("{}: a text message, which is not part of this protocol", address);
        }

        @Override
        public void onClose(int code, String reason, boolean remote) {
            if (!isReported.compareAndSet(false, true)) return;
            LinkProblem refusal = trust == null ? null : trust.refusal();
            events.closed(
                    refusal != null
                            ? refusal
                            : TransportProblem.of(
                                    address, wasOpen, code, reason == null ? "" : reason, cause));
            elsewhere(this::dropSocket);
        }

        @Override
        public void onError(Exception e) {
            if (cause == null) cause = e instanceof UncheckedIOException io ? io.getCause() : e;
            log.debug("{}: {}", address, e.toString());
        }
    }
}
