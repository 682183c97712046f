package dev.wormhole.client.attach;

import dev.wormhole.protocol.ByteString;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The key that detaches: Control with one character, found among the bytes that a terminal sends.
 * Ctrl-\ unless chosen otherwise, as in dtach and abduco: no line editor or editor binds it. What
 * it would have sent (SIGQUIT) can be typed with {@code wormhole send SESSION '\x1c'}.
 *
 * <p>Immutable. Pure.
 */
public final class DetachKey {

    public static final String DEFAULT = "ctrl-\\";

    private static final Pattern SPELLING = Pattern.compile("(?:ctrl-|c-|\\^)([a-z@\\[\\\\\\]^_])");

    private final char key;
    private final byte control;

    /**
     * The same key from a terminal whose program switched on the kitty keyboard protocol ({@code
     * CSI 92;5u}) or xterm's modifyOtherKeys ({@code CSI 27;5;92~}): then it does not come as a
     * control character.
     */
    private final Pattern sequence;

    private DetachKey(char key) {
        this.key = key;
        this.control = (byte) (Character.toUpperCase(key) & 0x1f);
        int code = key;
        // Modifiers are 1 + a bit set; 4 is Control, 64 and 128 are Caps Lock and Num Lock.
        String modifiers = "(?:5|69|133|197)";
        this.sequence =
                Pattern.compile(
                        "\u001b\\[(?:"
                                + code
                                + "(?::\\d*)*;"
                                + modifiers
                                + "(?::[12])?(?:;[\\d:]*)?u|27;5;"
                                + code
                                + "~)");
    }

    /** Reads {@code ctrl-\}, {@code ^]}, {@code c-a}; empty for anything that is no such key. */
    public static Optional<DetachKey> parse(String text) {
        Matcher matcher = SPELLING.matcher(text.strip().toLowerCase(Locale.ROOT));
        if (!matcher.matches()) return Optional.empty();
        char key = matcher.group(1).charAt(0);
        // Ctrl-[ is Escape, the beginning of every function key; Ctrl-M and Ctrl-I are Enter and
        // Tab.
        return "[mi".indexOf(key) >= 0 ? Optional.empty() : Optional.of(new DetachKey(key));
    }

    /** The index where the key begins among bytes that were read at once, or -1. */
    int find(ByteString typed) {
        for (int i = 0; i < typed.length(); i++) {
            if (typed.at(i) == control) return i;
        }
        // One char for each byte, so that the places are the same.
        String text = new String(typed.toArray(), java.nio.charset.StandardCharsets.ISO_8859_1);
        Matcher matcher = sequence.matcher(text);
        return matcher.find() ? matcher.start() : -1;
    }

    /** As people read it: {@code Ctrl-\}. */
    @Override
    public String toString() {
        return "Ctrl-" + Character.toUpperCase(key);
    }
}
