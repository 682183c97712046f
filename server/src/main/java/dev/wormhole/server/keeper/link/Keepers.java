package dev.wormhole.server.keeper.link;

import dev.wormhole.server.keeper.wire.ToKeeper;
import dev.wormhole.server.pty.HeldProcess;
import dev.wormhole.server.pty.ProcessKey;
import dev.wormhole.server.pty.ProcessSpec;
import dev.wormhole.server.pty.Pty;
import dev.wormhole.server.pty.PtyFactory;
import dev.wormhole.server.pty.PtyListener;
import dev.wormhole.server.pty.PtySpawnException;
import dev.wormhole.server.thread.ServerThreads;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The keepers of a data directory: those of other versions with what they still hold, and the own
 * one, in which new processes are started. An own one that died is started anew for the next
 * process.
 *
 * <p>Safe from any thread. Futures complete on {@code keeper-io}, mostly: what hangs on them must
 * only enqueue.
 */
public final class Keepers implements PtyFactory, AutoCloseable {

    /** What all processes and their keepers get to end; a program gets 2 s after its SIGHUP. */
    private static final Duration SHUTDOWN_PATIENCE = Duration.ofSeconds(15);

    private final KeeperIo io;

    private final KeeperSet keepers;

    private Keepers(KeeperIo io, KeeperSet keepers) {
        this.io = io;
        this.keepers = keepers;
    }

    /**
     * Connects to every keeper that lives, removes the files of those that do not, and starts an
     * own one if none of this version runs. Blocks until they have answered, 10 s at most for those
     * that run and 10 s for one that starts.
     *
     * @param version of this server; a keeper of the same one is the own
     * @param flushDue hears, on {@code keeper-io}, that much output of a process is unconfirmed;
     *     must only enqueue
     * @throws IOException if the own keeper does not start; those that run are left as they are
     */
    public static Keepers open(
            Path dataDirectory,
            String version,
            KeeperStarter starter,
            ServerThreads threads,
            Consumer<ProcessKey> flushDue)
            throws IOException {
        var io = new KeeperIo(threads);
        var keepers = new KeeperSet(io, dataDirectory, version, starter, threads, flushDue);
        try {
            keepers.connectAll();
            join(keepers.own());
        } catch (IOException e) {
            io.close();
            throw e;
        }
        return new Keepers(io, keepers);
    }

    /**
     * Ends every keeper of a data directory with all its processes; starts none. Blocks until they
     * are gone, 25 s at most.
     *
     * @return how many there were
     * @throws IOException if one has not ended by then
     */
    public static int endAll(Path dataDirectory, String version, ServerThreads threads)
            throws IOException {
        KeeperStarter none =
                _ -> {
                    throw new IOException("no keeper is started to end");
                };
        try (var io = new KeeperIo(threads)) {
            var set = new KeeperSet(io, dataDirectory, version, none, threads, _ -> {});
            set.connectAll();
            int count = (int) set.all().count();
            new Keepers(io, set).shutdown().join();
            return count;
        } catch (CompletionException e) {
            throw new IOException("a keeper has not ended: see its log in " + dataDirectory, e);
        }
    }

    private static void join(CompletableFuture<KeeperLink> keeper) throws IOException {
        try {
            keeper.join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof IOException failure) throw failure;
            throw e;
        }
    }

    @Override
    public CompletableFuture<Pty> spawn(
            ProcessKey key,
            long origin,
            long event,
            ProcessSpec spec,
            String label,
            String note,
            PtyListener listener) {
        var wish =
                new ToKeeper.Spawn(
                        0,
                        key,
                        origin,
                        event,
                        spec.size(),
                        spec.neverSpill(),
                        spec.cwd().toString(),
                        spec.command(),
                        spec.env(),
                        note);
        return asSpawn(
                spawnInOwn(wish, label, listener)
                        .exceptionallyCompose(
                                // It died before it answered: what it had started died with it.
                                failure ->
                                        cause(failure) instanceof KeeperGoneException
                                                ? spawnInOwn(wish, label, listener)
                                                : CompletableFuture.failedFuture(failure)));
    }

    private CompletableFuture<Pty> spawnInOwn(
            ToKeeper.Spawn wish, String label, PtyListener listener) {
        return keepers.own().thenCompose(keeper -> keeper.spawn(wish, label, listener));
    }

    @Override
    public CompletableFuture<Pty> adopt(
            ProcessKey key, long offset, long event, String label, PtyListener listener) {
        return asSpawn(
                holder(key)
                        .map(keeper -> keeper.adopt(key, offset, event, label, listener))
                        .orElseGet(
                                () ->
                                        list().thenCompose(
                                                        _ ->
                                                                adoptListed(
                                                                        key, offset, event, label,
                                                                        listener))));
    }

    private CompletableFuture<Pty> adoptListed(
            ProcessKey key, long offset, long event, String label, PtyListener listener) {
        return holder(key)
                .map(keeper -> keeper.adopt(key, offset, event, label, listener))
                .orElseGet(
                        () ->
                                CompletableFuture.failedFuture(
                                        new PtySpawnException("No keeper holds the process.")));
    }

    private Optional<KeeperLink> holder(ProcessKey key) {
        return keepers.all().filter(link -> link.knows(key)).findFirst();
    }

    /** With every failure as the exception that the seam promises. */
    private static CompletableFuture<Pty> asSpawn(CompletableFuture<Pty> process) {
        return process.exceptionallyCompose(
                failure -> CompletableFuture.failedFuture(asSpawnFailure(cause(failure))));
    }

    private static PtySpawnException asSpawnFailure(Throwable cause) {
        return switch (cause) {
            case PtySpawnException failure -> failure;
            case TimeoutException _ -> new PtySpawnException("The keeper does not answer.", cause);
            case IllegalArgumentException _ ->
                    new PtySpawnException(
                            "Command and environment are too long for the keeper.", cause);
            default -> new PtySpawnException(String.valueOf(cause.getMessage()), cause);
        };
    }

    private static Throwable cause(Throwable failure) {
        Throwable cause = failure;
        while (cause instanceof CompletionException && cause.getCause() != null)
            cause = cause.getCause();
        return cause;
    }

    /**
     * What all keepers that can be asked hold, ended processes that were not forgotten too. A
     * keeper that dies meanwhile holds nothing; one that does not answer within 30 s fails the
     * list.
     */
    public CompletableFuture<List<HeldProcess>> list() {
        List<CompletableFuture<List<HeldProcess>>> lists =
                usable().map(link -> gone(link.list(), List.of())).toList();
        return all(lists).thenApply(parts -> parts.stream().flatMap(List::stream).toList());
    }

    /**
     * Hangs up and forgets a process, wherever it is. Completes when it is gone, or was nowhere;
     * fails when a keeper that may hold it does not answer within 30 s.
     */
    @Override
    public CompletableFuture<Void> end(ProcessKey key) {
        Optional<KeeperLink> holder = holder(key);
        Stream<KeeperLink> asked = holder.isPresent() ? holder.stream() : usable();
        return all(asked.map(link -> gone(link.end(key).thenApply(_ -> key), key)).toList())
                .thenApply(_ -> null);
    }

    /** Processes whose end somebody has asked for, and which may not have come yet. */
    public Set<ProcessKey> ending() {
        return keepers.all()
                .flatMap(link -> link.ending().stream())
                .collect(Collectors.toUnmodifiableSet());
    }

    /** How every keeper is, those too that do not answer within 2 s. */
    public CompletableFuture<List<KeeperStatus>> status() {
        return all(keepers.all().map(link -> link.status(keepers.isOwn(link))).toList());
    }

    /**
     * Tells every keeper, and those to come, how to start the server again when it goes without
     * {@link #stopping}.
     */
    public void server(ToKeeper.Server words) {
        keepers.tellServer(words);
    }

    /** The server ends in order. Completes when the keepers know, or do not answer within 2 s. */
    public CompletableFuture<Void> stopping() {
        return CompletableFuture.allOf(
                usable().map(
                                link -> {
                                    link.tell(new ToKeeper.Stopping());
                                    return link.heardAll();
                                })
                        .toArray(CompletableFuture<?>[]::new));
    }

    /**
     * Ends every process and every keeper. Completes when they are gone; fails when that takes
     * longer than 15 s.
     */
    public CompletableFuture<Void> shutdown() {
        return CompletableFuture.allOf(
                usable().map(
                                link -> {
                                    link.tell(new ToKeeper.Shutdown());
                                    return link.gone();
                                })
                        .map(
                                gone ->
                                        gone.copy()
                                                .orTimeout(
                                                        SHUTDOWN_PATIENCE.toSeconds(),
                                                        TimeUnit.SECONDS))
                        .toArray(CompletableFuture<?>[]::new));
    }

    private Stream<KeeperLink> usable() {
        return keepers.all().filter(KeeperLink::isUsable);
    }

    /** With the value in place of an answer when the keeper has gone. */
    private static <T> CompletableFuture<T> gone(CompletableFuture<T> answer, T value) {
        return answer.exceptionallyCompose(
                failure ->
                        cause(failure) instanceof KeeperGoneException
                                ? CompletableFuture.completedFuture(value)
                                : CompletableFuture.failedFuture(failure));
    }

    private static <T> CompletableFuture<List<T>> all(List<CompletableFuture<T>> parts) {
        return CompletableFuture.allOf(parts.toArray(CompletableFuture<?>[]::new))
                .thenApply(_ -> parts.stream().map(CompletableFuture::join).toList());
    }

    /**
     * Lets go of all connections; processes and keepers go on. When this returns no listener hears
     * anything any more.
     */
    @Override
    public void close() {
        io.close();
    }
}
