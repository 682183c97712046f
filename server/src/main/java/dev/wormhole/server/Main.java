package dev.wormhole.server;

import dev.wormhole.client.cli.ServeOptions;
import dev.wormhole.client.cli.ServerFunctions;
import dev.wormhole.client.cli.WormholeCli;
import dev.wormhole.client.local.KeeperProcess;
import dev.wormhole.client.local.PrivateDirectory;
import dev.wormhole.client.local.ServerLock;
import dev.wormhole.client.local.Starting;
import dev.wormhole.client.log.LogFile;
import dev.wormhole.client.preferences.HostTokens;
import dev.wormhole.server.checkpoint.Checkpointer;
import dev.wormhole.server.directory.DirectoryLock;
import dev.wormhole.server.directory.NativeLibraries;
import dev.wormhole.server.keeper.link.Keepers;
import dev.wormhole.server.keeper.process.KeeperMain;
import dev.wormhole.server.keeper.process.KeeperOptions;
import dev.wormhole.server.keeper.wire.KeeperFiles;
import dev.wormhole.server.keeper.wire.KeeperLock;
import dev.wormhole.server.session.StoreException;
import dev.wormhole.server.thread.ServerThreads;

import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Collectors;

/** The command line with the server in it: the only place of the server that knows the client. */
public final class Main implements ServerFunctions {

    public static void main(String[] args) {
        System.exit(WormholeCli.run(args, new Main()));
    }

    @Override
    public int keep(Path dataDirectory) {
        try {
            PrivateDirectory.ensure(dataDirectory);
            KeeperFiles.makeDirectory(dataDirectory);
            KeeperFiles files = KeeperFiles.random(dataDirectory);
            // First, so that nobody takes what follows for a dead keeper's.
            KeeperLock lock =
                    KeeperLock.create(files.lock())
                            .orElseThrow(() -> new IOException("its name is taken: try again"));
            try {
                LogFile.open(files.log());
                removeOfTheDead(files);
                // Of its own: a server that starts cleans its.
                NativeLibraries.prepare(files.natives());
                return KeeperMain.run(
                        KeeperOptions.standard(dataDirectory, files, WormholeServer.VERSION), lock);
            } finally {
                NativeLibraries.remove(files.natives());
                lock.removeFile();
                lock.close();
            }
        } catch (IOException e) {
            return fail("no keeper: " + e.getMessage());
        }
    }

    /** What stays is in nobody's way, and is tried again by the next one. */
    private static void removeOfTheDead(KeeperFiles files) {
        try {
            files.removeOfTheDead();
        } catch (IOException e) {
            LoggerFactory.getLogger(Main.class).warn("not removed: {}", e.toString());
        }
    }

    @Override
    public List<String> inspectStore(Path dataDirectory, boolean served) throws IOException {
        // Of its own: a server at work has unpacked its own.
        Path natives = Files.createTempDirectory(dataDirectory, "native-");
        try {
            NativeLibraries.prepare(natives);
            return Checkpointer.inspect(dataDirectory, served);
        } catch (StoreException e) {
            throw new IOException(e.getMessage(), e);
        } finally {
            NativeLibraries.remove(natives);
        }
    }

    @Override
    public int endKeepers(Path dataDirectory) throws IOException {
        if (!Files.isDirectory(dataDirectory)) return 0;
        try (DirectoryLock _ =
                DirectoryLock.take(dataDirectory)
                        .orElseThrow(
                                () ->
                                        new IOException(
                                                "a server was started meanwhile: try again"))) {
            return Keepers.endAll(dataDirectory, WormholeServer.VERSION, new ServerThreads());
        }
    }

    /** Runs the server in the foreground until SIGTERM, SIGINT or SIGHUP; the exit status. */
    @Override
    public int serve(ServeOptions options) {
        Path directory = options.dataDirectory();
        try {
            PrivateDirectory.ensure(directory);
            LogFile.open(directory.resolve("server.log"));
        } catch (IOException e) {
            return fail(String.valueOf(e.getMessage()));
        }
        // Before anybody can find the server, and send it a signal.
        CompletableFuture<Optional<WormholeServer>> started = stopOnSignal();
        try {
            var settings =
                    new ServerSettings(
                            directory,
                            new InetSocketAddress(options.host(), options.port()),
                            options.tlsCertificate(),
                            options.tlsKey(),
                            token(options.tokenFile()),
                            Set.copyOf(options.allowedHosts()),
                            Set.copyOf(options.allowedOrigins()),
                            SettingsTable.readAll(options.settings()));
            WormholeServer server =
                    WormholeServer.start(settings, hands(options), () -> holder(directory));
            started.complete(Optional.of(server));
            return runUntilSignal(server);
        } catch (StartException | IllegalArgumentException | IOException e) {
            LoggerFactory.getLogger(Main.class).error("not started: {}", e.getMessage(), e);
            return fail(String.valueOf(e.getMessage()));
        } finally {
            started.complete(Optional.empty());
        }
    }

    /**
     * Sees to an orderly stop of the server that is being started, if it does start; the future is
     * to be told. The JVM runs its shutdown hooks on each of the signals, and exits with 128 + n
     * after them: halting at the end of ours is what makes an orderly stop a success.
     */
    private static CompletableFuture<Optional<WormholeServer>> stopOnSignal() {
        var started = new CompletableFuture<Optional<WormholeServer>>();
        Runtime.getRuntime()
                .addShutdownHook(
                        Thread.ofPlatform()
                                .name("stop")
                                .unstarted(
                                        () ->
                                                started.join()
                                                        .ifPresent(
                                                                server -> {
                                                                    server.stop();
                                                                    Runtime.getRuntime().halt(0);
                                                                })));
        return started;
    }

    private static int runUntilSignal(WormholeServer server) {
        try {
            new CountDownLatch(1).await();
            return 0;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            server.stop();
            return 0;
        }
    }

    private static KeeperHands hands(ServeOptions options) {
        Map<String, String> environment = System.getenv();
        var words = new ArrayList<>(Starting.serverWords(options.dataDirectory(), environment));
        words.addAll(options.words());
        return new KeeperHands(
                directory -> KeeperProcess.start(directory, environment),
                Optional.of(
                        new KeeperHands.Restart("/", words, Starting.environment(environment))));
    }

    private static @Nullable String token(@Nullable Path file) throws IOException {
        return file == null ? null : HostTokens.readToken(file);
    }

    private static String holder(Path directory) {
        try {
            return new ServerLock(directory)
                    .holders().stream().map(pid -> "pid " + pid).collect(Collectors.joining(", "));
        } catch (IOException e) {
            return "its pid cannot be read: " + e.getMessage();
        }
    }

    private static int fail(String message) {
        System.err.println("wormhole: " + message);
        return 1;
    }
}
