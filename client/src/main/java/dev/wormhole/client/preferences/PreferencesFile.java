package dev.wormhole.client.preferences;

import dev.wormhole.client.local.Failures;
import dev.wormhole.protocol.json.JsonException;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * {@code preferences.json} on disk, shared by every window and command of this person: read whole,
 * changed one section at a time under a lock file, replaced atomically. A broken file is set aside,
 * a newer one is left alone; neither is fatal.
 *
 * <p>Safe from any thread and any process. Blocks on the disk.
 */
public final class PreferencesFile {

    public static final String FILE_NAME = "preferences.json";

    private static final String LOCK_NAME = "preferences.lock";

    /** A save takes milliseconds; somebody who holds the lock for longer is stuck. */
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private static final Duration BEAT = Duration.ofMillis(5);

    private static final DateTimeFormatter STAMP =
            DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss-SSS").withZone(ZoneOffset.UTC);

    private final Path directory;
    private final Path file;
    private final InstantSource clock;

    public PreferencesFile(Path configDirectory) {
        this(configDirectory, InstantSource.system());
    }

    public PreferencesFile(Path configDirectory, InstantSource clock) {
        this.directory = configDirectory.toAbsolutePath().normalize();
        this.file = directory.resolve(FILE_NAME);
        this.clock = clock;
    }

    /**
     * What was read, and a sentence for the person where something was wrong with the file.
     *
     * <p>Immutable.
     */
    public record Loaded(Preferences preferences, Optional<String> notice) {}

    private sealed interface Content {

        record Usable(Preferences preferences) implements Content {}

        record Missing() implements Content {}

        record Newer(long version) implements Content {}

        record Broken(String why) implements Content {}

        record Unreadable(String why) implements Content {}
    }

    public Path path() {
        return file;
    }

    /**
     * Reads the file; a broken one is renamed so that it can be looked at and the next save does
     * not lose it.
     */
    public Loaded load() {
        return switch (read()) {
            case Content.Usable(Preferences preferences) ->
                    new Loaded(preferences, Optional.empty());
            case Content.Missing() -> new Loaded(Preferences.empty(), Optional.empty());
            case Content.Newer(long version) -> withNotice(newer(version));
            case Content.Unreadable(String why) -> withNotice(file + " cannot be read: " + why);
            case Content.Broken _ -> withNotice(setAsideUnderLock());
        };
    }

    /** What {@link #load} would say about the file, without touching it; empty when all is well. */
    public Optional<String> problem() {
        return switch (read()) {
            case Content.Usable _, Content.Missing() -> Optional.empty();
            case Content.Newer(long version) -> Optional.of(newer(version));
            case Content.Unreadable(String why) -> Optional.of(file + " cannot be read: " + why);
            case Content.Broken(String why) -> Optional.of(file + " is broken: " + why);
        };
    }

    /**
     * Reads, changes and saves in one step that no other window or command can come between;
     * returns what was saved. A change touches the sections it is about and no others.
     */
    public Preferences update(UnaryOperator<Preferences> change) throws PreferencesException {
        try {
            AtomicFile.ensureDirectory(directory);
            try (FileChannel channel = openLock();
                    FileLock _ = lock(channel)) {
                Preferences changed = change.apply(current());
                AtomicFile.write(file, changed.toText());
                return changed;
            }
        } catch (IOException e) {
            throw new PreferencesException("cannot save " + file + ": " + Failures.reason(e), e);
        }
    }

    private Preferences current() throws PreferencesException, IOException {
        return switch (read()) {
            case Content.Usable(Preferences preferences) -> preferences;
            case Content.Missing() -> Preferences.empty();
            case Content.Newer(long version) -> throw new PreferencesException(newer(version));
            case Content.Unreadable(String why) ->
                    throw new PreferencesException(
                            file + " cannot be read, so nothing is saved: " + why);
            case Content.Broken _ -> {
                setAside();
                yield Preferences.empty();
            }
        };
    }

    private Content read() {
        String text;
        try {
            text = Files.readString(file);
        } catch (NoSuchFileException e) {
            return new Content.Missing();
        } catch (java.nio.charset.CharacterCodingException e) {
            return new Content.Broken("not UTF-8");
        } catch (IOException e) {
            return new Content.Unreadable(Failures.reason(e));
        }
        try {
            long version = Preferences.versionOf(text);
            if (version > Preferences.VERSION) return new Content.Newer(version);
            return new Content.Usable(Preferences.parse(text));
        } catch (JsonException e) {
            return new Content.Broken(String.valueOf(e.getMessage()));
        }
    }

    private static Loaded withNotice(String notice) {
        return new Loaded(Preferences.empty(), Optional.of(notice));
    }

    private String newer(long version) {
        return file
                + " was written by a newer Wormhole (version "
                + version
                + "): nothing is read from it or saved; update Wormhole or move it away";
    }

    private String setAsideUnderLock() {
        try (FileChannel channel = openLock();
                FileLock _ = lock(channel)) {
            // Another window may have done it, or saved a good one, since we looked.
            if (!(read() instanceof Content.Broken(String why)))
                return file + " was broken and is repaired";
            return file
                    + " is broken ("
                    + why
                    + ") and was set aside as "
                    + setAside().getFileName();
        } catch (IOException | PreferencesException e) {
            return file + " is broken and cannot be set aside: " + e.getMessage();
        }
    }

    private Path setAside() throws IOException {
        Path aside = file.resolveSibling(FILE_NAME + ".broken-" + STAMP.format(clock.instant()));
        return Files.move(file, aside, StandardCopyOption.ATOMIC_MOVE);
    }

    private FileChannel openLock() throws IOException {
        return FileChannel.open(
                directory.resolve(LOCK_NAME), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    }

    /**
     * Polls, because only so a wait for another process and for another object of this one look
     * alike.
     */
    private FileLock lock(FileChannel channel) throws IOException, PreferencesException {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (true) {
            try {
                FileLock lock = channel.tryLock();
                if (lock != null) return lock;
            } catch (OverlappingFileLockException e) {
                // Held by another thread of this process.
            }
            if (System.nanoTime() - deadline > 0) {
                throw new PreferencesException(
                        directory.resolve(LOCK_NAME)
                                + " has been held by another program for "
                                + PATIENCE.toSeconds()
                                + " seconds");
            }
            try {
                Thread.sleep(BEAT);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new PreferencesException("interrupted while waiting for " + LOCK_NAME, e);
            }
        }
    }
}
