package dev.wormhole.terminal.text;

/**
 * How many columns a single code point takes.
 *
 * <p>Two for East Asian Wide and Fullwidth, which includes every emoji shown as one by default;
 * none for marks, format characters, controls and the inner letters of Hangul syllables; else one,
 * also for what is ambiguous, private or not assigned. The rule is that of {@code wcwidth} in
 * current C libraries: programs count with it. So a half of a flag is one column: the pair is two
 * either way.
 *
 * <p>Pure.
 */
public final class CharacterWidth {

    /** The version of Unicode that widths and clusters follow. */
    public static final String UNICODE = CharacterRuns.UNICODE;

    /** Everything before the combining marks, other than controls, is one column. */
    private static final int FIRST_MARK = 0x300;

    private CharacterWidth() {}

    /**
     * The columns of a code point: 0, 1 or 2.
     *
     * @param codePoint 0 to U+10FFFF
     */
    public static int of(int codePoint) {
        if (codePoint >= 0xa0 && codePoint < FIRST_MARK) return 1;
        return CharacterTable.of(codePoint) & CharacterTable.WIDTH;
    }
}
