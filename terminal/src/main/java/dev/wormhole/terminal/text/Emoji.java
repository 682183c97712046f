package dev.wormhole.terminal.text;

/**
 * Whether a cluster is to be shown as an emoji or as text (UTS #51).
 *
 * <p>Pure.
 */
public final class Emoji {

    /** Variation selectors: the character before is text, or is an emoji. */
    public static final int TEXT_STYLE = 0xfe0e;

    public static final int EMOJI_STYLE = 0xfe0f;

    /** Makes a key of a digit. */
    private static final int KEYCAP = 0x20e3;

    private static final int FIRST_HALF = 0x1f1e6;
    private static final int LAST_HALF = 0x1f1ff;
    private static final int FIRST_MODIFIER = 0x1f3fb;
    private static final int LAST_MODIFIER = 0x1f3ff;

    private Emoji() {}

    /**
     * Whether it is an emoji without a variation selector (Emoji_Presentation). Those are the wide
     * ones, but for six ideographs and marks, and the halves of flags.
     *
     * @param codePoint 0 to U+10FFFF
     */
    public static boolean isByDefault(int codePoint) {
        if (isModifier(codePoint)) return true;
        if (isHalfFlag(codePoint)) return true;
        int value = CharacterTable.of(codePoint);
        boolean isWide = (value & CharacterTable.WIDTH) == 2;
        return isWide
                && (value & CharacterTable.EMOJI) != 0
                && switch (codePoint) {
                    case 0x3030, 0x303d, 0x3297, 0x3299, 0x1f202, 0x1f237 -> false;
                    default -> true;
                };
    }

    /** Whether it is a regional indicator: two of them are a flag. */
    public static boolean isHalfFlag(int codePoint) {
        return codePoint >= FIRST_HALF && codePoint <= LAST_HALF;
    }

    /** Whether it may be an emoji at all, if not by default. */
    public static boolean isPossible(String cluster) {
        int first = cluster.codePointAt(0);
        return first < 0x80 ? isKey(cluster) : isPossible(first);
    }

    /** Digits are not without their key. */
    static boolean isPossible(int codePoint) {
        if (codePoint < 0x80) return false;
        return isByDefault(codePoint) || (CharacterTable.of(codePoint) & CharacterTable.EMOJI) != 0;
    }

    /**
     * Whether the cluster is shown as an emoji: its characters are so by default, or U+FE0F, a skin
     * tone or a keycap says so. U+FE0E after the first character says that it is text.
     */
    public static boolean isShown(String cluster) {
        if (cluster.isEmpty()) return false;
        int first = cluster.codePointAt(0);
        if (first < 0x80) return isKey(cluster);
        if (!isPossible(first)) return false;
        boolean isEmoji = isByDefault(first);
        for (int i = Character.charCount(first); i < cluster.length(); ) {
            int c = cluster.codePointAt(i);
            if (c == TEXT_STYLE && i == Character.charCount(first)) return false;
            isEmoji |= c == EMOJI_STYLE || isByDefault(c);
            i += Character.charCount(c);
        }
        return isEmoji;
    }

    private static boolean isKey(String cluster) {
        return cluster.length() == 3
                && cluster.charAt(1) == EMOJI_STYLE
                && cluster.charAt(2) == KEYCAP
                && (CharacterTable.of(cluster.charAt(0)) & CharacterTable.EMOJI) != 0;
    }

    private static boolean isModifier(int codePoint) {
        return codePoint >= FIRST_MODIFIER && codePoint <= LAST_MODIFIER;
    }
}
