package dev.wormhole.server.keeper.link;

import dev.wormhole.server.keeper.wire.KeeperEndpoint;
import dev.wormhole.server.keeper.wire.KeeperFiles;
import dev.wormhole.server.keeper.wire.ToKeeper;
import dev.wormhole.server.pty.ProcessKey;
import dev.wormhole.server.thread.ServerThreads;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * Which keepers there are, and which of them is the own one: found in the data directory, or
 * started when it is needed.
 *
 * <p>Safe from any thread.
 */
final class KeeperSet implements KeeperLink.Owner {

    private static final Logger log = LoggerFactory.getLogger(KeeperSet.class);

    /** What a keeper gets to start, and those that run to answer for the first time. */
    private static final Duration START_PATIENCE = Duration.ofSeconds(10);

    private static final Duration LOOK_STEP = Duration.ofMillis(20);

    private final KeeperIo io;
    private final Path dataDirectory;
    private final String version;
    private final KeeperStarter starter;
    private final ServerThreads threads;
    private final Consumer<ProcessKey> flushDue;

    /** By name; a keeper leaves when it dies. */
    private final Map<String, KeeperLink> links = new ConcurrentHashMap<>();

    private final ReentrantLock lock = new ReentrantLock();

    // Guarded by the lock.
    private @Nullable CompletableFuture<KeeperLink> own;
    private ToKeeper.@Nullable Server words;

    KeeperSet(
            KeeperIo io,
            Path dataDirectory,
            String version,
            KeeperStarter starter,
            ServerThreads threads,
            Consumer<ProcessKey> flushDue) {
        this.io = io;
        this.dataDirectory = dataDirectory;
        this.version = version;
        this.starter = starter;
        this.threads = threads;
        this.flushDue = flushDue;
    }

    @Override
    public void flushDue(ProcessKey key) {
        flushDue.accept(key);
    }

    @Override
    public void gone(KeeperLink keeper) {
        links.remove(keeper.name(), keeper);
    }

    Stream<KeeperLink> all() {
        return links.values().stream();
    }

    /** Whether new processes are started in it now. */
    boolean isOwn(KeeperLink keeper) {
        lock.lock();
        try {
            return own != null && own.isDone() && !isSpent(own) && own.join() == keeper;
        } finally {
            lock.unlock();
        }
    }

    /** Tells those that are here and those to come. */
    void tellServer(ToKeeper.Server server) {
        lock.lock();
        try {
            words = server;
            links.values().forEach(link -> link.tell(server));
        } finally {
            lock.unlock();
        }
    }

    /** Connects to those that live and removes the files of the dead; blocks for 10 s at most. */
    void connectAll() throws IOException {
        long deadline = System.nanoTime() + START_PATIENCE.toNanos();
        for (KeeperFiles files : KeeperFiles.find(dataDirectory)) {
            if (files.removeIfDead()) continue;
            // One without is starting or ending; it is found when it is needed.
            endpoint(files).ifPresent(found -> connect(files, found));
        }
        for (KeeperLink link : links.values()) {
            String problem = awaitWelcome(link, deadline);
            if (problem != null) log.warn("keeper {}: {}", link.name(), problem);
        }
    }

    /** Where it listens; one that cannot be read must not keep us from the others. */
    private static Optional<KeeperEndpoint> endpoint(KeeperFiles files) {
        try {
            return files.read();
        } catch (IOException e) {
            log.warn("keeper {}: {}", files.name(), e.getMessage());
            return Optional.empty();
        }
    }

    private KeeperLink connect(KeeperFiles files, KeeperEndpoint endpoint) {
        var link = new KeeperLink(io, files, endpoint, version, this);
        lock.lock();
        try {
            links.put(files.name(), link);
            if (words != null) link.tell(words);
        } finally {
            lock.unlock();
        }
        link.connect();
        return link;
    }

    /** Null when it has answered, else why not. */
    private static @Nullable String awaitWelcome(KeeperLink link, long deadline) {
        try {
            link.welcome().get(deadline - System.nanoTime(), TimeUnit.NANOSECONDS);
            return null;
        } catch (TimeoutException e) {
            return "does not answer";
        } catch (ExecutionException e) {
            Throwable cause = e.getCause();
            return String.valueOf((cause == null ? e : cause).getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return "interrupted";
        }
    }

    /** The own keeper, being started if there is none. */
    CompletableFuture<KeeperLink> own() {
        lock.lock();
        try {
            if (own != null && !isSpent(own)) return own;
            CompletableFuture<KeeperLink> next =
                    links.values().stream()
                            .filter(link -> link.isUsable() && link.version().equals(version))
                            .findFirst()
                            .map(CompletableFuture::completedFuture)
                            .orElseGet(this::startOwn);
            own = next;
            return next;
        } finally {
            lock.unlock();
        }
    }

    private static boolean isSpent(CompletableFuture<KeeperLink> keeper) {
        if (!keeper.isDone()) return false;
        return keeper.isCompletedExceptionally() || !keeper.join().isUsable();
    }

    private CompletableFuture<KeeperLink> startOwn() {
        var started = new CompletableFuture<KeeperLink>();
        threads.platform(
                "keeper-start",
                () -> {
                    try {
                        started.complete(start());
                    } catch (IOException e) {
                        log.error("no keeper was started: {}", e.getMessage());
                        started.completeExceptionally(e);
                    } catch (RuntimeException e) {
                        started.completeExceptionally(e);
                        throw e;
                    }
                });
        return started;
    }

    private KeeperLink start() throws IOException {
        long deadline = System.nanoTime() + START_PATIENCE.toNanos();
        starter.start(dataDirectory);
        String problem = "it has not said where it listens";
        while (System.nanoTime() - deadline < 0) {
            KeeperLink link = newOne();
            if (link == null) {
                pause();
                continue;
            }
            problem = awaitWelcome(link, deadline);
            if (problem == null) {
                log.info("keeper {} runs", link.name());
                return link;
            }
        }
        throw new IOException(
                "The keeper did not start within "
                        + START_PATIENCE.toSeconds()
                        + " s ("
                        + problem
                        + "); see the .log files in "
                        + KeeperFiles.directory(dataDirectory));
    }

    /** A keeper of this version that was not known before. */
    private @Nullable KeeperLink newOne() throws IOException {
        for (KeeperFiles files : KeeperFiles.find(dataDirectory)) {
            if (links.containsKey(files.name())) continue;
            Optional<KeeperEndpoint> endpoint = endpoint(files);
            if (endpoint.isEmpty() || !endpoint.get().version().equals(version)) continue;
            if (!files.removeIfDead()) return connect(files, endpoint.get());
        }
        return null;
    }

    private static void pause() throws IOException {
        try {
            Thread.sleep(LOOK_STEP);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while the keeper started", e);
        }
    }
}
