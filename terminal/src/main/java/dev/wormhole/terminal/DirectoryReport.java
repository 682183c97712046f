package dev.wormhole.terminal;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * A working directory as OSC 7 tells it: {@code file://host/path}, percent-encoded UTF-8.
 *
 * <p>Immutable.
 */
public record DirectoryReport(String host, String path) {

    /** As long as a path may be on Linux (PATH_MAX). */
    private static final int MAX_PATH = 4096;

    private static final String SCHEME = "file://";

    /** POSIX allows 255 bytes for a host name. */
    private static final int MAX_HOST = 255;

    /** Empty for every other scheme, a path that is not absolute, and what is no text. */
    public static Optional<DirectoryReport> parse(byte[] data, int from, int to) {
        int host = from + SCHEME.length();
        if (to < host) return Optional.empty();
        String scheme = new String(data, from, SCHEME.length(), StandardCharsets.ISO_8859_1);
        if (!scheme.equalsIgnoreCase(SCHEME)) return Optional.empty();
        int slash = host;
        while (slash < to && data[slash] != '/') slash++;
        if (slash == to || slash - host > MAX_HOST) return Optional.empty();
        Optional<String> name = decode(data, host, slash);
        // The URI's query and fragment are not looked for: shells write names with ? and # as they
        // are.
        Optional<String> path = decode(data, slash, to);
        if (name.isEmpty() || path.isEmpty()) return Optional.empty();
        return Optional.of(new DirectoryReport(name.get(), path.get()))
                .filter(report -> isTame(report.host()) && isTame(report.path()))
                .filter(report -> report.path().length() <= MAX_PATH);
    }

    private static Optional<String> decode(byte[] data, int from, int to) {
        var bytes = new ByteArrayOutputStream(to - from);
        for (int i = from; i < to; i++) {
            if (data[i] != '%') {
                bytes.write(data[i]);
                continue;
            }
            if (i + 2 >= to) return Optional.empty();
            int high = Character.digit(data[i + 1], 16);
            int low = Character.digit(data[i + 2], 16);
            if (high < 0 || low < 0) return Optional.empty();
            bytes.write(high << 4 | low);
            i += 2;
        }
        try {
            // A fresh decoder refuses what is malformed; Java could not open such a path anyway.
            var text =
                    StandardCharsets.UTF_8
                            .newDecoder()
                            .decode(ByteBuffer.wrap(bytes.toByteArray()));
            return Optional.of(text.toString());
        } catch (CharacterCodingException _) {
            return Optional.empty();
        }
    }

    /**
     * Control characters are legal in names, but a directory like that is a trick more often than a
     * place.
     */
    private static boolean isTame(String text) {
        return text.chars().noneMatch(Character::isISOControl);
    }
}
