package dev.wormhole.terminal.text;

import static dev.wormhole.terminal.text.CharacterTable.CLASS_SHIFT;
import static dev.wormhole.terminal.text.CharacterTable.CONJUNCT_EXTEND;
import static dev.wormhole.terminal.text.CharacterTable.CONSONANT;
import static dev.wormhole.terminal.text.CharacterTable.CONTROL;
import static dev.wormhole.terminal.text.CharacterTable.EXTEND;
import static dev.wormhole.terminal.text.CharacterTable.HANGUL_L;
import static dev.wormhole.terminal.text.CharacterTable.HANGUL_LV;
import static dev.wormhole.terminal.text.CharacterTable.HANGUL_LVT;
import static dev.wormhole.terminal.text.CharacterTable.HANGUL_T;
import static dev.wormhole.terminal.text.CharacterTable.HANGUL_V;
import static dev.wormhole.terminal.text.CharacterTable.LINKER;
import static dev.wormhole.terminal.text.CharacterTable.OTHER;
import static dev.wormhole.terminal.text.CharacterTable.PICTOGRAPH;
import static dev.wormhole.terminal.text.CharacterTable.PREPEND;
import static dev.wormhole.terminal.text.CharacterTable.REGIONAL;
import static dev.wormhole.terminal.text.CharacterTable.SPACING;
import static dev.wormhole.terminal.text.CharacterTable.STANDING_LINKER;
import static dev.wormhole.terminal.text.CharacterTable.ZWJ;

/**
 * Extended grapheme clusters (UAX #29), one code point at a time: what a person sees as one
 * character and a terminal keeps in one cell. A cluster's state is a number that only depends on
 * its code points so far.
 *
 * <p>The width of a cluster follows mode 2027 (Terminal Unicode Core).
 *
 * <p>Pure.
 */
public final class Graphemes {

    // A state: the class of the last code point, and what the rules want to know of those before.
    private static final int LAST = 0x1f;

    /** Makes every state positive. */
    private static final int STATE = 0x20;

    /** GB11: a pictograph, and since then only what extends it. */
    private static final int AFTER_PICTOGRAPH = 0x40;

    /** GB11: the ZWJ after such a pictograph. */
    private static final int JOINS_PICTOGRAPH = 0x80;

    /** GB9c: a linker, and since then only what may stand inside a conjunct. */
    private static final int JOINS_CONSONANT = 0x100;

    /** GB12: one regional indicator waits for another. */
    private static final int HALF_FLAG = 0x200;

    /** GB3: only a line feed joins. */
    private static final int CARRIAGE_RETURN = 0x400;

    /** Variation selector 16. */
    private static final int EMOJI_STYLE = 0xfe0f;

    private Graphemes() {}

    /** The state of a cluster that begins with the code point; positive. */
    public static int start(int codePoint) {
        int next = CharacterTable.of(codePoint) >> CLASS_SHIFT;
        int state = STATE | next;
        return switch (next) {
            case CONTROL -> codePoint == '\r' ? state | CARRIAGE_RETURN : state;
            case PICTOGRAPH -> state | AFTER_PICTOGRAPH;
            case LINKER, STANDING_LINKER -> state | JOINS_CONSONANT;
            case REGIONAL -> state | HALF_FLAG;
            default -> state;
        };
    }

    /**
     * The cluster's state after the code point has joined it, or 0 when a boundary stands before
     * the code point.
     */
    public static int extend(int state, int codePoint) {
        int last = state & LAST;
        int next = CharacterTable.of(codePoint) >> CLASS_SHIFT;
        if (last == CONTROL || next == CONTROL) {
            boolean isLineEnd = (state & CARRIAGE_RETURN) != 0 && codePoint == '\n';
            return isLineEnd ? STATE | CONTROL : 0;
        }
        return switch (next) {
            // GB9 and GB9a.
            case EXTEND -> STATE | next | (state & AFTER_PICTOGRAPH);
            case CONJUNCT_EXTEND -> STATE | next | (state & (AFTER_PICTOGRAPH | JOINS_CONSONANT));
            case LINKER -> STATE | next | JOINS_CONSONANT | (state & AFTER_PICTOGRAPH);
            case ZWJ -> zwj(state);
            case SPACING -> STATE | next;
            case OTHER -> last == PREPEND ? STATE | next : 0;
            // The second half of a flag waits for nothing.
            default -> joins(state, last, next) ? start(codePoint) & ~(state & HALF_FLAG) : 0;
        };
    }

    private static int zwj(int state) {
        int pictograph = (state & AFTER_PICTOGRAPH) != 0 ? JOINS_PICTOGRAPH : 0;
        return STATE | ZWJ | pictograph | (state & JOINS_CONSONANT);
    }

    /** Whether one of the rules GB6 to GB13 joins two characters of which neither is a mark. */
    private static boolean joins(int state, int last, int next) {
        // GB9b.
        if (last == PREPEND) return true;
        return switch (next) {
            // GB6 to GB8.
            case HANGUL_L, HANGUL_LV, HANGUL_LVT -> last == HANGUL_L;
            case HANGUL_V -> last == HANGUL_L || last == HANGUL_V || last == HANGUL_LV;
            case HANGUL_T ->
                    last == HANGUL_V || last == HANGUL_T || last == HANGUL_LV || last == HANGUL_LVT;
            case CONSONANT -> (state & JOINS_CONSONANT) != 0;
            case PICTOGRAPH -> (state & JOINS_PICTOGRAPH) != 0;
            case REGIONAL -> (state & HALF_FLAG) != 0;
            default -> false;
        };
    }

    /**
     * Whether the cluster takes any character that follows, a plain one too: it ends with a
     * prepended mark, such as the Arabic number sign.
     */
    public static boolean takesAny(int state) {
        return (state & LAST) == PREPEND;
    }

    /**
     * Whether the code point is certain to begin a cluster of its own, of the width of {@link
     * CharacterWidth}, which is never 0: Latin, ideographs and the like. Only a cluster that {@link
     * #takesAny} joins it; only marks can join it afterwards.
     *
     * @param codePoint 0 to U+10FFFF
     */
    public static boolean isPlain(int codePoint) {
        return CharacterTable.of(codePoint) >> CLASS_SHIFT == OTHER;
    }

    /**
     * The columns of a cluster, 0 to 2: those of its widest code point, so that a mark takes none,
     * a Hangul syllable as many as its initial, and an emoji sequence two; and two
     *
     * <ul>
     *   <li>for a flag, which is two regional indicators,
     *   <li>where U+FE0F follows a character that can be an emoji. U+FE0E does not make an emoji
     *       narrow.
     * </ul>
     *
     * @param codePoints one cluster, from index 0
     */
    public static int width(int[] codePoints, int length) {
        int width = 0;
        int before = 0;
        for (int i = 0; i < length; i++) {
            int value = CharacterTable.of(codePoints[i]);
            boolean isEmoji = codePoints[i] == EMOJI_STYLE && (before & CharacterTable.EMOJI) != 0;
            boolean isFlag = value >> CLASS_SHIFT == REGIONAL && before >> CLASS_SHIFT == REGIONAL;
            width = Math.max(width, isEmoji || isFlag ? 2 : value & CharacterTable.WIDTH);
            before = value;
        }
        return width;
    }
}
