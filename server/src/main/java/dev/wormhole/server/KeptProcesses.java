package dev.wormhole.server;

import dev.wormhole.protocol.SessionId;
import dev.wormhole.server.keeper.link.Keepers;
import dev.wormhole.server.keeper.wire.ToKeeper;
import dev.wormhole.server.pty.HeldProcess;
import dev.wormhole.server.pty.ProcessKey;
import dev.wormhole.server.session.Checkpoint;
import dev.wormhole.server.session.SessionRecord;
import dev.wormhole.server.session.Sessions;
import dev.wormhole.server.thread.ServerThreads;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * The server's dealings with its keepers at start and stop, and with processes that no session
 * knows.
 *
 * <p>Safe from any thread.
 */
final class KeptProcesses implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(KeptProcesses.class);

    /**
     * How long sessions may read what their keepers hold before clients are let in; those that need
     * longer go on under the eyes of their viewers.
     */
    private static final int CATCH_UP_SECONDS = 10;

    private static final int ANSWER_SECONDS = 40;

    private final Keepers keepers;
    private final AtomicReference<@Nullable Sessions> sessions;

    /** Processes that the store is too old for, with the generation that it has. */
    private final Map<ProcessKey, Long> newer = new ConcurrentHashMap<>();

    /**
     * A process without a session.
     *
     * @param reason why, in a few words
     */
    record Orphan(HeldProcess process, String reason) {}

    private volatile Predicate<SessionId> history = _ -> false;

    private KeptProcesses(Keepers keepers, AtomicReference<@Nullable Sessions> sessions) {
        this.keepers = keepers;
        this.sessions = sessions;
    }

    /**
     * Finds the keepers of the data directory and starts an own one.
     *
     * @throws IOException if there is none; processes that others hold are untouched
     */
    static KeptProcesses open(ServerSettings settings, KeeperHands hands, ServerThreads threads)
            throws IOException {
        var sessions = new AtomicReference<@Nullable Sessions>();
        Keepers keepers =
                Keepers.open(
                        settings.dataDirectory(),
                        WormholeServer.VERSION,
                        hands.starter(),
                        threads,
                        key -> flush(sessions.get(), key));
        var restart = hands.restart().filter(_ -> settings.keeperRestart());
        keepers.server(
                restart.map(
                                words ->
                                        new ToKeeper.Server(
                                                true,
                                                settings.keeperSpill(),
                                                words.cwd(),
                                                words.command(),
                                                words.env()))
                        .orElseGet(
                                () ->
                                        new ToKeeper.Server(
                                                false,
                                                settings.keeperSpill(),
                                                "/",
                                                List.of(),
                                                Map.of())));
        return new KeptProcesses(keepers, sessions);
    }

    /** A keeper holds much that is not stored. */
    private static void flush(@Nullable Sessions sessions, ProcessKey key) {
        if (sessions != null) sessions.find(key.session()).ifPresent(sessions::flush);
    }

    Keepers keepers() {
        return keepers;
    }

    /**
     * Brings the sessions back, with their processes where those live; ends processes that nobody
     * wants any more.
     *
     * @return what became of whose process
     */
    RollCall adopt(Sessions all, List<Checkpoint> checkpoints, Collection<SessionId> destroyed)
            throws IOException {
        sessions.set(all);
        List<SessionRecord> stored = checkpoints.stream().map(Checkpoint::record).toList();
        RollCall call = RollCall.of(answer(keepers.list()), stored, destroyed);
        for (HeldProcess process : call.ended()) {
            log.info("{}: its process {} is ended", process.key(), process.pid());
            keepers.end(process.key()).exceptionally(KeptProcesses::notEnded);
        }
        for (HeldProcess process : call.orphans())
            log.warn("{}: no session knows its process {}", process.key(), process.pid());
        CompletableFuture<Void> caughtUp =
                CompletableFuture.allOf(
                        all.hydrate(checkpoints, call.adopted(), newest(call.newer(), stored)),
                        goOn(all, call.unstored()));
        try {
            caughtUp.get(CATCH_UP_SECONDS, TimeUnit.SECONDS);
        } catch (TimeoutException e) {
            log.warn("not every session has read what its keeper holds: they go on doing so");
        } catch (ExecutionException e) {
            throw new IOException("sessions could not be brought back", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while sessions were brought back", e);
        }
        log.info(
                "{} processes adopted, {} ended, {} without a session",
                call.adopted().size() + call.unstored().size(),
                call.ended().size(),
                call.orphans().size() + call.newer().size());
        return call;
    }

    /** Sessions that are not stored are what their keepers hold of them. */
    private static CompletableFuture<Void> goOn(Sessions all, List<HeldProcess> unstored) {
        return CompletableFuture.allOf(
                unstored.stream().map(all::adoptOrphan).toArray(CompletableFuture[]::new));
    }

    /** The newest process of each session that the store is too old for. */
    private Map<SessionId, HeldProcess> newest(
            List<HeldProcess> processes, List<SessionRecord> stored) {
        Map<SessionId, Long> generations =
                stored.stream()
                        .collect(Collectors.toMap(SessionRecord::id, SessionRecord::generation));
        var newest = new HashMap<SessionId, HeldProcess>();
        for (HeldProcess process : processes) {
            SessionId session = process.key().session();
            log.warn(
                    "{}: its process {} is newer than what is stored",
                    process.key(),
                    process.pid());
            newer.put(process.key(), generations.getOrDefault(session, 0L));
            newest.put(session, process);
        }
        return newest;
    }

    private static @Nullable Void notEnded(Throwable failure) {
        log.warn("a process that nobody wants was not ended", failure);
        return null;
    }

    /** A task that is over needs no session: its keeper is about to forget it. */
    private boolean isHistory(HeldProcess process) {
        return process.ended() && history.test(process.key().session());
    }

    /** From now on the ended processes of these are nobody's orphans. */
    void history(Predicate<SessionId> tasks) {
        history = tasks;
    }

    /** Processes that keepers hold and no session goes on with; not those that are being ended. */
    CompletableFuture<List<Orphan>> orphans() {
        Sessions all = sessions.get();
        if (all == null) return CompletableFuture.completedFuture(List.of());
        // Asked before and after: what ends while the list is made stands in it.
        Set<ProcessKey> ending = keepers.ending();
        return keepers.list()
                .thenApply(
                        held -> {
                            var leaving = new HashSet<>(ending);
                            leaving.addAll(keepers.ending());
                            return held.stream()
                                    .filter(process -> !leaving.contains(process.key()))
                                    .filter(process -> !isHistory(process))
                                    .flatMap(process -> orphan(process, all).stream())
                                    .toList();
                        });
    }

    private Optional<Orphan> orphan(HeldProcess process, Sessions all) {
        boolean hasSession = all.find(process.key().session()).isPresent();
        Long stored = newer.get(process.key());
        if (stored == null)
            return hasSession
                    ? Optional.empty()
                    : Optional.of(new Orphan(process, "the store has lost its session"));
        // One whose session was destroyed is on its way out.
        if (!hasSession) return Optional.empty();
        return Optional.of(
                new Orphan(
                        process,
                        "the store is an older copy: its session is at generation "
                                + stored
                                + " there"));
    }

    /** Makes a session of a process that has none; completes when that is up to date. */
    CompletableFuture<Void> adoptOrphan(HeldProcess process) {
        Sessions all = sessions.get();
        if (all == null) throw new IllegalStateException("no sessions yet");
        return all.adoptOrphan(process).thenRun(() -> newer.remove(process.key()));
    }

    /** Ends a process that has no session. */
    CompletableFuture<Void> endOrphan(ProcessKey key) {
        return keepers.end(key)
                .thenRun(
                        () -> {
                            newer.remove(key);
                            Sessions all = sessions.get();
                            if (all != null) all.orphanEnded(key);
                        });
    }

    private static <T> T answer(CompletableFuture<T> future) throws IOException {
        try {
            return future.get(ANSWER_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException e) {
            throw new IOException("a keeper does not answer: " + e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while keepers were asked", e);
        }
    }

    /** The server ends in order: keepers hold on to their processes and wait for the next one. */
    void stopping() {
        try {
            answer(keepers.stopping());
        } catch (IOException e) {
            log.warn("not every keeper knows that this is an orderly stop: {}", e.getMessage());
        }
    }

    @Override
    public void close() {
        keepers.close();
    }
}
