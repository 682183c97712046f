package dev.wormhole.terminal;

import java.nio.charset.StandardCharsets;

/**
 * What a pasted text sends to the program. Nothing in it can act as a key other than Tab and Enter,
 * so that a copied page can neither end the brackets (the smuggled {@code ESC [ 201 ~}) nor press
 * Ctrl-C.
 *
 * <p>Pure.
 */
public final class Paste {

    /** Ctlseqs, "Bracketed Paste Mode". */
    private static final String BEGIN = "\033[200~";

    private static final String END = "\033[201~";

    private Paste() {}

    /**
     * The bytes to type: line ends as CR, as Enter sends them, other controls removed; empty for an
     * empty text.
     */
    public static byte[] encode(String text, boolean bracketed) {
        if (text.isEmpty()) return new byte[0];
        var safe = new StringBuilder(text.length() + BEGIN.length() + END.length());
        if (bracketed) safe.append(BEGIN);
        for (int i = 0; i < text.length(); ) {
            int c = text.codePointAt(i);
            i += Character.charCount(c);
            if (c == '\n') {
                boolean isCrLf = i >= 2 && text.charAt(i - 2) == '\r';
                if (!isCrLf) safe.append('\r');
            } else if (isSafe(c)) {
                safe.appendCodePoint(c);
            }
        }
        if (bracketed) safe.append(END);
        return safe.toString().getBytes(StandardCharsets.UTF_8);
    }

    private static boolean isSafe(int c) {
        boolean isSurrogate = c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE;
        return c == '\t' || c == '\r' || (!Character.isISOControl(c) && !isSurrogate);
    }
}
