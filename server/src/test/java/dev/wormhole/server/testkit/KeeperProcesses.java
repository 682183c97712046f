package dev.wormhole.server.testkit;

import static org.awaitility.Awaitility.await;

import dev.wormhole.server.keeper.wire.KeeperFiles;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Keepers that server processes have started, and that outlive them. */
public final class KeeperProcesses {

    private KeeperProcesses() {}

    /** Kills them with -9, and with them what they hold. */
    public static void end(Path dataDirectory) throws IOException {
        for (ProcessHandle keeper : all(dataDirectory)) {
            List<ProcessHandle> held = keeper.descendants().toList();
            keeper.destroyForcibly();
            held.forEach(ProcessHandle::destroyForcibly);
            await().atMost(Duration.ofSeconds(60)).until(() -> !keeper.isAlive());
        }
    }

    /** Those that run. */
    public static List<ProcessHandle> all(Path dataDirectory) throws IOException {
        if (!Files.isDirectory(KeeperFiles.directory(dataDirectory))) return List.of();
        var running = new ArrayList<ProcessHandle>();
        for (KeeperFiles files : KeeperFiles.find(dataDirectory)) {
            files.read()
                    .flatMap(endpoint -> ProcessHandle.of(endpoint.pid()))
                    .filter(ProcessHandle::isAlive)
                    .ifPresent(running::add);
        }
        return running;
    }
}
