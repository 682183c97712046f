package dev.wormhole.server.keeper.link;

import dev.wormhole.server.keeper.process.KeeperMain;
import dev.wormhole.server.keeper.process.KeeperOptions;
import dev.wormhole.server.keeper.wire.KeeperFiles;
import dev.wormhole.server.keeper.wire.KeeperLock;

import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** A keeper in a JVM of its own, which can be killed. */
final class KeeperJvm implements AutoCloseable {

    private final Process process;

    KeeperJvm(Path dataDirectory, String version) throws IOException {
        process =
                new ProcessBuilder(
                                List.of(
                                        Path.of(System.getProperty("java.home"), "bin", "java")
                                                .toString(),
                                        "--enable-native-access=ALL-UNNAMED",
                                        "-XX:+UseSerialGC",
                                        "-XX:TieredStopAtLevel=1",
                                        "-Xmx64m",
                                        "-cp",
                                        System.getProperty("java.class.path"),
                                        KeeperJvm.class.getName(),
                                        dataDirectory.toString(),
                                        version))
                        .redirectErrorStream(true)
                        .redirectOutput(
                                ProcessBuilder.Redirect.appendTo(
                                        new File(dataDirectory.toFile(), "keeper-jvm.log")))
                        .start();
        process.getOutputStream().close();
    }

    /** As the system's out-of-memory killer would. */
    void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }

    /** Directory and version. */
    public static void main(String[] arguments) throws IOException {
        Path data = Path.of(arguments[0]);
        KeeperFiles.makeDirectory(data);
        KeeperFiles files = KeeperFiles.random(data);
        KeeperLock lock = KeeperLock.create(files.lock()).orElseThrow();
        System.exit(KeeperMain.run(KeeperOptions.standard(data, files, arguments[1]), lock));
    }
}
