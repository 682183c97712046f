package dev.wormhole.server.testkit;

import static org.awaitility.Awaitility.await;

import dev.wormhole.protocol.ByteString;
import dev.wormhole.protocol.ClientMessage;
import dev.wormhole.protocol.Decoded;
import dev.wormhole.protocol.Endpoint;
import dev.wormhole.protocol.ErrorCode;
import dev.wormhole.protocol.Feature;
import dev.wormhole.protocol.Frame;
import dev.wormhole.protocol.FrameCodec;
import dev.wormhole.protocol.Limits;
import dev.wormhole.protocol.MessageCodec;
import dev.wormhole.protocol.RespawnMode;
import dev.wormhole.protocol.ServerMessage;
import dev.wormhole.protocol.SessionEntry;
import dev.wormhole.protocol.SessionId;
import dev.wormhole.protocol.TerminalSize;
import dev.wormhole.terminal.screen.Screen;

import org.java_websocket.client.WebSocketClient;
import org.java_websocket.handshake.ServerHandshake;
import org.jspecify.annotations.Nullable;

import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * A client that folds what the server says into a list of messages and, for each channel, the bytes
 * with the messages that stood among them.
 */
public final class TestClient implements AutoCloseable {

    public static final Duration PATIENCE = Duration.ofSeconds(60);

    private static final Duration CLOSING = Duration.ofSeconds(10);

    /** One message with its reference and how many bytes its channel had brought before it. */
    public record Heard(ServerMessage message, @Nullable String ref, int bytesBefore) {}

    private final Socket socket;
    private final AtomicInteger refs = new AtomicInteger();

    // Guarded by this.
    private final List<Heard> heard = new ArrayList<>();
    private final Map<Integer, ByteArrayOutputStream> output = new HashMap<>();
    private int closeCode = -1;
    private final long[] received = new long[Limits.MAX_CHANNEL + 1];
    private final long[] acknowledged = new long[Limits.MAX_CHANNEL + 1];
    private final Map<Integer, FoldedScreen> screens = new HashMap<>();
    private boolean acknowledges;
    private boolean folds;
    private boolean paused;

    private TestClient(URI uri, Map<String, String> headers) {
        socket = new Socket(uri, headers);
    }

    /** Connects with the endpoint's token; fails the test if that is refused. */
    public static TestClient connect(Endpoint endpoint) {
        TestClient client = unconnected(URI.create(endpoint.url()), headers(endpoint.token()));
        if (!client.open()) throw new AssertionError("the server refused the handshake");
        return client;
    }

    public static TestClient unconnected(URI uri, Map<String, String> headers) {
        return new TestClient(uri, headers);
    }

    public static Map<String, String> headers(String token) {
        return new HashMap<>(Map.of("Authorization", "Bearer " + token));
    }

    public boolean open() {
        try {
            return socket.connectBlocking(10, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    public WebSocketClient raw() {
        return socket;
    }

    /** Says hello with these features; with {@code ACK} everything is acknowledged as it comes. */
    public ServerMessage.Hello hello(Feature... features) {
        synchronized (this) {
            acknowledges = List.of(features).contains(Feature.ACK);
        }
        return (ServerMessage.Hello)
                ask(
                        new ClientMessage.Hello(
                                Limits.PROTOCOL,
                                java.util.Arrays.stream(features).map(Feature::wireName).toList(),
                                "test",
                                null));
    }

    /** Says hello as a client that numbers its input. */
    public void helloNumbering(UUID clientId) {
        ask(
                new ClientMessage.Hello(
                        Limits.PROTOCOL,
                        List.of(Feature.INPUT.wireName()),
                        "test",
                        clientId.toString()));
    }

    /** From now on only {@link #acknowledge} does. */
    public synchronized void acknowledgeByHand() {
        acknowledges = false;
    }

    /** Acknowledges what a channel has brought; how many bytes that is more than the last time. */
    public synchronized long acknowledge(int channel) {
        long news = received[channel] - acknowledged[channel];
        acknowledged[channel] = received[channel];
        if (news > 0) {
            var ack = new ClientMessage.OutputAck(channel, 0, received[channel]);
            socket.send(FrameCodec.encode(new Frame.Control(MessageCodec.encode(ack, null))));
        }
        return news;
    }

    /** Data bytes that a channel has brought since the connection opened. */
    public synchronized long received(int channel) {
        return received[channel];
    }

    // ---- saying

    public String send(ClientMessage message) {
        String ref = "r" + refs.incrementAndGet();
        socket.send(FrameCodec.encode(new Frame.Control(MessageCodec.encode(message, ref))));
        return ref;
    }

    public void sendControl(String json) {
        socket.send(FrameCodec.encode(new Frame.Control(ByteString.utf8(json))));
    }

    public void type(int channel, String text) {
        socket.send(FrameCodec.encode(new Frame.Data(channel, ByteString.utf8(text))));
    }

    /** Asks and waits for the answer that repeats the reference. */
    public ServerMessage ask(ClientMessage message) {
        return answerTo(send(message));
    }

    public ServerMessage answerTo(String ref) {
        return hear(h -> ref.equals(h.ref())).message();
    }

    public ServerMessage.Created create() {
        return create(new TerminalSize(80, 24));
    }

    public ServerMessage.Created create(TerminalSize size) {
        return create(shell(size, null));
    }

    public ServerMessage.Created create(ClientMessage.Create create) {
        return (ServerMessage.Created) ask(create);
    }

    /** A plain sh with a prompt that cannot be mistaken for an echo. */
    public static ClientMessage.Create shell(TerminalSize size, @Nullable String cwd) {
        return new ClientMessage.Create(
                size,
                null,
                cwd,
                List.of(),
                Map.of("SHELL", "/bin/sh", "PS1", "$ ", "ENV", ""),
                null);
    }

    public ServerMessage.Created attach(SessionId id) {
        return attach(
                new ClientMessage.Attach(
                        id, new TerminalSize(80, 24), null, null, false, RespawnMode.AUTO));
    }

    public ServerMessage.Created attach(ClientMessage.Attach attach) {
        return (ServerMessage.Created) ask(attach);
    }

    public List<SessionEntry> list() {
        return ((ServerMessage.Sessions) ask(new ClientMessage.ListRequest())).sessions();
    }

    public SessionEntry entry(SessionId id) {
        return list().stream().filter(e -> e.id().equals(id)).findFirst().orElseThrow();
    }

    /** Everything that was said before now has been handled when this returns. */
    public void fence() {
        ask(new ClientMessage.Ping());
    }

    // ---- hearing

    /** The next message not yet taken that fits; it is taken. */
    public Heard hear(Predicate<Heard> fits) {
        await().atMost(PATIENCE).pollInterval(Duration.ofMillis(5)).until(() -> find(fits) != null);
        synchronized (this) {
            Heard found = find(fits);
            heard.remove(found);
            return java.util.Objects.requireNonNull(found);
        }
    }

    public <M extends ServerMessage> M hear(Class<M> type) {
        return type.cast(hear(h -> type.isInstance(h.message())).message());
    }

    public ServerMessage.Failure hearError(ErrorCode code) {
        return (ServerMessage.Failure)
                hear(h -> h.message() instanceof ServerMessage.Failure f && f.code() == code)
                        .message();
    }

    /** What was heard and not taken. */
    public synchronized List<Heard> rest() {
        return List.copyOf(heard);
    }

    public synchronized boolean heardNo(Class<? extends ServerMessage> type) {
        return heard.stream().noneMatch(h -> type.isInstance(h.message()));
    }

    public synchronized byte[] bytes(int channel) {
        ByteArrayOutputStream bytes = output.get(channel);
        return bytes == null ? new byte[0] : bytes.toByteArray();
    }

    public String text(int channel) {
        return new String(bytes(channel), StandardCharsets.UTF_8);
    }

    public void awaitText(int channel, String text) {
        await().atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(5))
                .until(() -> text(channel).contains(text));
    }

    /** From now on every channel draws a screen, as a client's does. */
    public synchronized void foldScreens() {
        folds = true;
    }

    /** Looks at a channel's screen. */
    public synchronized <T> T screen(int channel, Function<Screen, T> look) {
        return look.apply(screens.get(channel).screen());
    }

    /** The visible lines of a channel's screen. */
    public synchronized String drawn(int channel) {
        FoldedScreen folded = screens.get(channel);
        return folded == null ? "" : folded.text();
    }

    /** What is drawn, with the scrollback before it. */
    public synchronized String drawnSinceTheBeginning(int channel) {
        return screens.get(channel).allText();
    }

    public void awaitDrawn(int channel, String text) {
        await().atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(5))
                .until(() -> drawn(channel).contains(text));
    }

    public synchronized void forget(int channel) {
        output.remove(channel);
    }

    public int awaitClose() {
        await().atMost(PATIENCE).until(() -> closeCode() >= 0);
        return closeCode();
    }

    private synchronized int closeCode() {
        return closeCode;
    }

    /** Stops reading the socket, as a stalled client does; TCP pushes back. */
    public synchronized void pause() {
        paused = true;
    }

    public synchronized void resume() {
        paused = false;
        notifyAll();
    }

    @Override
    public void close() {
        resume();
        // A connection that was refused may never tell that it is closed: it is not waited for.
        Thread closing = Thread.ofVirtual().start(this::closeSocket);
        try {
            closing.join(CLOSING);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private void closeSocket() {
        try {
            socket.closeBlocking();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private synchronized @Nullable Heard find(Predicate<Heard> fits) {
        return heard.stream().filter(fits).findFirst().orElse(null);
    }

    private synchronized void take(ByteBuffer message) {
        try {
            while (paused) wait();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        switch (FrameCodec.decode(message)) {
            case Frame.Empty() -> throw new AssertionError("the server sent an empty message");
            case Frame.Data(int channel, ByteString bytes) -> {
                output.computeIfAbsent(channel, _ -> new ByteArrayOutputStream())
                        .writeBytes(bytes.toArray());
                received[channel] += bytes.length();
                FoldedScreen folded = screens.get(channel);
                if (folded != null) folded.data(bytes);
                if (acknowledges) acknowledge(channel);
            }
            case Frame.Control(ByteString json) -> {
                if (!(MessageCodec.decodeServer(json)
                        instanceof
                        Decoded.Message<ServerMessage>(ServerMessage said, String ref))) {
                    throw new AssertionError("not a message: " + json.toUtf8());
                }
                heard.add(new Heard(said, ref, bytesOf(said)));
                if (folds) fold(said);
            }
        }
    }

    private void fold(ServerMessage message) {
        switch (message) {
            case ServerMessage.Created created -> {
                if (created.created()) {
                    screens.put(created.channel(), new FoldedScreen(created.size()));
                } else {
                    screens.computeIfAbsent(
                            created.channel(), _ -> new FoldedScreen(created.size()));
                }
            }
            case ServerMessage.Resync resync -> screens.get(resync.channel()).resync(resync);
            case ServerMessage.Size size -> screens.get(size.channel()).resize(size.size());
            default -> {}
        }
    }

    private int bytesOf(ServerMessage message) {
        Integer channel =
                switch (message) {
                    case ServerMessage.Resync m -> m.channel();
                    case ServerMessage.Size m -> m.channel();
                    case ServerMessage.Respawned m -> m.channel();
                    case ServerMessage.Exit m -> m.channel();
                    default -> null;
                };
        return channel == null ? 0 : bytes(channel).length;
    }

    private final class Socket extends WebSocketClient {

        Socket(URI uri, Map<String, String> headers) {
            super(
                    uri,
                    new org.java_websocket.drafts.Draft_6455(
                            List.of(),
                            List.of(new org.java_websocket.protocols.Protocol("wormhole.v1")),
                            1 << 20),
                    headers,
                    5000);
            setTcpNoDelay(true);
            setConnectionLostTimeout(0);
        }

        @Override
        public void onOpen(ServerHandshake handshake) {}

        @Override
        public void onMessage(String message) {
            throw new AssertionError("the server sent a text message");
        }

        @Override
        public void onMessage(ByteBuffer message) {
            take(message);
        }

        @Override
        public void onClose(int code, String reason, boolean remote) {
            synchronized (TestClient.this) {
                closeCode = code;
            }
        }

        @Override
        public void onError(Exception error) {}
    }
}
