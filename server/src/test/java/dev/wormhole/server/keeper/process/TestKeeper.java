package dev.wormhole.server.keeper.process;

import dev.wormhole.protocol.SessionId;
import dev.wormhole.protocol.TerminalSize;
import dev.wormhole.server.keeper.wire.KeeperEndpoint;
import dev.wormhole.server.keeper.wire.KeeperFiles;
import dev.wormhole.server.keeper.wire.Role;
import dev.wormhole.server.keeper.wire.ToKeeper;
import dev.wormhole.server.pty.ProcessKey;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A keeper on a thread of this JVM, and connections to it. */
final class TestKeeper implements AutoCloseable {

    static final TerminalSize SIZE = new TerminalSize(80, 24);

    /** As the standard ones, but for tests that must not wait. */
    static final KeeperPauses PAUSES =
            new KeeperPauses(
                    Duration.ofSeconds(60),
                    Duration.ofSeconds(60),
                    Duration.ofMillis(500),
                    List.of(Duration.ofMillis(10)));

    /** Small enough to be filled. */
    static final KeeperLimits SMALL =
            new KeeperLimits(256 << 10, 4 << 20, 64 << 10, 128 << 10, 64 << 10);

    final KeeperFiles files;
    final Path data;
    private final Keeper keeper;
    private final Thread thread;
    private volatile Throwable failure;

    TestKeeper(Path data) throws IOException {
        this(data, KeeperLimits.STANDARD, PAUSES, false);
    }

    TestKeeper(Path data, KeeperLimits limits, KeeperPauses pauses, boolean loopback)
            throws IOException {
        this.data = data;
        files = KeeperFiles.random(data);
        keeper = Keeper.open(new KeeperOptions(data, files, "test", loopback, limits, pauses));
        thread =
                Thread.ofPlatform()
                        .name("test-keeper")
                        .start(
                                () -> {
                                    try {
                                        keeper.run();
                                    } catch (Throwable e) {
                                        failure = e;
                                    }
                                });
    }

    KeeperEndpoint endpoint() throws IOException {
        return files.read().orElseThrow();
    }

    /** A connection that has said nothing yet. */
    TestPeer connect() throws IOException {
        return TestPeer.to(endpoint().door());
    }

    TestPeer control() throws Exception {
        return connect().hello(Role.CONTROL);
    }

    TestPeer open(ProcessKey key, long from, long event) throws Exception {
        TestPeer peer = connect().hello(Role.PROCESS);
        peer.say(new ToKeeper.Open(key, from, event));
        return peer;
    }

    boolean isAlive() {
        return thread.isAlive();
    }

    void awaitEnd() {
        try {
            thread.join();
        } catch (InterruptedException e) {
            throw new AssertionError("the keeper does not end", e);
        }
        if (failure != null) throw new AssertionError("the keeper died", failure);
    }

    /** Ends the keeper and fails the test if that died. */
    @Override
    public void close() {
        keeper.close();
        awaitEnd();
    }

    static ProcessKey newKey() {
        return new ProcessKey(SessionId.random(), 1);
    }

    /** A process that a shell runs these words in. */
    static ToKeeper.Spawn shell(ProcessKey key, String words) {
        return spawn(key, 0, false, "/bin/sh", "-c", words);
    }

    static ToKeeper.Spawn spawn(
            ProcessKey key, long origin, boolean neverSpill, String... command) {
        Map<String, String> env = new HashMap<>(Map.of("TERM", "xterm-256color", "PS1", "$ "));
        env.put("PATH", System.getenv("PATH"));
        return new ToKeeper.Spawn(
                1, key, origin, 1, SIZE, neverSpill, "/", List.of(command), env, "a note");
    }
}
