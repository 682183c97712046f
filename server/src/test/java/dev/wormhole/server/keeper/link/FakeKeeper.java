package dev.wormhole.server.keeper.link;

import dev.wormhole.server.keeper.wire.FrameBuffer;
import dev.wormhole.server.keeper.wire.FromKeeper;
import dev.wormhole.server.keeper.wire.FromKeeperCodec;
import dev.wormhole.server.keeper.wire.KeeperEndpoint;
import dev.wormhole.server.keeper.wire.KeeperFiles;
import dev.wormhole.server.keeper.wire.KeeperLock;
import dev.wormhole.server.keeper.wire.Role;
import dev.wormhole.server.keeper.wire.ToKeeper;
import dev.wormhole.server.keeper.wire.ToKeeperCodec;
import dev.wormhole.server.keeper.wire.Wire;
import dev.wormhole.server.keeper.wire.WireException;
import dev.wormhole.server.pty.HeldProcess;
import dev.wormhole.server.pty.ProcessKey;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.IntSupplier;

/**
 * A keeper whose processes are scripts and whose connections break on order, at any byte: speaks
 * the real protocol on a real socket, under a real lock.
 */
final class FakeKeeper implements AutoCloseable {

    private final KeeperFiles files;
    private final KeeperLock lock;
    private final ServerSocketChannel door;
    private final Map<ProcessKey, FakeProcess> processes = new ConcurrentHashMap<>();
    private final Set<SocketChannel> open = ConcurrentHashMap.newKeySet();
    private final List<ToKeeper> heard = new CopyOnWriteArrayList<>();
    private volatile IntSupplier life = () -> Integer.MAX_VALUE;
    private volatile boolean silent;

    FakeKeeper(Path dataDirectory, String version) throws IOException {
        KeeperFiles.makeDirectory(dataDirectory);
        files = KeeperFiles.random(dataDirectory);
        lock = KeeperLock.create(files.lock()).orElseThrow();
        door = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        door.bind(UnixDomainSocketAddress.of(files.socket()), 100);
        files.write(
                new KeeperEndpoint(
                        version,
                        Wire.PROTOCOL,
                        ProcessHandle.current().pid(),
                        new KeeperEndpoint.UnixDoor(files.socket())));
        Thread.ofPlatform().daemon().name("fake-keeper").start(this::accept);
    }

    KeeperFiles files() {
        return files;
    }

    /** After how many bytes, read or written, each connection made from now on breaks. */
    void connectionsLive(IntSupplier bytes) {
        life = bytes;
    }

    /** Questions are heard and not answered. */
    void saysNothing() {
        silent = true;
    }

    /** From now on. */
    void answers() {
        silent = false;
    }

    /** What came on control connections. */
    List<ToKeeper> heard() {
        return heard;
    }

    FakeProcess process(ProcessKey key) {
        return processes.computeIfAbsent(key, FakeProcess::new);
    }

    @Nullable FakeProcess find(ProcessKey key) {
        return processes.get(key);
    }

    boolean isAlone() {
        return open.isEmpty();
    }

    void breakConnections() {
        for (SocketChannel channel : open) close(channel);
    }

    /** As after kill -9: the files stay. */
    @Override
    public void close() throws IOException {
        if (!door.isOpen()) return;
        door.close();
        breakConnections();
        lock.close();
    }

    private void accept() {
        try {
            while (true) {
                SocketChannel channel = door.accept();
                open.add(channel);
                Thread.ofPlatform()
                        .daemon()
                        .name("fake-connection")
                        .start(() -> serve(new Line(channel, life.getAsInt())));
            }
        } catch (IOException e) {
            // Closed.
        }
    }

    private void serve(Line line) {
        try {
            Role role = null;
            FakeProcess process = null;
            while (true) {
                ToKeeper message = line.read();
                if (message instanceof ToKeeper.Hello hello) {
                    role = hello.role();
                    line.write(new FromKeeper.Welcome(Wire.PROTOCOL, "fake", 1, 1));
                } else if (role == Role.CONTROL) {
                    heard.add(message);
                    if (!silent) answer(line, message);
                } else if (message instanceof ToKeeper.Open wanted) {
                    process = processes.get(wanted.key());
                    if (process == null) {
                        line.write(new FromKeeper.Refused("no such process"));
                        return;
                    }
                    process.opened(line, wanted);
                } else if (process != null) {
                    if (message instanceof ToKeeper.Forget) {
                        processes.remove(process.key());
                        return;
                    }
                    process.told(line, message);
                }
            }
        } catch (IOException | WireException e) {
            // The other end went, or the life of this connection is over.
        } finally {
            close(line.channel);
        }
    }

    private void answer(Line line, ToKeeper message) throws IOException {
        switch (message) {
            case ToKeeper.Spawn spawn when spawn.command().getFirst().equals("missing") ->
                    line.write(new FromKeeper.SpawnFailed(spawn.ref(), "no such program: missing"));
            case ToKeeper.Spawn spawn -> {
                FakeProcess process = process(spawn.key());
                line.write(new FromKeeper.Spawned(spawn.ref(), spawn.key(), process.pid()));
            }
            case ToKeeper.ListProcesses list -> {
                // One a part, as a long list would come.
                for (FakeProcess process : processes.values())
                    line.write(new FromKeeper.Processes(list.ref(), true, List.of(held(process))));
                line.write(new FromKeeper.Processes(list.ref(), false, List.of()));
            }
            case ToKeeper.End end -> {
                processes.remove(end.key());
                line.write(new FromKeeper.Ended(end.ref(), end.key()));
            }
            case ToKeeper.Ping ping ->
                    line.write(new FromKeeper.Pong(ping.ref(), 3, 2, 1, processes.size()));
            case ToKeeper.Shutdown _ -> close();
            default -> {}
        }
    }

    private static HeldProcess held(FakeProcess process) {
        return new HeldProcess(
                process.key(), process.pid(), false, 0, 0, 0, FakeProcess.SIZE, "note");
    }

    private void close(SocketChannel channel) {
        open.remove(channel);
        try {
            channel.close();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    /** One connection and the bytes that it has left to live. */
    static final class Line {

        private final SocketChannel channel;
        private final FrameBuffer frames = new FrameBuffer(Wire.MAX_FRAME);
        private int toRead;
        private int toWrite;

        Line(SocketChannel channel, int life) {
            this.channel = channel;
            this.toRead = life;
            this.toWrite = life;
        }

        ToKeeper read() throws IOException, WireException {
            while (true) {
                ByteBuffer frame = frames.next();
                if (frame != null) {
                    ToKeeper message = ToKeeperCodec.decode(frame);
                    if (message != null) return message;
                    continue;
                }
                ByteBuffer space = ByteBuffer.allocate(Math.min(64 << 10, toRead));
                int count = toRead == 0 ? -1 : channel.read(space);
                if (count < 0) throw new IOException("over");
                toRead -= count;
                frames.add(space.flip());
            }
        }

        synchronized void write(FromKeeper message) throws IOException {
            ByteBuffer frame = FromKeeperCodec.encode(message);
            if (frame.remaining() > toWrite) frame.limit(frame.position() + toWrite);
            toWrite -= frame.remaining();
            while (frame.hasRemaining()) channel.write(frame);
            if (toWrite > 0) return;
            channel.close();
            throw new IOException("over");
        }

        boolean isOpen() {
            return channel.isOpen();
        }
    }
}
