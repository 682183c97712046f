package dev.wormhole.bench.keys;

import java.nio.charset.StandardCharsets;

/** Bytes as a table can show them. Pure. */
final class Words {

    private Words() {}

    /**
     * @param bytes one character a byte
     */
    static String of(String bytes) {
        if (bytes.isEmpty()) return "nothing";
        String text =
                new String(bytes.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8);
        var words = new StringBuilder();
        text.codePoints().forEach(c -> add(c, words));
        return words.toString().strip();
    }

    private static void add(int c, StringBuilder words) {
        if (c == 0x1b) words.append("ESC ");
        else if (c < 0x20) words.append('^').append((char) (c + 0x40));
        else if (c == ' ') words.append("SP");
        else if (c == 0x7f) words.append("DEL");
        else if (c > 0x7f && c < 0xa0) words.append('<').append(Integer.toHexString(c)).append('>');
        else words.appendCodePoint(c);
    }
}
