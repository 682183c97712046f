package dev.wormhole.bench.peer;

import dev.wormhole.protocol.ByteString;
import dev.wormhole.protocol.ClientMessage;
import dev.wormhole.protocol.Decoded;
import dev.wormhole.protocol.Endpoint;
import dev.wormhole.protocol.Feature;
import dev.wormhole.protocol.Frame;
import dev.wormhole.protocol.FrameCodec;
import dev.wormhole.protocol.Limits;
import dev.wormhole.protocol.MessageCodec;
import dev.wormhole.protocol.ServerMessage;

import org.java_websocket.client.WebSocketClient;
import org.java_websocket.drafts.Draft_6455;
import org.java_websocket.exceptions.WebsocketNotConnectedException;
import org.java_websocket.handshake.ServerHandshake;
import org.java_websocket.protocols.Protocol;
import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.Consumer;

/**
 * One connection to a session server, over the library that the window uses, with nothing behind it
 * but the count of what came.
 *
 * <p>Safe from any thread; the library's reading thread hears.
 */
final class Wire implements AutoCloseable {

    private final Socket socket;
    private final Pace.Clock clock;
    private final AtomicInteger refs = new AtomicInteger();
    private final Map<String, CompletableFuture<ServerMessage>> asked = new ConcurrentHashMap<>();
    private final AtomicReferenceArray<@Nullable WireSeat> seats =
            new AtomicReferenceArray<>(Limits.MAX_CHANNEL + 1);
    private final Consumer<ByteBuffer> ear;
    private volatile Set<Feature> features = Set.of();

    private Wire(Endpoint endpoint, Pace pace, Consumer<ByteBuffer> ear) {
        this.ear = ear;
        clock = pace.clock();
        socket = new Socket(URI.create(endpoint.url()), endpoint.token());
    }

    static Wire connect(Endpoint endpoint, Set<Feature> wanted, Pace pace) throws IOException {
        return connect(endpoint, wanted, pace, _ -> {});
    }

    /**
     * @param ear gets the data of all channels, on the reading thread; it may consume the buffer
     */
    static Wire connect(Endpoint endpoint, Set<Feature> wanted, Pace pace, Consumer<ByteBuffer> ear)
            throws IOException {
        var wire = new Wire(endpoint, pace, ear);
        try {
            if (!wire.socket.connectBlocking(20, TimeUnit.SECONDS)) {
                throw new IOException("the server took no connection");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
        List<String> words = wanted.stream().map(Feature::wireName).toList();
        var hello =
                wire.ask(
                        new ClientMessage.Hello(1, words, "bench", null),
                        ServerMessage.Hello.class);
        var common = EnumSet.noneOf(Feature.class);
        for (Feature feature : wanted) {
            if (hello.features().contains(feature.wireName())) common.add(feature);
        }
        wire.features = common;
        return wire;
    }

    /** Whether both ends know it. */
    boolean offers(Feature feature) {
        return features.contains(feature);
    }

    <M extends ServerMessage> M ask(ClientMessage message, Class<M> answer) throws IOException {
        String ref = "b" + refs.incrementAndGet();
        var future = new CompletableFuture<ServerMessage>();
        asked.put(ref, future);
        say(message, ref);
        try {
            ServerMessage said = future.get(Host.PATIENCE.toSeconds(), TimeUnit.SECONDS);
            if (answer.isInstance(said)) return answer.cast(said);
            throw new IOException("the server said " + said);
        } catch (ExecutionException | TimeoutException e) {
            throw new IOException("no answer to " + message.getClass().getSimpleName(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }

    private void say(ClientMessage message, @Nullable String ref) {
        transmit(new Frame.Control(MessageCodec.encode(message, ref)));
    }

    void acknowledge(ClientMessage.OutputAck ack) {
        if (offers(Feature.ACK)) say(ack, null);
    }

    void type(int channel, byte[] bytes) {
        transmit(new Frame.Data(channel, ByteString.copyOf(bytes)));
    }

    private void transmit(Frame frame) {
        try {
            socket.send(FrameCodec.encode(frame));
        } catch (WebsocketNotConnectedException e) {
            // It closed meanwhile: whoever waits for an answer says so.
            return;
        }
    }

    WireSeat seat(int channel) {
        return Objects.requireNonNull(seats.get(channel));
    }

    @Override
    public void close() {
        socket.close();
    }

    private void hear(ByteBuffer message) {
        int channel = message.get(message.position()) & 0xff;
        if (channel == Limits.CONTROL_CHANNEL) {
            control(FrameCodec.decode(message));
            if (socket.isDrained()) acknowledgeAll();
            return;
        }
        message.position(message.position() + 1);
        clock.took(message.remaining());
        ear.accept(message.duplicate());
        WireSeat seat = seats.get(channel);
        if (seat != null) seat.output(message, socket.isDrained());
    }

    /** A message behind the last output took the place of "nothing more has come". */
    private void acknowledgeAll() {
        for (int channel = 0; channel < seats.length(); channel++) {
            WireSeat seat = seats.get(channel);
            if (seat != null) seat.acknowledgeRest();
        }
    }

    private void control(Frame frame) {
        if (!(frame instanceof Frame.Control(ByteString json))) return;
        if (!(MessageCodec.decodeServer(json)
                instanceof Decoded.Message<ServerMessage>(ServerMessage said, String ref))) {
            return;
        }
        // Here and not by who asked: data may follow in the same read.
        if (said instanceof ServerMessage.Created made) {
            WireSeat former = seats.get(made.channel());
            seats.set(made.channel(), WireSeat.on(this, made, former));
        } else if (said instanceof ServerMessage.Resync resync) {
            seat(resync.channel()).resync(resync.offset(), resync.length());
        }
        if (ref == null) return;
        CompletableFuture<ServerMessage> future = asked.remove(ref);
        if (future != null) future.complete(said);
    }

    private final class Socket extends WebSocketClient {

        Socket(URI uri, String token) {
            super(
                    uri,
                    new Draft_6455(
                            List.of(),
                            List.of(new Protocol(Limits.SUBPROTOCOL)),
                            Limits.MESSAGE_BYTES),
                    Map.of("Authorization", "Bearer " + token),
                    5000);
            setTcpNoDelay(true);
            setConnectionLostTimeout(0);
            setDaemon(true);
        }

        boolean isDrained() {
            try {
                return getSocket().getInputStream().available() == 0;
            } catch (IOException e) {
                // It is closing: nothing more will come.
                return true;
            }
        }

        @Override
        public void onOpen(ServerHandshake handshake) {}

        @Override
        public void onMessage(String message) {}

        @Override
        public void onMessage(ByteBuffer message) {
            if (message.hasRemaining()) hear(message);
        }

        @Override
        public void onClose(int code, String reason, boolean remote) {
            if (!remote) return;
            var gone = new IOException("the server closed: " + code + " " + reason);
            asked.values().forEach(future -> future.completeExceptionally(gone));
        }

        @Override
        public void onError(Exception error) {
            asked.values().forEach(future -> future.completeExceptionally(error));
        }
    }
}
