package dev.wormhole.app.terminal.emoji;

import dev.wormhole.terminal.text.Emoji;

/**
 * What to paint of an emoji as text where there is no picture of it: its first character, which
 * fonts of text may have, and of a flag the letters.
 *
 * <p>Pure.
 */
public final class PlainEmoji {

    private static final char JOINER = '\u200d';
    private static final int HALF_A = 0x1f1e6;

    private PlainEmoji() {}

    /**
     * Whether fonts of text would paint a box in it: it waits for another emoji to join it, which
     * without clusters (mode 2027) is in the next cell.
     */
    public static boolean isJoined(String cluster) {
        return cluster.indexOf(JOINER) >= 0;
    }

    /** One character, or the two letters of a flag. */
    public static String of(String cluster) {
        int first = cluster.codePointAt(0);
        if (!Emoji.isHalfFlag(first)) return Character.toString(first);
        var letters = new StringBuilder();
        cluster.codePoints()
                .filter(Emoji::isHalfFlag)
                .forEach(half -> letters.append((char) ('A' + half - HALF_A)));
        return letters.toString();
    }
}
