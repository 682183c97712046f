package dev.wormhole.server;

import dev.wormhole.protocol.Endpoint;
import dev.wormhole.protocol.Limits;
import dev.wormhole.protocol.ServerMessage;
import dev.wormhole.protocol.SessionId;
import dev.wormhole.server.Housekeeper.Household;
import dev.wormhole.server.checkpoint.CheckpointSettings;
import dev.wormhole.server.checkpoint.Checkpointer;
import dev.wormhole.server.connection.AccessPolicy;
import dev.wormhole.server.connection.Connections;
import dev.wormhole.server.connection.EndpointSettings;
import dev.wormhole.server.connection.WebSocketEndpoint;
import dev.wormhole.server.directory.DirectoryLock;
import dev.wormhole.server.directory.EndpointFile;
import dev.wormhole.server.directory.NativeLibraries;
import dev.wormhole.server.http.TaskHttp;
import dev.wormhole.server.session.Checkpoint;
import dev.wormhole.server.session.ProcessSpecs;
import dev.wormhole.server.session.SessionPorts;
import dev.wormhole.server.session.Sessions;
import dev.wormhole.server.session.StoreException;
import dev.wormhole.server.task.Tasks;
import dev.wormhole.server.thread.ServerThreads;
import dev.wormhole.server.tls.TlsFiles;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import java.util.stream.Stream;

import javax.net.ssl.SSLContext;

/**
 * The running server: makes every part, in one order, and ends them, in one order. The only owner
 * of their lifetimes.
 */
public final class WormholeServer {

    private static final Logger log = LoggerFactory.getLogger(WormholeServer.class);

    /** What the server calls itself in endpoint.json and hello. */
    public static final String VERSION = "0.1.0";

    private static final int STOP_SECONDS = 5;

    /** An ordered stop takes no longer than people wait; what runs then goes on. */
    private static final Duration TASK_GRACE = Duration.ofSeconds(15);

    /** For commands that are killed at last, and for storing how they ended. */
    private static final Duration TASK_SLACK = Duration.ofSeconds(3);

    private final DirectoryLock lock;
    private final EndpointFile endpointFile;
    private final Checkpointer checkpointer;
    private final KeptProcesses kept;
    private final Sessions sessions;
    private final Optional<Tasks> endedAtStop;
    private final Duration taskGrace;
    private final Thread historian;
    private final WebSocketEndpoint endpoint;
    private final Optional<TaskHttp> http;
    private final Optional<Thread> housekeeper;
    private final Endpoint address;
    private final AtomicBoolean stopped = new AtomicBoolean();

    private WormholeServer(
            DirectoryLock lock,
            EndpointFile endpointFile,
            Checkpointer checkpointer,
            KeptProcesses kept,
            Sessions sessions,
            Optional<Tasks> endedAtStop,
            Duration taskGrace,
            WebSocketEndpoint endpoint,
            Optional<TaskHttp> http,
            Optional<Thread> housekeeper,
            Thread historian,
            Endpoint address) {
        this.kept = kept;
        this.lock = lock;
        this.endpointFile = endpointFile;
        this.checkpointer = checkpointer;
        this.sessions = sessions;
        this.endedAtStop = endedAtStop;
        this.taskGrace = taskGrace;
        this.historian = historian;
        this.endpoint = endpoint;
        this.http = http;
        this.housekeeper = housekeeper;
        this.address = address;
    }

    /**
     * Starts a server on a data directory that exists and is private. Sessions are back before
     * anything is accepted.
     *
     * @param hands how keepers are started
     * @param lockHolder names the process that holds the directory's lock, for the message
     */
    public static WormholeServer start(
            ServerSettings settings, KeeperHands hands, Supplier<String> lockHolder)
            throws StartException {
        Path directory = settings.dataDirectory();
        DirectoryLock lock;
        try {
            lock =
                    DirectoryLock.take(directory)
                            .orElseThrow(
                                    () ->
                                            new StartException(
                                                    "a server runs on "
                                                            + directory
                                                            + " already ("
                                                            + lockHolder.get()
                                                            + "): use it, or end it with wormhole"
                                                            + " stop"));
        } catch (IOException e) {
            throw new StartException("cannot lock " + directory + ": " + e.getMessage(), e);
        }
        try {
            return startLocked(settings, hands, lock);
        } catch (StartException | RuntimeException e) {
            try {
                lock.close();
            } catch (IOException closing) {
                e.addSuppressed(closing);
            }
            throw e;
        }
    }

    private static WormholeServer startLocked(
            ServerSettings settings, KeeperHands hands, DirectoryLock lock) throws StartException {
        Path directory = settings.dataDirectory();
        var endpointFile = new EndpointFile(directory);
        Checkpointer checkpointer;
        List<Checkpoint> checkpoints;
        try {
            endpointFile.delete();
            Checkpointer.makeRoom(directory);
            NativeLibraries.prepare(directory.resolve("native"));
            checkpointer =
                    Checkpointer.open(
                            directory,
                            new CheckpointSettings(
                                    settings.checkpointInterval(), settings.ringCaps()));
        } catch (IOException e) {
            throw new StartException("cannot prepare " + directory + ": " + e.getMessage(), e);
        } catch (StoreException e) {
            throw new StartException(String.valueOf(e.getMessage()), e);
        }
        var threads = new ServerThreads();
        KeptProcesses kept = null;
        try {
            checkpoints = checkpointer.load();
            kept = KeptProcesses.open(settings, hands, threads);
            return wire(settings, lock, endpointFile, checkpointer, checkpoints, kept, threads);
        } catch (StoreException | IOException e) {
            // Processes stay with their keepers.
            if (kept != null) kept.close();
            checkpointer.close();
            throw new StartException(String.valueOf(e.getMessage()), e);
        }
    }

    private static WormholeServer wire(
            ServerSettings settings,
            DirectoryLock lock,
            EndpointFile endpointFile,
            Checkpointer checkpointer,
            List<Checkpoint> checkpoints,
            KeptProcesses kept,
            ServerThreads threads)
            throws IOException {
        var connections = new Connections();
        var announcer = new Announcer(connections);
        var ports =
                new SessionPorts(
                        kept.keepers(),
                        checkpointer,
                        announcer,
                        new ProcessSpecs(System.getenv(), Path.of(System.getProperty("user.home"))),
                        threads,
                        settings.historyLines(),
                        settings.taskLimits(),
                        InstantSource.system(),
                        System::nanoTime);
        var sessions = new Sessions(ports, settings.ringCaps(), settings.maxSessions());
        var historian = new TaskHistorian();
        var tasks =
                new Tasks(
                        sessions,
                        checkpointer,
                        settings.taskHistory(),
                        ports.clock(),
                        id -> connections.destroyed(id, null),
                        historian::wake);
        tasks.load(checkpointer.tasks());
        kept.history(tasks::knows);
        announcer.tasks(tasks);
        RollCall call = kept.adopt(sessions, checkpoints, unwanted(checkpointer));
        ServerMessage.Recovery recovery =
                RecoveryReport.of(
                        ports.clock().millis(),
                        checkpoints,
                        call,
                        checkpointer.status().warnings());
        if (!recovery.isUneventful())
            log.info(
                    "recovered: {} sessions with their processes, {} without, {} had exited before;"
                            + " {} lost",
                    recovery.reattached().size(),
                    recovery.recreated().size(),
                    recovery.exited().size(),
                    recovery.lost().size());
        String token = settings.token() == null ? newToken() : settings.token();
        SSLContext tls = tlsOf(settings);
        Supplier<ServerMessage.StoreState> store =
                () ->
                        StoreInventory.of(
                                checkpointer.status(),
                                settings.dataDirectory(),
                                settings.storeBytes());
        var access = new AccessPolicy(token, namesOf(settings), settings.allowedOrigins());
        var endpoint =
                new WebSocketEndpoint(
                        new EndpointSettings(
                                settings.address(),
                                tls,
                                settings.maxConnections(),
                                "wormhole " + VERSION,
                                new KeeperInventory(kept),
                                () -> recovery,
                                store,
                                tasks),
                        access,
                        sessions,
                        connections,
                        threads,
                        System::nanoTime);
        checkpointer.onChange(() -> connections.storeChanged(store.get()));
        int port = endpoint.start();
        String url =
                (tls == null ? "ws://" : "wss://")
                        + literal(settings.address().getAddress())
                        + ":"
                        + port
                        + "/";
        Optional<TaskHttp> http =
                HttpDoor.open(
                        settings,
                        access,
                        url,
                        tasks,
                        HttpDoor.metrics(sessions, connections, endpoint, checkpointer),
                        threads);
        var address =
                new Endpoint(
                        url,
                        token,
                        ProcessHandle.current().pid(),
                        Limits.PROTOCOL,
                        VERSION,
                        http.map(TaskHttp::url).orElse(null));
        endpointFile.write(address);
        log.info("serving {} sessions at {}", checkpoints.size(), address);
        Optional<Thread> housekeeper =
                settings.exitedAge()
                        .map(age -> new Housekeeper(Household.of(sessions), age, ports.clock()))
                        .map(keeping -> threads.virtual("housekeeper", keeping));
        historian.wake();
        Thread history = threads.virtual("task-historian", () -> historian.run(tasks::tidy));
        return new WormholeServer(
                lock,
                endpointFile,
                checkpointer,
                kept,
                sessions,
                settings.endsTasks() ? Optional.of(tasks) : Optional.empty(),
                settings.taskLimits().grace(),
                endpoint,
                http,
                housekeeper,
                history,
                address);
    }

    /** Where it listens and the token it takes. */
    public Endpoint address() {
        return address;
    }

    /**
     * Ends in order: connections are closed, sessions stand still and are stored; processes go on
     * with their keepers. Blocks until done; a second call returns at once.
     */
    public void stop() {
        if (!stopped.compareAndSet(false, true)) return;
        log.info("stopping");
        housekeeper.ifPresent(Thread::interrupt);
        historian.interrupt();
        endedAtStop.ifPresent(this::end);
        http.ifPresent(TaskHttp::stop);
        endpoint.stop();
        try {
            sessions.freeze().get(STOP_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException e) {
            log.warn("not every session stood still before the last checkpoint", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        checkpointer.close();
        try {
            sessions.stop().get(STOP_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException e) {
            log.warn("not every session has ended", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        kept.stopping();
        kept.close();
        try {
            endpointFile.delete();
            lock.close();
        } catch (IOException e) {
            log.warn("cleaning up the data directory: {}", e.toString());
        }
        log.info("stopped");
    }

    /** Of whose sessions nothing goes on: those that were destroyed, and tasks that are over. */
    private static List<SessionId> unwanted(Checkpointer store) {
        Stream<SessionId> over =
                store.tasks().stream()
                        .filter(stored -> stored.task().state().isOver())
                        .map(stored -> stored.record().id());
        return Stream.concat(store.tombstones().stream(), over).toList();
    }

    private void end(Tasks tasks) {
        try {
            Duration grace = taskGrace.compareTo(TASK_GRACE) < 0 ? taskGrace : TASK_GRACE;
            tasks.endAll().get(grace.plus(TASK_SLACK).toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException | TimeoutException e) {
            log.warn("not every task has ended before the stop", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static @Nullable SSLContext tlsOf(ServerSettings settings) throws IOException {
        Path certificate = settings.tlsCertificate();
        Path key = settings.tlsKey();
        return certificate == null || key == null ? null : TlsFiles.contextOf(certificate, key);
    }

    /** An address that was named at the start is a name clients come with. */
    private static Set<String> namesOf(ServerSettings settings) {
        var names = new HashSet<>(settings.allowedHosts());
        if (!settings.address().getAddress().isAnyLocalAddress())
            names.add(settings.address().getHostString());
        return names;
    }

    private static String literal(InetAddress address) {
        String literal = address.getHostAddress();
        return address instanceof Inet6Address ? "[" + literal + "]" : literal;
    }

    private static String newToken() {
        byte[] bytes = new byte[32];
        new SecureRandom().nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
