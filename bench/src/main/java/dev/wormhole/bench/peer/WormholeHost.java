package dev.wormhole.bench.peer;

import dev.wormhole.protocol.ByteString;
import dev.wormhole.protocol.ClientMessage;
import dev.wormhole.protocol.Endpoint;
import dev.wormhole.protocol.Feature;
import dev.wormhole.protocol.RespawnMode;
import dev.wormhole.protocol.ServerMessage;
import dev.wormhole.protocol.SessionEntry;
import dev.wormhole.protocol.SessionId;
import dev.wormhole.protocol.TerminalSize;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/** A session server in a process of its own, and the connections to it. */
public final class WormholeHost extends KillableHost {

    private static final TerminalSize SIZE = new TerminalSize(Place.COLUMNS, Place.ROWS);

    private static final Duration STARTED = Duration.ofSeconds(5);

    /** What a full collection prints last: the sum of all that lives. */
    private static final String TOTAL = "Total";

    private final WormholeServer server;
    private Endpoint endpoint;
    private Wire control;
    private final Map<String, SessionId> ids = new HashMap<>();
    private final List<Wire> connections = new ArrayList<>();

    private WormholeHost(Place place, WormholeServer server, Endpoint endpoint) throws IOException {
        super(place);
        this.server = server;
        this.endpoint = endpoint;
        control = control();
    }

    static WormholeHost start(Path program, Place place) throws IOException {
        var server = new WormholeServer(program, place);
        try {
            server.start();
            return new WormholeHost(place, server, server.await(0, true));
        } catch (IOException | RuntimeException e) {
            server.kill();
            throw e;
        }
    }

    /** Where its sessions are stored. */
    public static Path data(Place place) {
        return WormholeServer.data(place);
    }

    private Wire control() throws IOException {
        return Wire.connect(endpoint, EnumSet.of(Feature.ACK), Pace.UNLIMITED);
    }

    @Override
    void create(Session session) throws IOException {
        var create =
                new ClientMessage.Create(
                        SIZE,
                        session.name(),
                        place().directory().toString(),
                        List.of("/bin/sh", session.script().toString()),
                        Map.of(),
                        null);
        var created = control.ask(create, ServerMessage.Created.class);
        ids.put(session.name(), created.sessionId());
        // Who makes a session is its viewer; here it shall have none yet.
        control.ask(new ClientMessage.Detach(created.sessionId()), ServerMessage.Detached.class);
    }

    @Override
    List<Seat> attachAll(List<Session> sessions, Pace pace) throws IOException {
        Wire wire = Wire.connect(endpoint, EnumSet.of(Feature.ACK, Feature.HISTORY), pace);
        connections.add(wire);
        var seats = new ArrayList<Seat>();
        for (Session session : sessions) seats.add(attach(wire, session));
        return seats;
    }

    private WireSeat attach(Wire wire, Session session) throws IOException {
        var attach =
                new ClientMessage.Attach(id(session), SIZE, null, null, false, RespawnMode.NEVER);
        var created = wire.ask(attach, ServerMessage.Created.class);
        return wire.seat(created.channel());
    }

    private SessionId id(Session session) {
        return Objects.requireNonNull(ids.get(session.name()));
    }

    /** Also where another process keeps the terminals. */
    @Override
    public Set<Long> servers() throws IOException {
        var pids = new LinkedHashSet<>(super.servers());
        pids.add(endpoint.pid());
        return pids;
    }

    @Override
    List<Long> victims(Extent extent) throws IOException {
        var pids = new ArrayList<Long>();
        pids.add(endpoint.pid());
        if (extent == Extent.ALL) pids.addAll(knownServers());
        return pids;
    }

    /** A server alone is started by its keeper; with the keeper it is for us to do. */
    @Override
    public boolean comeBack() throws IOException {
        control.close();
        connections.forEach(Wire::close);
        connections.clear();
        boolean ours = !isKeeperAlive();
        if (ours) server.start();
        endpoint = server.await(endpoint.pid(), ours);
        control = control();
        return true;
    }

    @Override
    public void restore() throws IOException {
        comeBack();
    }

    @Override
    public long storing() throws IOException {
        return Proc.threadNanos(endpoint.pid(), "checkpointer");
    }

    private boolean isKeeperAlive() throws IOException {
        return knownServers().stream()
                .anyMatch(pid -> ProcessHandle.of(pid).filter(ProcessHandle::isAlive).isPresent());
    }

    /** A full collection; what lives then is what the sessions hold. */
    @Override
    public long liveMemory() throws IOException {
        String jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd").toString();
        String histogram =
                Commands.output(
                        List.of(jcmd, String.valueOf(endpoint.pid()), "GC.class_histogram"),
                        place().environment(),
                        place().directory());
        String total =
                histogram
                        .lines()
                        .filter(line -> line.startsWith(TOTAL))
                        .findFirst()
                        .orElseThrow(() -> new IOException("no histogram: " + histogram));
        return Long.parseLong(total.strip().split("\\s+")[2]);
    }

    /** From the opening of a connection; the lines are fetched one answer after the other. */
    @Override
    public Arrival arrive(Session session, String shown) throws IOException {
        long start = System.nanoTime();
        Wire wire =
                Wire.connect(endpoint, EnumSet.of(Feature.ACK, Feature.HISTORY), Pace.UNLIMITED);
        try {
            WireSeat seat = attach(wire, session);
            long screen = seat.snapshotEnd().await(PATIENCE) - start;
            if (!wire.offers(Feature.HISTORY)) return new Arrival(screen, screen);
            long before = Long.MAX_VALUE >>> 10;
            for (ServerMessage.History page = page(wire, session, before);
                    page.first() < page.end() && page.first() > page.oldest();
                    page = page(wire, session, before)) {
                before = page.first();
            }
            return new Arrival(screen, System.nanoTime() - start);
        } catch (TimeoutException e) {
            throw new IOException("the screen never came", e);
        } finally {
            wire.close();
        }
    }

    private ServerMessage.History page(Wire wire, Session session, long before) throws IOException {
        return wire.ask(
                new ClientMessage.HistoryRequest(id(session), before, 10_000),
                ServerMessage.History.class);
    }

    @Override
    public Seat view(Session session, Consumer<ByteBuffer> ear) throws IOException {
        Wire wire = Wire.connect(endpoint, EnumSet.of(Feature.ACK), Pace.UNLIMITED, ear);
        connections.add(wire);
        return attach(wire, session);
    }

    @Override
    public List<String> text(Session session) throws IOException {
        var heard = new ByteArrayOutputStream();
        Wire wire =
                Wire.connect(
                        endpoint,
                        EnumSet.of(Feature.ACK),
                        Pace.UNLIMITED,
                        bytes -> heard.writeBytes(ByteString.copyOf(bytes).toArray()));
        try {
            WireSeat seat = attach(wire, session);
            seat.snapshotEnd().await(PATIENCE);
            return Shown.lines(
                    heard.toByteArray(), seat.snapshotLength(), SIZE, place().historyLines());
        } catch (TimeoutException e) {
            throw new IOException("the screen never came", e);
        } finally {
            wire.close();
        }
    }

    /** Acknowledged when this returns. */
    public void rename(Session session, String name) throws IOException {
        control.ask(new ClientMessage.Rename(id(session), name), ServerMessage.Renamed.class);
    }

    /** Acknowledged when this returns. */
    public void destroy(Session session) throws IOException {
        control.ask(new ClientMessage.Destroy(id(session)), ServerMessage.Destroyed.class);
    }

    /** Names of the sessions that the server knows. */
    public Set<String> names() throws IOException {
        return control
                .ask(new ClientMessage.ListRequest(), ServerMessage.Sessions.class)
                .sessions()
                .stream()
                .map(SessionEntry::name)
                .collect(Collectors.toSet());
    }

    @Override
    public void close() {
        connections.forEach(Wire::close);
        control.close();
        if (!stopAll()) {
            // One that was just starting is there by then.
            Pace.rest(STARTED);
            if (!stopAll()) {
                killServers();
                ProcessHandle.of(endpoint.pid()).ifPresent(ProcessHandle::destroyForcibly);
            }
        }
        server.end();
    }

    private boolean stopAll() {
        try {
            server.stopAll();
            return true;
        } catch (IOException e) {
            System.err.println("not ended in order: " + e.getMessage());
            return false;
        }
    }
}
