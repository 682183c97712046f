package dev.wormhole.server.keeper.link;

import dev.wormhole.protocol.ByteString;
import dev.wormhole.server.keeper.wire.FromKeeper;
import dev.wormhole.server.keeper.wire.FromKeeper.Welcome;
import dev.wormhole.server.keeper.wire.KeeperEndpoint;
import dev.wormhole.server.keeper.wire.KeeperFiles;
import dev.wormhole.server.keeper.wire.Role;
import dev.wormhole.server.keeper.wire.ToKeeper;
import dev.wormhole.server.keeper.wire.ToKeeperCodec;
import dev.wormhole.server.keeper.wire.Wire;
import dev.wormhole.server.pty.HeldProcess;
import dev.wormhole.server.pty.ProcessKey;
import dev.wormhole.server.pty.Pty;
import dev.wormhole.server.pty.PtyListener;
import dev.wormhole.server.pty.PtySpawnException;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;

/**
 * One keeper as long as it lives: what is asked of it, and the links to its processes. It is dead
 * when its lock can be had, whatever its connections look like.
 *
 * <p>Safe from any thread but where it says otherwise.
 */
final class KeeperLink {

    private static final Logger log = LoggerFactory.getLogger(KeeperLink.class);

    /** A keeper is on this machine and answers in microseconds; the machine may be very busy. */
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    /** For what a person waits for. */
    private static final Duration STATUS_PATIENCE = Duration.ofSeconds(2);

    /** Hears of what concerns more than one keeper; on {@code keeper-io}. */
    interface Owner {

        void flushDue(ProcessKey key);

        void gone(KeeperLink keeper);
    }

    private final KeeperIo io;
    private final KeeperFiles files;
    private final KeeperEndpoint endpoint;
    private final String version;
    private final Owner owner;
    private final ControlLink control;
    private final CompletableFuture<Welcome> welcome = new CompletableFuture<>();
    private final CompletableFuture<Void> gone = new CompletableFuture<>();
    private final Map<ProcessKey, ProcessLink> links = new ConcurrentHashMap<>();

    /** Pids of the processes of the last list, and of those started since. */
    private final Map<ProcessKey, Long> known = new ConcurrentHashMap<>();

    /** Those that were asked to end and may not have done so. */
    private final Set<ProcessKey> ending = ConcurrentHashMap.newKeySet();

    private volatile boolean dead;
    private volatile boolean unusable;
    private volatile boolean listed;

    /**
     * @param version of this server
     */
    KeeperLink(
            KeeperIo io, KeeperFiles files, KeeperEndpoint endpoint, String version, Owner owner) {
        this.io = io;
        this.files = files;
        this.endpoint = endpoint;
        this.version = version;
        this.owner = owner;
        this.control = new ControlLink(io, this);
    }

    void connect() {
        io.submit(new IoTask.ConnectControl(control));
    }

    String name() {
        return files.name();
    }

    String version() {
        return endpoint.version();
    }

    /** Completes when it has answered for the first time; fails if it refuses us or is dead. */
    CompletableFuture<Welcome> welcome() {
        return welcome;
    }

    /** Completes when it is dead. */
    CompletableFuture<Void> gone() {
        return gone;
    }

    /** Whether it can be asked for something now. */
    boolean isUsable() {
        return !dead && !unusable && welcome.isDone() && !welcome.isCompletedExceptionally();
    }

    /** Whether the process was in the last list, or was started here since. */
    boolean knows(ProcessKey key) {
        return known.containsKey(key);
    }

    CompletableFuture<Pty> spawn(ToKeeper.Spawn wish, String label, PtyListener listener) {
        return control.ask(PATIENCE, ref -> withRef(wish, ref))
                .thenCompose(
                        answer ->
                                switch (answer) {
                                    case FromKeeper.Spawned spawned -> {
                                        known.put(wish.key(), spawned.pid());
                                        yield open(
                                                new ProcessLink.Origin(
                                                        wish.key(),
                                                        spawned.pid(),
                                                        wish.origin(),
                                                        wish.event(),
                                                        label),
                                                listener);
                                    }
                                    case FromKeeper.SpawnFailed failed ->
                                            CompletableFuture.failedFuture(
                                                    new PtySpawnException(failed.message()));
                                    default -> throw unexpected(answer);
                                });
    }

    private static ToKeeper.Spawn withRef(ToKeeper.Spawn wish, int ref) {
        return new ToKeeper.Spawn(
                ref,
                wish.key(),
                wish.origin(),
                wish.event(),
                wish.size(),
                wish.neverSpill(),
                wish.cwd(),
                wish.command(),
                wish.env(),
                wish.note());
    }

    /** Goes on with a process that it {@link #knows}. */
    CompletableFuture<Pty> adopt(
            ProcessKey key, long offset, long event, String label, PtyListener listener) {
        Long pid = known.get(key);
        if (pid == null)
            return CompletableFuture.failedFuture(
                    new PtySpawnException("The process has gone meanwhile."));
        return open(new ProcessLink.Origin(key, pid, offset, event, label), listener);
    }

    private CompletableFuture<Pty> open(ProcessLink.Origin origin, PtyListener listener) {
        var link = new ProcessLink(io, this, origin, listener);
        ProcessLink before = links.put(origin.key(), link);
        if (before != null) io.submit(new IoTask.Leave(before));
        io.submit(new IoTask.ConnectProcess(link));
        return link.opened();
    }

    CompletableFuture<List<HeldProcess>> list() {
        return control.ask(PATIENCE, ToKeeper.ListProcesses::new)
                .thenApply(
                        answer -> {
                            if (!(answer instanceof FromKeeper.Processes list))
                                throw unexpected(answer);
                            list.processes().forEach(held -> known.put(held.key(), held.pid()));
                            listed = true;
                            retireIfEmpty();
                            return list.processes();
                        });
    }

    /** The processes that are on their way out. */
    Set<ProcessKey> ending() {
        return Set.copyOf(ending);
    }

    /** Completes when the process is gone, or was never here. */
    CompletableFuture<Void> end(ProcessKey key) {
        ending.add(key);
        return control.ask(PATIENCE, ref -> new ToKeeper.End(ref, key))
                .whenComplete((_, _) -> ending.remove(key))
                .thenAccept(
                        _ -> {
                            known.remove(key);
                            retireIfEmpty();
                        });
    }

    /** Never fails. */
    CompletableFuture<KeeperStatus> status(boolean own) {
        return control.ask(STATUS_PATIENCE, ToKeeper.Ping::new)
                .handle(
                        (answer, failure) ->
                                answer instanceof FromKeeper.Pong pong
                                        ? status(own, pong)
                                        : noAnswer(own, failure));
    }

    private KeeperStatus status(boolean own, FromKeeper.Pong pong) {
        return new KeeperStatus(
                name(),
                version(),
                endpoint.pid(),
                own,
                startedMillis(),
                pong.processes(),
                pong.residentBytes(),
                pong.heldBytes(),
                pong.spilledBytes(),
                null);
    }

    private KeeperStatus noAnswer(boolean own, Throwable failure) {
        String problem =
                failure instanceof KeeperGoneException
                        ? String.valueOf(failure.getMessage())
                        : "does not answer";
        return new KeeperStatus(
                name(), version(), endpoint.pid(), own, startedMillis(), 0, 0, 0, 0, problem);
    }

    private long startedMillis() {
        return isUsable() ? welcome.join().startedMillis() : 0;
    }

    /** Says it; it is heard before anything asked later. */
    void tell(ToKeeper message) {
        control.tell(message);
    }

    /** Completes when it has heard all it was told, or never will. */
    CompletableFuture<Void> heardAll() {
        return control.ask(STATUS_PATIENCE, ToKeeper.Ping::new).handle((_, _) -> null);
    }

    private static IllegalStateException unexpected(FromKeeper answer) {
        return new IllegalStateException(answer.getClass().getSimpleName());
    }

    // What the links of this keeper need of it.

    SocketAddress address() {
        return switch (endpoint.door()) {
            case KeeperEndpoint.UnixDoor unix -> UnixDomainSocketAddress.of(unix.socket());
            case KeeperEndpoint.LoopbackDoor loopback ->
                    new InetSocketAddress(InetAddress.getLoopbackAddress(), loopback.port());
        };
    }

    /** What opens a control connection. */
    ByteBuffer greeting() {
        return ToKeeperCodec.encode(hello(Role.CONTROL));
    }

    /** What opens the connection of a process. */
    ByteBuffer greeting(ToKeeper.Open process) {
        ByteBuffer hello = ToKeeperCodec.encode(hello(Role.PROCESS));
        ByteBuffer open = ToKeeperCodec.encode(process);
        return ByteBuffer.allocate(hello.remaining() + open.remaining())
                .put(hello)
                .put(open)
                .flip();
    }

    private ToKeeper.Hello hello(Role role) {
        ByteString token =
                endpoint.door() instanceof KeeperEndpoint.LoopbackDoor loopback
                        ? loopback.token()
                        : ByteString.EMPTY;
        return new ToKeeper.Hello(Wire.PROTOCOL, role, token, version);
    }

    void welcomed(Welcome answer) {
        welcome.complete(answer);
    }

    void unusable(String reason) {
        unusable = true;
        welcome.completeExceptionally(new KeeperGoneException(reason));
    }

    void flushDue(ProcessKey key) {
        owner.flushDue(key);
    }

    void left(ProcessLink link) {
        if (!links.remove(link.key(), link)) return;
        known.remove(link.key());
        retireIfEmpty();
    }

    /**
     * A keeper of another version gets no new processes, and ends itself when it has none and
     * nobody speaks with it.
     */
    private void retireIfEmpty() {
        if (version.equals(version()) || !listed || !known.isEmpty() || !isUsable()) return;
        log.info("keeper {} of version {} is not needed any more", name(), version());
        // It must not think that this server was killed.
        tell(new ToKeeper.Stopping());
        heardAll().thenRun(() -> io.submit(new IoTask.Retire(control)));
        owner.gone(this);
    }

    /** Looks whether it lives; whoever finds that it does not tells all. Of {@code keeper-io}. */
    boolean alive() {
        if (dead) return false;
        try {
            if (!files.removeIfDead()) return true;
        } catch (IOException e) {
            log.warn("keeper {}: its lock cannot be looked at: {}", name(), e.getMessage());
            return true;
        }
        dead = true;
        log.warn("keeper {} (pid {}) has ended", name(), endpoint.pid());
        control.giveUp("the keeper has ended");
        owner.gone(this);
        List.copyOf(links.values()).forEach(ProcessLink::keeperDied);
        gone.complete(null);
        return false;
    }
}
