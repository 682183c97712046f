package dev.wormhole.client.local;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;

/**
 * Starts a keeper in the background: from which files, with which flags, in which surroundings.
 * Knows nothing of how one is found and spoken to, so it does not wait until it accepts.
 *
 * <p>Used by the process that holds the lock of the data directory, by one thread at a time.
 */
public final class KeeperProcess {

    private static final Logger log = LoggerFactory.getLogger(KeeperProcess.class);

    private static final String MAIN = "dev.wormhole.server.Main";

    /** What the JVM itself has to say: hardly ever anything. */
    private static final String LOG = "start.log";

    private static final FileAttribute<Set<PosixFilePermission>> OWNER_ONLY =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));

    private static final long MAX_LOG_BYTES = 256 << 10;

    /** What a service is told beside what the user's manager knows: names of files and places. */
    private static final Set<String> TOLD =
            Set.of("HOME", "PATH", "LANG", "LC_ALL", "LC_CTYPE", "WORMHOLE_DATA");

    private KeeperProcess() {}

    /**
     * Starts one for this data directory: as a service of the user where that outlives the logout,
     * else as a process of its own session. Its words go to {@code keeper/start.log}.
     *
     * @param environment of the user; nothing of this process's own reaches the keeper
     * @throws IOException with a sentence for a person
     */
    public static void start(Path dataDirectory, Map<String, String> environment)
            throws IOException {
        start(dataDirectory, environment, System.getProperties());
    }

    static void start(Path dataDirectory, Map<String, String> environment, Properties jvm)
            throws IOException {
        Path directory = dataDirectory.toAbsolutePath().normalize().resolve("keeper");
        PrivateDirectory.ensure(directory);
        KeeperImage image = KeeperImage.prepare(directory, jvm);
        List<String> command = command(image, dataDirectory);
        Path words = directory.resolve(LOG);
        if (Files.exists(words) && Files.size(words) > MAX_LOG_BYTES) Files.delete(words);
        // Whoever appends to it would make it readable for others.
        if (!Files.exists(words)) Files.createFile(words, OWNER_ONLY);
        if (startAsService(command, environment, words)) return;
        if (!Background.canLeaveTheTerminal(environment))
            log.warn("setsid is missing: the keeper may end with the terminal of its starter");
        var all = new ArrayList<>(Background.prefix(environment));
        all.addAll(command);
        Process started =
                Background.start(
                        all, environment, ProcessBuilder.Redirect.appendTo(words.toFile()));
        log.info("a keeper was started: pid {} from {}", started.pid(), image.java());
    }

    private static boolean startAsService(
            List<String> command, Map<String, String> environment, Path words) {
        var manager = new UserManager(environment);
        // Without lingering the manager ends its services at logout, a process of its own session
        // may go on: that is up to KillUserProcesses of the system.
        if (manager.logout() != UserManager.Logout.GOES_ON) return false;
        String unit = "wormhole-keeper-" + HexFormat.of().toHexDigits(new SecureRandom().nextInt());
        var told = new LinkedHashMap<String, String>();
        environment.forEach(
                (name, value) -> {
                    if (TOLD.contains(name)) told.put(name, value);
                });
        try {
            manager.startService(unit, command, told, words.toString());
            log.info("a keeper was started: service {} from {}", unit, command.getFirst());
            return true;
        } catch (IOException e) {
            log.warn("the keeper is no service of the user: {}", e.getMessage());
            return false;
        }
    }

    /** The words that start a keeper: all of it together takes some tens of megabytes. */
    static List<String> command(KeeperImage image, Path dataDirectory) {
        return List.of(
                image.java().toString(),
                "-Xms16m",
                "-Xmx16m",
                "-Xss256k",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-XX:-UsePerfData",
                "-XX:+UseCompactObjectHeaders",
                "-XX:ErrorFile=" + dataDirectory.resolve("keeper").resolve("hs_err_pid%p.log"),
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                image.classPath(),
                MAIN,
                "keeper",
                "--data",
                dataDirectory.toString());
    }
}
