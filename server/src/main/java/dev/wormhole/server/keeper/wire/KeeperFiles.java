package dev.wormhole.server.keeper.wire;

import dev.wormhole.protocol.json.JsonException;
import dev.wormhole.server.pty.ProcessKey;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The files of one keeper, in {@code keeper/} of the data directory. Its name is eight hexadecimal
 * digits; {@code NAME.lock} is locked as long as it lives, {@code NAME.json} is there while it
 * accepts.
 *
 * <p>Immutable.
 */
public record KeeperFiles(Path directory, String name) {

    static final FileAttribute<?> PRIVATE =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));

    private static final Pattern NAME = Pattern.compile("[0-9a-f]{8}");
    private static final String LOCK = ".lock";

    /** What a keeper that was killed may leave without its lock file: its name is in a group. */
    private static final Pattern REMAINS =
            Pattern.compile("native-([0-9a-f]{8})|([0-9a-f]{8})[.](?:json(?:[.]new)?|sock|log.*)");

    public KeeperFiles {
        if (!NAME.matcher(name).matches()) throw new IllegalArgumentException("name: " + name);
    }

    /** Where the keepers of a data directory have their files. */
    public static Path directory(Path dataDirectory) {
        return dataDirectory.resolve("keeper");
    }

    /** Makes that directory, for its user alone, where it is missing. */
    public static Path makeDirectory(Path dataDirectory) throws IOException {
        Path directory = directory(dataDirectory);
        var mode = PosixFilePermissions.fromString("rwx------");
        Files.createDirectories(directory, PosixFilePermissions.asFileAttribute(mode));
        Files.setPosixFilePermissions(directory, mode);
        return directory;
    }

    /** A new keeper's. */
    public static KeeperFiles random(Path dataDirectory) {
        byte[] name = new byte[4];
        new SecureRandom().nextBytes(name);
        return new KeeperFiles(directory(dataDirectory), HexFormat.of().formatHex(name));
    }

    /** Those of every keeper that has a lock file, dead ones too. */
    public static List<KeeperFiles> find(Path dataDirectory) throws IOException {
        Path directory = directory(dataDirectory);
        try (Stream<Path> files = Files.list(directory)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(file -> file.endsWith(LOCK))
                    .map(file -> file.substring(0, file.length() - LOCK.length()))
                    .filter(name -> NAME.matcher(name).matches())
                    .sorted()
                    .map(name -> new KeeperFiles(directory, name))
                    .toList();
        } catch (NoSuchFileException e) {
            return List.of();
        }
    }

    /** Where a process's output goes while no server is there and memory is full. */
    public static Path spill(Path dataDirectory, ProcessKey key) {
        return directory(dataDirectory).resolve("spill-" + key.session() + "-" + key.generation());
    }

    public Path socket() {
        return file(".sock");
    }

    public Path endpoint() {
        return file(".json");
    }

    public Path lock() {
        return file(LOCK);
    }

    public Path log() {
        return file(".log");
    }

    /** Where its libraries unpack native code. */
    public Path natives() {
        return directory.resolve("native-" + name);
    }

    private Path file(String ending) {
        return directory.resolve(name + ending);
    }

    /** Last act of a start: whole or not at all. */
    public void write(KeeperEndpoint endpoint) throws IOException {
        Path temporary = file(".json.new");
        Files.deleteIfExists(temporary);
        try (FileChannel channel =
                FileChannel.open(
                        temporary,
                        Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
                        PRIVATE)) {
            var bytes = ByteBuffer.wrap(endpoint.toJson().getBytes(StandardCharsets.UTF_8));
            while (bytes.hasRemaining()) channel.write(bytes);
        }
        Files.move(temporary, endpoint(), StandardCopyOption.ATOMIC_MOVE);
    }

    /**
     * Empty while the keeper does not accept.
     *
     * @throws IOException also when the file is not what a keeper writes
     */
    public Optional<KeeperEndpoint> read() throws IOException {
        try {
            return Optional.of(KeeperEndpoint.parse(Files.readString(endpoint())));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (CharacterCodingException e) {
            throw new IOException(endpoint() + ": not UTF-8", e);
        } catch (JsonException e) {
            throw new IOException(endpoint() + ": " + e.getMessage(), e);
        }
    }

    /** Removes what leads to this keeper; the log stays, the lock file goes with its lock. */
    public void removeDoors() throws IOException {
        Files.deleteIfExists(endpoint());
        Files.deleteIfExists(file(".json.new"));
        Files.deleteIfExists(socket());
    }

    /** Removes the files, logs and natives too, if the keeper is dead. False: it lives. */
    public boolean removeIfDead() throws IOException {
        try {
            Optional<KeeperLock> lock = KeeperLock.tryTake(lock());
            if (lock.isEmpty()) return false;
            try (KeeperLock taken = lock.get()) {
                removeDoors();
                for (Path each : remains()) if (nameOf(each).equals(name)) removeTree(each);
                taken.removeFile();
            }
        } catch (NoSuchFileException e) {
            // Somebody else was quicker.
        }
        return true;
    }

    /**
     * Removes what keepers that live no more have left here. A keeper takes its lock before it
     * makes anything else, and lets its lock file go as the last: of whoever has none all may go.
     *
     * @throws IOException at the end, when something could not be removed
     */
    public void removeOfTheDead() throws IOException {
        IOException problem = null;
        for (Path each : remains()) {
            String owner = nameOf(each);
            // Opening the own lock file, and closing it, would give the own lock away.
            if (owner.equals(name)) continue;
            var other = new KeeperFiles(directory, owner);
            try {
                if (!Files.exists(other.lock())) removeTree(each);
                else other.removeIfDead();
            } catch (IOException e) {
                if (problem == null) problem = e;
                else problem.addSuppressed(e);
            }
        }
        if (problem != null) throw problem;
    }

    private List<Path> remains() throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.filter(file -> !nameOf(file).isEmpty()).toList();
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    /** Of the keeper whose file this is; empty if it is nobody's. */
    private static String nameOf(Path file) {
        Matcher matcher = REMAINS.matcher(file.getFileName().toString());
        if (!matcher.matches()) return "";
        return matcher.group(1) == null ? matcher.group(2) : matcher.group(1);
    }

    /** Others may be at it too. */
    private static void removeTree(Path path) throws IOException {
        try (Stream<Path> all = Files.walk(path)) {
            for (Path each : all.sorted(Comparator.reverseOrder()).toList())
                Files.deleteIfExists(each);
        } catch (NoSuchFileException e) {
            // It is gone.
        } catch (UncheckedIOException e) {
            if (!(e.getCause() instanceof NoSuchFileException)) throw e.getCause();
        }
    }
}
