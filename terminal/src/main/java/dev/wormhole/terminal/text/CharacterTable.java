package dev.wormhole.terminal.text;

import java.util.Arrays;

/**
 * What Unicode says of every code point, as one byte: width, whether U+FE0F makes an emoji of it,
 * and its class of {@link Graphemes}. Decoded from {@link CharacterRuns} when the class is loaded:
 * two array reads find a byte.
 *
 * <p>Immutable.
 */
final class CharacterTable {

    /** Columns, 0 to 2. */
    static final int WIDTH = 0x03;

    /** Set where U+FE0F makes an emoji of two columns. */
    static final int EMOJI = 0x04;

    /** The class stands above the other bits. */
    static final int CLASS_SHIFT = 3;

    // Grapheme_Cluster_Break (UAX #29), where needed divided by Indic_Conjunct_Break and
    // Extended_Pictographic. CR and LF are controls here.
    static final int OTHER = 0;
    static final int CONTROL = 1;

    /** Extend that stands in no Indic conjunct. */
    static final int EXTEND = 2;

    /** Extend that may stand inside an Indic conjunct. */
    static final int CONJUNCT_EXTEND = 3;

    /** Extend that joins a consonant of the Indic scripts. */
    static final int LINKER = 4;

    static final int ZWJ = 5;
    static final int REGIONAL = 6;
    static final int PREPEND = 7;
    static final int SPACING = 8;
    static final int HANGUL_L = 9;
    static final int HANGUL_V = 10;
    static final int HANGUL_T = 11;
    static final int HANGUL_LV = 12;
    static final int HANGUL_LVT = 13;
    static final int PICTOGRAPH = 14;
    static final int CONSONANT = 15;

    /** Joins a consonant, but nothing before it. */
    static final int STANDING_LINKER = 16;

    /** Syllables of two letters stand this far apart, each before its syllables of three. */
    static final int HANGUL_STEP = 28;

    static final int HANGUL_FIRST = 0xac00;
    static final int HANGUL_LAST = 0xd7a3;

    private static final int BLOCK_SHIFT = 7;
    private static final int BLOCK = 1 << BLOCK_SHIFT;

    private static final int CODE_POINTS = Character.MAX_CODE_POINT + 1;

    /** For each block of code points, which block of {@link #VALUES} is its own. */
    private static final short[] BLOCKS = new short[CODE_POINTS >> BLOCK_SHIFT];

    private static final byte[] VALUES = decode();

    private CharacterTable() {}

    /** The byte of a code point, 0 to U+10FFFF. */
    static int of(int codePoint) {
        int block = BLOCKS[codePoint >> BLOCK_SHIFT];
        return VALUES[(block << BLOCK_SHIFT) + (codePoint & (BLOCK - 1))] & 0xff;
    }

    private static byte[] decode() {
        byte[] all = expand();
        // Hangul syllables alternate, too often for runs.
        int others = all[HANGUL_FIRST] & (WIDTH | EMOJI);
        for (int c = HANGUL_FIRST; c <= HANGUL_LAST; c += HANGUL_STEP) {
            all[c] = (byte) (others | HANGUL_LV << CLASS_SHIFT);
        }
        return share(all);
    }

    private static byte[] expand() {
        var all = new byte[CODE_POINTS];
        int next = 0;
        int length = 0;
        for (int i = 0; i < CharacterRuns.RUNS.length(); i++) {
            char c = CharacterRuns.RUNS.charAt(i);
            int digit = Character.digit(c, 32);
            if (digit >= 0 && !Character.isUpperCase(c)) {
                length = length * 32 + digit;
                continue;
            }
            byte value = CharacterRuns.VALUES[CharacterRuns.SYMBOLS.indexOf(c)];
            int end = next + Math.max(length, 1);
            Arrays.fill(all, next, end, value);
            next = end;
            length = 0;
        }
        return all;
    }

    /** Blocks of one value only, most of them, are kept once. */
    private static byte[] share(byte[] all) {
        var shared = new byte[all.length];
        var uniform = new short[1 << Byte.SIZE];
        short blocks = 0;
        for (int i = 0; i < BLOCKS.length; i++) {
            int from = i << BLOCK_SHIFT;
            byte value = all[from];
            boolean isUniform = isUniform(all, from);
            if (isUniform && uniform[value & 0xff] > 0) {
                BLOCKS[i] = (short) (uniform[value & 0xff] - 1);
                continue;
            }
            System.arraycopy(all, from, shared, blocks << BLOCK_SHIFT, BLOCK);
            BLOCKS[i] = blocks++;
            if (isUniform) uniform[value & 0xff] = blocks;
        }
        return Arrays.copyOf(shared, blocks << BLOCK_SHIFT);
    }

    private static boolean isUniform(byte[] all, int from) {
        int last = from + BLOCK - 1;
        return Arrays.mismatch(all, from, last, all, from + 1, last + 1) < 0;
    }
}
