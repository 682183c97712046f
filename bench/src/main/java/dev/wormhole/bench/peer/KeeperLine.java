package dev.wormhole.bench.peer;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * One connection to a keeper: as much of its protocol 1 as a reader of terminals needs
 * (docs/keeper.md). One thread reads; writing is safe from any.
 */
final class KeeperLine implements AutoCloseable {

    static final int WELCOME = 0x41;
    static final int SPAWNED = 0x42;
    static final int OPENED = 0x51;
    static final int BYTES = 0x61;

    private static final int HELLO = 0x01;
    private static final int SPAWN = 0x02;
    private static final int SHUTDOWN = 0x07;
    private static final int OPEN = 0x11;
    private static final int INPUT = 0x12;
    private static final int CONFIRM = 0x14;

    /** More than the longest frame of a process. */
    private static final int READ_BYTES = 256 << 10;

    /** More than what is said here ever takes. */
    private static final int FRAME_BYTES = 64 << 10;

    private static final long GENERATION = 1;

    private final SocketChannel socket;
    private final ByteBuffer in = ByteBuffer.allocateDirect(READ_BYTES).flip();

    private KeeperLine(SocketChannel socket) {
        this.socket = socket;
    }

    /**
     * @param forProcess else it is the control connection
     */
    static KeeperLine connect(Path door, boolean forProcess) throws IOException {
        var line = new KeeperLine(SocketChannel.open(StandardProtocolFamily.UNIX));
        try {
            line.socket.connect(UnixDomainSocketAddress.of(door));
            ByteBuffer hello = frame(HELLO).putShort((short) 1).put((byte) (forProcess ? 1 : 0));
            // No token: the socket tells who connects.
            line.say(text(hello.putInt(0), "bench"));
            line.await(WELCOME);
            return line;
        } catch (IOException e) {
            line.close();
            throw e;
        }
    }

    void spawn(UUID id, List<String> command, Map<String, String> environment, Path directory)
            throws IOException {
        ByteBuffer frame = key(frame(SPAWN).putInt(1), id).putLong(0).putLong(0);
        frame.putShort((short) Place.COLUMNS).putShort((short) Place.ROWS).put((byte) 0);
        text(frame, directory.toString()).putInt(command.size());
        command.forEach(word -> text(frame, word));
        frame.putInt(environment.size());
        environment.forEach((name, value) -> text(text(frame, name), value));
        say(text(frame, ""));
        await(SPAWNED);
    }

    void open(UUID id) throws IOException {
        say(key(frame(OPEN), id).putLong(0).putLong(0));
        await(OPENED);
    }

    void type(byte[] bytes) throws IOException {
        say(frame(INPUT).put(new byte[16]).putLong(0).putInt(bytes.length).put(bytes));
    }

    void confirm(long offset) throws IOException {
        say(frame(CONFIRM).putLong(offset).putLong(0));
    }

    void shutdown() throws IOException {
        say(frame(SHUTDOWN));
    }

    /** Type and payload of the next frame, good until the next call. */
    ByteBuffer next() throws IOException {
        while (in.remaining() < 4 || in.remaining() < 4 + in.getInt(in.position())) {
            in.compact();
            int count = socket.read(in);
            in.flip();
            if (count < 0) throw new IOException("the keeper hung up");
        }
        int length = in.getInt();
        ByteBuffer frame = in.slice(in.position(), length);
        in.position(in.position() + length);
        return frame;
    }

    private void await(int type) throws IOException {
        ByteBuffer frame = next();
        int said = frame.get() & 0xff;
        if (said != type) throw new IOException("the keeper said " + said + ", not " + type);
    }

    private static ByteBuffer frame(int type) {
        return ByteBuffer.allocate(FRAME_BYTES).putInt(0).put((byte) type);
    }

    private static ByteBuffer key(ByteBuffer frame, UUID id) {
        return frame.putLong(id.getMostSignificantBits())
                .putLong(id.getLeastSignificantBits())
                .putLong(GENERATION);
    }

    private static ByteBuffer text(ByteBuffer frame, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        return frame.putInt(bytes.length).put(bytes);
    }

    private synchronized void say(ByteBuffer frame) throws IOException {
        frame.putInt(0, frame.position() - 4).flip();
        while (frame.hasRemaining()) socket.write(frame);
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
