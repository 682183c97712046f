package dev.wormhole.server.testkit;

import static org.awaitility.Awaitility.await;

import dev.wormhole.server.KeeperHands;
import dev.wormhole.server.keeper.process.Keeper;
import dev.wormhole.server.keeper.process.KeeperOptions;
import dev.wormhole.server.keeper.wire.KeeperFiles;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;

/** Real keepers on threads of this JVM. Closing ends their processes. */
public final class TestKeepers implements AutoCloseable {

    private record Running(Keeper keeper, Thread thread) {}

    private final String version;
    private final List<Running> running = new CopyOnWriteArrayList<>();

    public TestKeepers(String version) {
        this.version = version;
    }

    /** They start no server again: the test is who does. */
    public KeeperHands hands() {
        return new KeeperHands(this::start, Optional.empty());
    }

    private void start(Path dataDirectory) throws IOException {
        Keeper keeper =
                Keeper.open(
                        KeeperOptions.standard(
                                dataDirectory, KeeperFiles.random(dataDirectory), version));
        Thread thread =
                Thread.ofPlatform()
                        .name("keeper")
                        .start(
                                () -> {
                                    try {
                                        keeper.run();
                                    } catch (IOException e) {
                                        throw new UncheckedIOException(e);
                                    }
                                });
        running.add(new Running(keeper, thread));
    }

    @Override
    public void close() {
        for (Running each : running) each.keeper().close();
        await().atMost(Duration.ofSeconds(60))
                .until(() -> running.stream().noneMatch(each -> each.thread().isAlive()));
    }
}
