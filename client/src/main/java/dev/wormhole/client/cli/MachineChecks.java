package dev.wormhole.client.cli;

import dev.wormhole.client.local.Failures;
import dev.wormhole.client.local.PrivateDirectory;
import dev.wormhole.client.local.ServerLock;
import dev.wormhole.client.preferences.PreferencesFile;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What {@code doctor} looks at on this machine: the runtime, the directories, the disk, the shell,
 * the locale and what the window needs. Changes nothing.
 *
 * <p>Owned by the calling thread.
 */
final class MachineChecks {

    private static final int JAVA = 25;

    /** SQLite needs room for its log besides the database; below this a checkpoint may not fit. */
    private static final long TOO_LITTLE = 100_000_000;

    private static final long LITTLE = 1_000_000_000;

    private static final int FONT_FOLDER_DEPTH = 6;

    private static final Map<String, String> LIBRARIES =
            Map.of(
                    "libgtk-3.so.0", "libgtk-3-0",
                    "libfreetype.so.6", "libfreetype6",
                    "libfontconfig.so.1", "libfontconfig1",
                    "libpango-1.0.so.0", "libpango-1.0-0");

    private final Map<String, String> environment;

    MachineChecks(Map<String, String> environment) {
        this.environment = Map.copyOf(environment);
    }

    List<Check> all(Path dataDirectory, Path configDirectory) {
        var checks = new ArrayList<Check>();
        checks.add(java());
        checks.add(data(dataDirectory));
        checks.add(disk(dataDirectory));
        checks.add(preferences(configDirectory));
        checks.add(locks());
        checks.add(shell());
        checks.add(locale());
        checks.add(libraries());
        checks.add(fonts());
        checks.add(display());
        return checks;
    }

    private static Check java() {
        String found = "Java " + Runtime.version() + " in " + System.getProperty("java.home");
        return Runtime.version().feature() >= JAVA
                ? Check.ok("java", found)
                : Check.fail("java", found, "install a JDK " + JAVA);
    }

    private static Check data(Path directory) {
        Optional<String> problem = PrivateDirectory.problem(directory);
        if (problem.isPresent())
            return Check.fail("data", problem.get(), "no server uses it before that");
        if (!Files.exists(directory))
            return Check.ok("data", directory + " is made when it is needed");
        if (Files.isWritable(directory)) return Check.ok("data", directory + " is yours alone");
        return Check.fail("data", directory + " cannot be written", "chmod 700 " + directory);
    }

    private static Check disk(Path directory) {
        try {
            long free = Files.getFileStore(existing(directory)).getUsableSpace();
            String found = Words.gigabytes(free) + " free below " + directory;
            if (free < TOO_LITTLE)
                return Check.fail("disk", found, "make room: scrollback cannot be kept");
            if (free < LITTLE) return Check.warn("disk", found, "make room soon");
            return Check.ok("disk", found);
        } catch (IOException e) {
            return Check.warn(
                    "disk", "the free space is not told: " + Failures.reason(e), "look with df");
        }
    }

    private static Path existing(Path directory) {
        Path path = directory;
        while (!Files.exists(path) && path.getParent() != null) path = path.getParent();
        return path;
    }

    private static Check preferences(Path configDirectory) {
        var file = new PreferencesFile(configDirectory);
        Optional<String> problem = file.problem();
        if (problem.isPresent()) {
            return Check.warn(
                    "preferences", problem.get(), "a broken file is set aside at the next start");
        }
        return Check.ok(
                "preferences",
                Files.exists(file.path()) ? file.path() + " is read" : "none so far");
    }

    private static Check locks() {
        return ServerLock.isSupported()
                ? Check.ok("locks", "/proc/locks tells who holds the data directory")
                : Check.fail("locks", "/proc/locks cannot be read", "mount /proc, or use Linux");
    }

    private Check shell() {
        String shell = environment.get("SHELL");
        if (shell == null || shell.isEmpty()) {
            return Check.warn(
                    "shell",
                    "SHELL is not set",
                    "sessions take the shell of your account, else /bin/sh");
        }
        return Files.isExecutable(Path.of(shell))
                ? Check.ok("shell", shell)
                : Check.fail(
                        "shell", shell + " cannot be run", "set SHELL to an installed one (chsh)");
    }

    private Check locale() {
        for (String variable : List.of("LC_ALL", "LC_CTYPE", "LANG")) {
            String value = environment.get(variable);
            if (value == null || value.isEmpty()) continue;
            String plain = value.toLowerCase(Locale.ROOT).replace("-", "");
            return plain.contains("utf8")
                    ? Check.ok("locale", variable + "=" + value)
                    : Check.warn(
                            "locale",
                            variable + "=" + value + " is not UTF-8",
                            "export LANG=C.UTF-8");
        }
        return Check.warn(
                "locale", "no locale is set: programs show ? for ä", "export LANG=C.UTF-8");
    }

    /**
     * The linker's cache knows every library; its text form comes from a program that Debian keeps
     * off the PATH.
     */
    private static Check libraries() {
        Optional<String> known = linkerCache();
        if (known.isEmpty())
            return Check.ok("libraries", "not looked at: this system has no ldconfig");
        List<String> missing =
                LIBRARIES.entrySet().stream()
                        .filter(library -> !known.get().contains(library.getKey()))
                        .map(Map.Entry::getValue)
                        .sorted()
                        .toList();
        return missing.isEmpty()
                ? Check.ok("libraries", "the window's libraries are installed")
                : Check.warn(
                        "libraries",
                        "the window lacks " + String.join(", ", missing),
                        "sudo apt-get install " + String.join(" ", missing));
    }

    private static Optional<String> linkerCache() {
        for (String program : List.of("/sbin/ldconfig", "/usr/sbin/ldconfig")) {
            if (!Files.isExecutable(Path.of(program))) continue;
            try {
                Process process =
                        new ProcessBuilder(program, "-p").redirectErrorStream(true).start();
                try (var output = process.getInputStream()) {
                    return Optional.of(new String(output.readAllBytes(), StandardCharsets.UTF_8));
                }
            } catch (IOException e) {
                return Optional.empty();
            }
        }
        return Optional.empty();
    }

    private Check fonts() {
        List<Path> folders =
                Stream.of(
                                "/usr/share/fonts",
                                "/usr/local/share/fonts",
                                environment.getOrDefault("HOME", "/nowhere")
                                        + "/.local/share/fonts",
                                environment.getOrDefault("HOME", "/nowhere") + "/.fonts",
                                "/System/Library/Fonts")
                        .map(Path::of)
                        .filter(Files::isDirectory)
                        .toList();
        for (Path folder : folders) {
            try (Stream<Path> files =
                    Files.find(folder, FONT_FOLDER_DEPTH, (path, _) -> isFont(path))) {
                if (files.findFirst().isPresent())
                    return Check.ok("fonts", "there are some in " + folder);
            } catch (IOException | java.io.UncheckedIOException e) {
                // A folder that cannot be read is no place for the window's fonts either.
            }
        }
        return Check.warn(
                "fonts", "no font is installed", "sudo apt-get install fonts-dejavu-core");
    }

    private static boolean isFont(Path path) {
        String name = path.toString().toLowerCase(Locale.ROOT);
        return name.endsWith(".ttf") || name.endsWith(".otf") || name.endsWith(".ttc");
    }

    private Check display() {
        String display = environment.get("DISPLAY");
        return display == null || display.isEmpty()
                ? Check.warn(
                        "display",
                        "no X display: the window does not open here",
                        "use 'wormhole attach', or ssh -X")
                : Check.ok("display", display);
    }
}
