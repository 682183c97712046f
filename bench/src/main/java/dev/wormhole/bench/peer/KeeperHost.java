package dev.wormhole.bench.peer;

import dev.wormhole.protocol.json.Json;
import dev.wormhole.protocol.json.JsonException;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A keeper that has no server, in a process of its own. */
final class KeeperHost extends Host {

    private final Process process;
    private final Path door;
    private final KeeperLine control;
    private final Map<String, UUID> ids = new HashMap<>();
    private final List<Seat> seats = new ArrayList<>();

    private KeeperHost(Place place, Process process, Path door) throws IOException {
        super(place);
        this.process = process;
        this.door = door;
        control = KeeperLine.connect(door, false);
    }

    static KeeperHost start(Path program, Place place) throws IOException {
        Path data =
                Files.createDirectory(
                        WormholeServer.data(place),
                        PosixFilePermissions.asFileAttribute(
                                PosixFilePermissions.fromString("rwx------")));
        Path words = place.directory().resolve("keeper.out");
        var builder =
                new ProcessBuilder(program.toString(), "keeper", "--data", data.toString())
                        .redirectErrorStream(true)
                        .redirectOutput(words.toFile());
        builder.environment().clear();
        builder.environment().putAll(place.environment());
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        Process process = builder.start();
        try {
            return new KeeperHost(place, process, door(process, data.resolve("keeper"), words));
        } catch (IOException e) {
            process.destroyForcibly();
            throw e;
        }
    }

    private static Path door(Process process, Path folder, Path words) throws IOException {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (true) {
            Path door = Files.isDirectory(folder) ? look(folder) : null;
            if (door != null) return door;
            if (!process.isAlive() || System.nanoTime() > deadline) {
                throw new IOException("no keeper: " + Files.readString(words).strip());
            }
            Pace.rest(Duration.ofMillis(10));
        }
    }

    private static @Nullable Path look(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.filter(f -> f.toString().endsWith(".json")).toList()) {
                return folder.resolve(Json.parseObject(Files.readString(file)).text("socket"));
            }
            return null;
        } catch (JsonException e) {
            throw new IOException(e);
        }
    }

    @Override
    void create(Session session) throws IOException {
        UUID id = UUID.randomUUID();
        control.spawn(
                id,
                List.of("/bin/sh", session.script().toString()),
                place().environment(),
                place().directory());
        ids.put(session.name(), id);
    }

    @Override
    List<Seat> attachAll(List<Session> sessions, Pace pace) throws IOException {
        var attached = new ArrayList<Seat>();
        for (Session session : sessions) {
            attached.add(
                    KeeperSeat.open(door, Objects.requireNonNull(ids.get(session.name())), pace));
        }
        seats.addAll(attached);
        return attached;
    }

    @Override
    public void close() {
        seats.forEach(Seat::close);
        try (control) {
            control.shutdown();
            if (!process.waitFor(10, TimeUnit.SECONDS)) process.destroyForcibly();
        } catch (IOException e) {
            System.err.println("not ended in order: " + e.getMessage());
            process.destroyForcibly();
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
