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
    private static final int HANGUL_STEP = 28;

    private static final int BLOCK_SHIFT = 7;
    private static final int BLOCK = 1 << BLOCK_SHIFT;

    private static final int CODE_POINTS = Character.MAX_CODE_POINT + 1;

    /** For each block of code points, which block of {@link #VALUES} is its own. */
    private static final short[] BLOCKS;

    private static final byte[] VALUES;

    static {
        var decoder = new Decoder();
        decoder.decode(CharacterRuns.RUNS);
        BLOCKS = decoder.blocks;
        VALUES = Arrays.copyOf(decoder.values, decoder.used);
    }

    private CharacterTable() {}

    /** The byte of a code point, 0 to U+10FFFF. */
    static int of(int codePoint) {
        int block = BLOCKS[codePoint >> BLOCK_SHIFT];
        return VALUES[(block << BLOCK_SHIFT) + (codePoint & (BLOCK - 1))] & 0xff;
    }

    /** Makes blocks of runs; blocks of one value only, most of them, are kept once. */
    private static final class Decoder {

        private final short[] blocks = new short[CODE_POINTS >> BLOCK_SHIFT];
        private byte[] values = new byte[64 * 1024];
        private int used;
        private int next;

        /** For each value, one more than the block that holds nothing else; 0: none yet. */
        private final int[] uniform = new int[1 << Byte.SIZE];

        void decode(String runs) {
            int length = 0;
            for (int i = 0; i < runs.length(); i++) {
                char c = runs.charAt(i);
                if (c >= 'A' && c <= 'Z') {
                    run(CharacterRuns.VALUES[c - 'A'], Math.max(length, 1));
                    length = 0;
                } else {
                    length = length * 32 + (c <= '9' ? c - '0' : c - 'a' + 10);
                }
            }
        }

        private void run(byte value, int length) {
            if ((value & 0xff) >> CLASS_SHIFT == HANGUL_LVT) hangul(value, length);
            else append(value, length);
        }

        /** The syllables alternate, too often for runs. */
        private void hangul(byte value, int length) {
            byte two = (byte) ((value & (WIDTH | EMOJI)) | HANGUL_LV << CLASS_SHIFT);
            for (int i = 0; i < length; i += HANGUL_STEP) {
                append(two, 1);
                append(value, HANGUL_STEP - 1);
            }
        }

        private void append(byte value, int length) {
            int end = next + length;
            while (next < end) {
                int offset = next & (BLOCK - 1);
                if (offset == 0 && end - next >= BLOCK) {
                    int count = (end - next) >> BLOCK_SHIFT;
                    int block = next >> BLOCK_SHIFT;
                    Arrays.fill(blocks, block, block + count, uniform(value));
                    next += count << BLOCK_SHIFT;
                } else {
                    if (offset == 0) blocks[next >> BLOCK_SHIFT] = newBlock();
                    int part = Math.min(end - next, BLOCK - offset);
                    int at = used - BLOCK + offset;
                    Arrays.fill(values, at, at + part, value);
                    next += part;
                }
            }
        }

        private short uniform(byte value) {
            if (uniform[value & 0xff] == 0) {
                short block = newBlock();
                Arrays.fill(values, used - BLOCK, used, value);
                uniform[value & 0xff] = block + 1;
            }
            return (short) (uniform[value & 0xff] - 1);
        }

        private short newBlock() {
            if (used == values.length) values = Arrays.copyOf(values, 2 * used);
            used += BLOCK;
            return (short) ((used >> BLOCK_SHIFT) - 1);
        }
    }
}
