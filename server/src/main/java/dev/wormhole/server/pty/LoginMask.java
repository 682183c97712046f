package dev.wormhole.server.pty;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The mask of file modes that children get: what this process was started with, and at least what a
 * login of this system would have. So a mask that somebody made stricter stays, and one that a
 * daemon or a container left open does not reach a person's files.
 */
final class LoginMask {

    /** What login and systemd use where nothing is configured. */
    private static final int USUAL = 022;

    private static final Path LOGIN_DEFINITIONS = Path.of("/etc/login.defs");

    private static final Pattern UMASK = Pattern.compile("\\s*UMASK\\s+([0-7]{1,4})\\b.*");
    private static final Pattern USER_GROUPS =
            Pattern.compile("\\s*USERGROUPS_ENAB\\s+yes\\b.*", Pattern.CASE_INSENSITIVE);

    private LoginMask() {}

    /** The mask for this system; starts one short process. */
    static int probe() {
        return own() | ofLogin(definitions(), hasOwnGroup());
    }

    /**
     * The mask of a login by the lines of {@code login.defs}.
     *
     * @param hasOwnGroup whether the user's group is nobody else's: it may then write, where the
     *     system says so
     */
    static int ofLogin(List<String> definitions, boolean hasOwnGroup) {
        int mask =
                definitions.stream()
                        .map(UMASK::matcher)
                        .filter(Matcher::matches)
                        .mapToInt(line -> Integer.parseInt(line.group(1), 8))
                        .reduce(USUAL, (_, last) -> last);
        boolean isGroupTrusted =
                hasOwnGroup
                        && definitions.stream()
                                .anyMatch(line -> USER_GROUPS.matcher(line).matches());
        // As pam_umask and login do it: the group's bits become those of the owner.
        return isGroupTrusted ? (mask & ~070) | ((mask & 0700) >> 3) : mask;
    }

    private static List<String> definitions() {
        try (Stream<String> lines = Files.lines(LOGIN_DEFINITIONS, StandardCharsets.ISO_8859_1)) {
            return lines.toList();
        } catch (IOException | java.io.UncheckedIOException e) {
            return List.of();
        }
    }

    private static boolean hasOwnGroup() {
        try {
            var facts = Files.readAttributes(Path.of("/proc/self"), "unix:uid,gid");
            return facts.get("uid") instanceof Integer uid
                    && uid != 0
                    && uid.equals(facts.get("gid"));
        } catch (IOException | UnsupportedOperationException e) {
            return false;
        }
    }

    /** This process's own, which a child is the easiest to ask for. */
    private static int own() {
        try {
            Process process = new ProcessBuilder("/bin/sh", "-c", "umask").start();
            process.getOutputStream().close();
            byte[] said = process.getInputStream().readAllBytes();
            return Integer.parseInt(new String(said, StandardCharsets.US_ASCII).strip(), 8);
        } catch (IOException | NumberFormatException e) {
            return 0;
        }
    }
}
