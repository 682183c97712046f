package dev.wormhole.bench.peer;

import dev.wormhole.protocol.ClientMessage;
import dev.wormhole.protocol.Endpoint;
import dev.wormhole.protocol.Feature;
import dev.wormhole.protocol.RespawnMode;
import dev.wormhole.protocol.ServerMessage;
import dev.wormhole.protocol.SessionId;
import dev.wormhole.protocol.TerminalSize;
import dev.wormhole.protocol.json.JsonException;
import dev.wormhole.terminal.screen.Screen;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** A session server in a process of its own, and the connections to it. */
final class WormholeHost extends Host {

    private static final TerminalSize SIZE = new TerminalSize(Place.COLUMNS, Place.ROWS);

    /** What a full collection prints last: the sum of all that lives. */
    private static final String TOTAL = "Total";

    private final Path program;
    private final Path data;
    private final Map<String, String> environment;
    private final Process process;
    private final Endpoint endpoint;
    private final Wire control;
    private final Map<String, SessionId> ids = new HashMap<>();
    private final List<Wire> connections = new ArrayList<>();

    private WormholeHost(
            Place place,
            Path program,
            Path data,
            Map<String, String> environment,
            Process process,
            Endpoint endpoint)
            throws IOException {
        super(place);
        this.program = program;
        this.data = data;
        this.environment = Map.copyOf(environment);
        this.process = process;
        this.endpoint = endpoint;
        control = Wire.connect(endpoint, EnumSet.of(Feature.ACK), Pace.UNLIMITED);
    }

    static WormholeHost start(Path program, Place place) throws IOException {
        Path data = place.directory().resolve("data");
        var command = new ArrayList<>(List.of(program.toString(), "serve"));
        command.addAll(List.of("--data", data.toString()));
        if (place.historyLines() != Screen.DEFAULT_HISTORY) {
            command.addAll(List.of("--set", "history.lines=" + place.historyLines()));
        }
        Path words = place.directory().resolve("server.out");
        var builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().clear();
        builder.environment().putAll(place.environment());
        String jdk = System.getProperty("java.home");
        builder.environment().put("JAVA_HOME", jdk);
        Process process = builder.redirectOutput(words.toFile()).start();
        try {
            return new WormholeHost(
                    place,
                    program,
                    data,
                    builder.environment(),
                    process,
                    endpoint(process, data, words));
        } catch (IOException | RuntimeException e) {
            process.destroyForcibly();
            throw e;
        }
    }

    private static Endpoint endpoint(Process process, Path data, Path words) throws IOException {
        Path file = data.resolve(Endpoint.FILE_NAME);
        long deadline = System.nanoTime() + Duration.ofSeconds(60).toNanos();
        while (!Files.exists(file)) {
            if (!process.isAlive() || System.nanoTime() > deadline) {
                throw new IOException("no server: " + Files.readString(words).strip());
            }
            Pace.rest(Duration.ofMillis(10));
        }
        try {
            return Endpoint.parse(Files.readString(file));
        } catch (JsonException e) {
            throw new IOException(e);
        }
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
        var pids = new HashSet<>(super.servers());
        pids.add(process.pid());
        return pids;
    }

    /** A full collection; what lives then is what the sessions hold. */
    @Override
    public long liveMemory() throws IOException {
        String jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd").toString();
        String histogram =
                Commands.output(
                        List.of(jcmd, String.valueOf(process.pid()), "GC.class_histogram"),
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
    public void close() {
        connections.forEach(Wire::close);
        control.close();
        try {
            // The processes and their keeper too.
            Commands.output(
                    List.of(program.toString(), "stop", "--all", "--data", data.toString()),
                    environment,
                    place().directory());
        } catch (IOException e) {
            System.err.println("not ended in order: " + e.getMessage());
        }
        try {
            if (!process.waitFor(10, TimeUnit.SECONDS)) process.destroyForcibly();
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
