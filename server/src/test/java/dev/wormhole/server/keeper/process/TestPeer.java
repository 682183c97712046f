package dev.wormhole.server.keeper.process;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wormhole.protocol.ByteString;
import dev.wormhole.server.keeper.wire.FrameBuffer;
import dev.wormhole.server.keeper.wire.FromKeeper;
import dev.wormhole.server.keeper.wire.FromKeeperCodec;
import dev.wormhole.server.keeper.wire.KeeperEndpoint;
import dev.wormhole.server.keeper.wire.Role;
import dev.wormhole.server.keeper.wire.ToKeeper;
import dev.wormhole.server.keeper.wire.ToKeeperCodec;
import dev.wormhole.server.keeper.wire.Wire;
import dev.wormhole.server.keeper.wire.WireException;
import dev.wormhole.server.pty.ClientKey;
import dev.wormhole.server.pty.ProcessKey;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;

/**
 * The other end of one connection, blocking. It holds every stream of output to its offsets, and
 * hears nothing that it does not ask for.
 */
final class TestPeer implements AutoCloseable {

    private final SocketChannel socket;
    private final ByteString token;
    private final FrameBuffer frames = new FrameBuffer(Wire.MAX_FRAME);

    /** What was heard of output; {@code start} is the offset of its first byte. */
    final ByteArrayOutputStream output = new ByteArrayOutputStream();

    private long start = -1;

    private TestPeer(SocketChannel socket, ByteString token) {
        this.socket = socket;
        this.token = token;
    }

    static TestPeer to(KeeperEndpoint.Door door) throws IOException {
        return switch (door) {
            case KeeperEndpoint.UnixDoor unix ->
                    new TestPeer(
                            SocketChannel.open(UnixDomainSocketAddress.of(unix.socket())),
                            ByteString.EMPTY);
            case KeeperEndpoint.LoopbackDoor loopback ->
                    new TestPeer(
                            SocketChannel.open(
                                    new InetSocketAddress(
                                            InetAddress.getLoopbackAddress(), loopback.port())),
                            loopback.token());
        };
    }

    TestPeer hello(Role role) throws Exception {
        say(new ToKeeper.Hello(Wire.PROTOCOL, role, token, "test"));
        assertThat(hear()).isInstanceOf(FromKeeper.Welcome.class);
        return this;
    }

    void say(ToKeeper message) throws IOException {
        raw(ToKeeperCodec.encode(message));
    }

    void raw(ByteBuffer bytes) throws IOException {
        while (bytes.hasRemaining()) socket.write(bytes);
    }

    void type(String text) throws IOException {
        say(new ToKeeper.Input(null, 0, ByteString.utf8(text)));
    }

    void type(ClientKey client, long from, String text) throws IOException {
        say(new ToKeeper.Input(client, from, ByteString.utf8(text)));
    }

    /** The next message; null at the end of the connection. */
    FromKeeper hear() throws IOException, WireException {
        while (true) {
            ByteBuffer frame = frames.next();
            if (frame != null) {
                FromKeeper message = FromKeeperCodec.decode(frame);
                if (message instanceof FromKeeper.Bytes bytes) collect(bytes);
                return message;
            }
            ByteBuffer space = frames.space(64 << 10);
            int count = read(space);
            if (count < 0) return null;
            frames.filled(count);
        }
    }

    private int read(ByteBuffer space) throws IOException {
        try {
            return socket.read(space);
        } catch (IOException e) {
            // Reset: the keeper closed while something of ours was on its way.
            return -1;
        }
    }

    private void collect(FromKeeper.Bytes bytes) {
        if (start < 0) start = bytes.offset();
        assertThat(bytes.offset()).as("no gap, nothing twice").isEqualTo(end());
        assertThat(bytes.bytes().length()).isBetween(1, Wire.MAX_BYTES);
        output.writeBytes(bytes.bytes().toArray());
    }

    /** Offset behind the last byte heard. */
    long end() {
        return start + output.size();
    }

    long start() {
        return start;
    }

    /** The next message of this kind; those before are passed over. */
    <M extends FromKeeper> M await(Class<M> kind) throws Exception {
        while (true) {
            FromKeeper message = hear();
            if (message == null) throw new AssertionError("the connection ended");
            if (kind.isInstance(message)) return kind.cast(message);
        }
    }

    /** Hears until the output contains this. */
    void awaitOutput(String text) throws Exception {
        while (!text().contains(text)) await(FromKeeper.Bytes.class);
    }

    String text() {
        return output.toString(StandardCharsets.UTF_8);
    }

    void awaitEnd() throws Exception {
        while (hear() != null) {
            // What comes before the end does not matter.
        }
    }

    /** Starts the process; its pid. */
    long spawn(ToKeeper.Spawn spawn) throws Exception {
        say(spawn);
        FromKeeper.Spawned spawned = await(FromKeeper.Spawned.class);
        assertThat(spawned.key()).isEqualTo(spawn.key());
        return spawned.pid();
    }

    void end(ProcessKey key) throws Exception {
        say(new ToKeeper.End(99, key));
        assertThat(await(FromKeeper.Ended.class).key()).isEqualTo(key);
    }

    FromKeeper.Pong ping() throws Exception {
        say(new ToKeeper.Ping(5));
        return await(FromKeeper.Pong.class);
    }

    FromKeeper.Processes list() throws Exception {
        say(new ToKeeper.ListProcesses(3));
        return await(FromKeeper.Processes.class);
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
