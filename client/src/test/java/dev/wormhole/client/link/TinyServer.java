package dev.wormhole.client.link;

import dev.wormhole.protocol.Frame;
import dev.wormhole.protocol.FrameCodec;
import dev.wormhole.protocol.Limits;

import org.java_websocket.WebSocket;
import org.java_websocket.drafts.Draft;
import org.java_websocket.drafts.Draft_6455;
import org.java_websocket.exceptions.InvalidDataException;
import org.java_websocket.handshake.ClientHandshake;
import org.java_websocket.handshake.ServerHandshakeBuilder;
import org.java_websocket.protocols.Protocol;
import org.java_websocket.server.DefaultSSLWebSocketServerFactory;
import org.java_websocket.server.WebSocketServer;

import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/** A real WebSocket server on loopback that echoes frames and remembers what it heard. */
final class TinyServer extends WebSocketServer {

    private static final String PASSWORD = "changeit";

    final BlockingQueue<ClientHandshake> handshakes = new LinkedBlockingQueue<>();
    final BlockingQueue<Frame> received = new LinkedBlockingQueue<>();
    final BlockingQueue<Integer> closeCodes = new LinkedBlockingQueue<>();

    private final BlockingQueue<WebSocket> peers = new LinkedBlockingQueue<>();
    private final CountDownLatch started = new CountDownLatch(1);
    private final boolean refuses;
    private final String scheme;

    private TinyServer(boolean refuses, String scheme) {
        super(
                new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
                1,
                List.<Draft>of(
                        new Draft_6455(
                                List.of(),
                                List.of(new Protocol(Limits.SUBPROTOCOL)),
                                2 * Limits.MESSAGE_BYTES)));
        this.refuses = refuses;
        this.scheme = scheme;
        setReuseAddr(true);
        setDaemon(true);
    }

    static TinyServer plain() {
        return new TinyServer(false, "ws");
    }

    static TinyServer refusing() {
        return new TinyServer(true, "ws");
    }

    /** A self-signed certificate of this name with its key, made in the folder. */
    static SSLContext selfSigned(Path folder, String subject) throws Exception {
        Path store = folder.resolve("server.p12");
        var keytool =
                new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                        "-genkeypair",
                        "-keyalg",
                        "EC",
                        "-alias",
                        "server",
                        "-dname",
                        subject,
                        "-validity",
                        "2",
                        "-storetype",
                        "PKCS12",
                        "-keystore",
                        store.toString(),
                        "-storepass",
                        PASSWORD);
        Process process =
                keytool.redirectErrorStream(true)
                        .redirectOutput(folder.resolve("keytool.log").toFile())
                        .start();
        if (process.waitFor() != 0) throw new AssertionError("keytool failed");
        KeyStore keys = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(store)) {
            keys.load(in, PASSWORD.toCharArray());
        }
        var managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        managers.init(keys, PASSWORD.toCharArray());
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(managers.getKeyManagers(), null, null);
        return context;
    }

    static TinyServer secure(SSLContext context) {
        var server = new TinyServer(false, "wss");
        server.setWebSocketFactory(new DefaultSSLWebSocketServerFactory(context));
        return server;
    }

    void begin() throws InterruptedException {
        start();
        if (!started.await(30, TimeUnit.SECONDS)) throw new AssertionError("did not start");
    }

    String url() {
        return scheme + "://127.0.0.1:" + getPort() + "/";
    }

    /** A header of the first handshake. */
    String handshake(String header) {
        ClientHandshake handshake = handshakes.peek();
        if (handshake == null) throw new AssertionError("no handshake");
        return handshake.getFieldValue(header);
    }

    /** The connection that was opened last and not asked for yet. */
    WebSocket peer() throws InterruptedException {
        WebSocket peer = peers.poll(30, TimeUnit.SECONDS);
        if (peer == null) throw new AssertionError("nobody connected");
        return peer;
    }

    void end() throws InterruptedException {
        stop(1_000);
    }

    @Override
    public ServerHandshakeBuilder onWebsocketHandshakeReceivedAsServer(
            WebSocket peer, Draft draft, ClientHandshake request) throws InvalidDataException {
        handshakes.add(request);
        if (refuses) throw new InvalidDataException(1008, "refused");
        return super.onWebsocketHandshakeReceivedAsServer(peer, draft, request);
    }

    @Override
    public void onOpen(WebSocket peer, ClientHandshake handshake) {
        peers.add(peer);
    }

    @Override
    public void onMessage(WebSocket peer, ByteBuffer message) {
        Frame frame = FrameCodec.decode(message);
        received.add(frame);
        if (peer.isOpen()) peer.send(FrameCodec.encode(frame));
    }

    @Override
    public void onMessage(WebSocket peer, String text) {}

    @Override
    public void onClose(WebSocket peer, int code, String reason, boolean remote) {
        closeCodes.add(code);
    }

    @Override
    public void onError(WebSocket peer, Exception e) {}

    @Override
    public void onStart() {
        started.countDown();
    }
}
