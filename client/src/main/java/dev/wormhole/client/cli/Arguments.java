package dev.wormhole.client.cli;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * The words as they were typed. In the C locale (cron, a bare ssh) Java turns every byte beyond
 * ASCII into U+FFFD before a program sees it; Linux still has the bytes, which are UTF-8 on any
 * system of today.
 */
final class Arguments {

    private static final Logger log = LoggerFactory.getLogger(Arguments.class);

    private static final Path COMMAND_LINE = Path.of("/proc/self/cmdline");

    private Arguments() {}

    static String[] recovered(String[] args) {
        if (Arrays.stream(args).noneMatch(word -> word.indexOf('\ufffd') >= 0)) return args;
        try {
            return recovered(args, Files.readAllBytes(COMMAND_LINE));
        } catch (IOException e) {
            log.debug("the command line cannot be read again: {}", e.toString());
            return args;
        }
    }

    /** The last words of the JVM's command line are the program's. Pure. */
    static String[] recovered(String[] args, byte[] commandLine) {
        String[] words = new String(commandLine, StandardCharsets.UTF_8).split("\0", -1);
        // Each word ends with a NUL, so the last piece is none.
        int end = words.length - 1;
        return end < args.length ? args : Arrays.copyOfRange(words, end - args.length, end);
    }
}
