package dev.wormhole.client.cli;

import dev.wormhole.protocol.ByteString;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/** The escapes of {@code wormhole send}: {@code \r \n \t \e \xNN \\}. Pure. */
final class Escapes {

    private Escapes() {}

    /** The bytes to type: the text in UTF-8 with every escape replaced; nothing is added. */
    static ByteString decode(String text) throws CliException {
        var bytes = new ByteArrayOutputStream(text.length());
        int plain = 0;
        for (int i = text.indexOf('\\'); i >= 0; i = text.indexOf('\\', plain)) {
            bytes.writeBytes(text.substring(plain, i).getBytes(StandardCharsets.UTF_8));
            if (i + 1 == text.length()) throw unknown("\\ at the end");
            char kind = text.charAt(i + 1);
            plain = i + 2;
            switch (kind) {
                case 'r' -> bytes.write('\r');
                case 'n' -> bytes.write('\n');
                case 't' -> bytes.write('\t');
                case 'e' -> bytes.write(0x1b);
                case '\\' -> bytes.write('\\');
                case 'x' -> {
                    bytes.write(hex(text, plain));
                    plain += 2;
                }
                default ->
                        throw unknown(
                                "\\" + text.substring(i + 1, text.offsetByCodePoints(i + 1, 1)));
            }
        }
        bytes.writeBytes(text.substring(plain).getBytes(StandardCharsets.UTF_8));
        return ByteString.copyOf(bytes.toByteArray());
    }

    private static int hex(String text, int from) throws CliException {
        int high = from < text.length() ? digit(text.charAt(from)) : -1;
        int low = from + 1 < text.length() ? digit(text.charAt(from + 1)) : -1;
        if (high < 0 || low < 0) throw unknown("\\x without two hexadecimal digits");
        return high << 4 | low;
    }

    /** Not {@link Character#digit}: it also takes digits of other scripts. */
    private static int digit(char c) {
        return c < 0x80 ? Character.digit(c, 16) : -1;
    }

    private static CliException unknown(String escape) {
        return CliException.usage(
                escape
                        + " is no escape: there are \\r"
                        + " \\n"
                        + " \\t \\e \\xNN, and \\\\ for a backslash");
    }
}
