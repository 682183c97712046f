package dev.wormhole.server.keeper.link;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * What stands in the foreground of a terminal, from /proc (proc(5)).
 *
 * <p>Safe from any thread.
 */
final class ForegroundProcess {

    /** Words beyond this are no command that a person would want to see offered. */
    private static final int MAX_COMMAND = 4096;

    private ForegroundProcess() {}

    /**
     * Where it works; null where that cannot be known.
     *
     * @param pid of the process that was started on the terminal
     */
    static @Nullable String directory(long pid) {
        try {
            long group = ProcessGroups.of(pid).foreground();
            return Files.readSymbolicLink(Path.of("/proc/" + (group > 0 ? group : pid) + "/cwd"))
                    .toString();
        } catch (IOException | UnsupportedOperationException | NumberFormatException e) {
            // The process changed or went between two reads, or this is not Linux: unknown.
            return null;
        }
    }

    /**
     * The words it was started with; empty where it is the process itself, or they cannot be used.
     * Null where that cannot be known: a terminal that was hung up has no foreground, while its
     * programs still end.
     *
     * @param pid of the process that was started on the terminal
     */
    static @Nullable List<String> command(long pid) {
        ProcessGroups groups;
        try {
            groups = ProcessGroups.of(pid);
        } catch (IOException | NumberFormatException e) {
            return null;
        }
        if (groups.foreground() <= 0) return null;
        if (groups.foreground() == groups.own()) return List.of();
        try (InputStream file =
                Files.newInputStream(Path.of("/proc/" + groups.foreground() + "/cmdline"))) {
            return words(file.readNBytes(MAX_COMMAND + 1));
        } catch (IOException e) {
            // The first program of a pipeline has ended before the others.
            return List.of();
        }
    }

    /** The words of a command line that ends each with NUL; empty if it is none to type again. */
    static List<String> words(byte[] line) {
        if (line.length == 0 || line.length > MAX_COMMAND) return List.of();
        int end = line[line.length - 1] == 0 ? line.length - 1 : line.length;
        String text;
        try {
            text =
                    StandardCharsets.UTF_8
                            .newDecoder()
                            .decode(ByteBuffer.wrap(line, 0, end))
                            .toString();
        } catch (CharacterCodingException e) {
            return List.of();
        }
        List<String> words = List.of(text.split("\0", -1));
        boolean isTypable = text.chars().allMatch(c -> c == 0 || !Character.isISOControl(c));
        return isTypable && isProgram(words.getFirst()) ? words : List.of();
    }

    /** Not what a program wrote over its words, as "sshd: me@pts/0", nor a login shell's name. */
    private static boolean isProgram(String word) {
        boolean isPath = word.startsWith("/") || word.startsWith(".");
        return !word.isEmpty() && !word.startsWith("-") && (isPath || !word.contains(" "));
    }
}
