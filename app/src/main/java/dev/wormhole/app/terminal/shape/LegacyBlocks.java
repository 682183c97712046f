package dev.wormhole.app.terminal.shape;

/**
 * The rectangles among the symbols for legacy computing, U+1FB70 to U+1FB97 and some later ones.
 * Pure.
 */
final class LegacyBlocks {

    static final int FIRST = 0x1FB70;
    static final int LAST = 0x1FB97;

    /** Not assigned. */
    static final int HOLE = 0x1FB93;

    static final int FIRST_THIRDS = 0x1FBCE;
    static final int LAST_THIRDS = 0x1FBCF;

    static final int FIRST_MIDDLES = 0x1FBE4;
    static final int LAST_MIDDLES = 0x1FBE7;

    static final int FIRST_QUARTERS = 0x1CEA0;
    static final int LAST_QUARTERS = 0x1CEAF;

    /** In eighths: left, top, right, bottom of U+1CEA0 to U+1CEAF. */
    private static final String QUARTERS =
            "4688 2688 0668 0648 0428 0228 0026 0024 0042 0062 2082 4082 6084 6086 6288 6488 ";

    private static final int QUARTERS_STEP = 5;

    /** A chequered cell has four rows and columns: bits of two rows. */
    private static final int CHEQUERS = 0b1010_0101;

    private LegacyBlocks() {}

    static Shape of(CellBox box, int codePoint) {
        if (codePoint <= 0x1FB75) {
            int column = codePoint - 0x1FB70 + 1;
            return Blocks.eighths(box, column, 0, column + 1, 8);
        }
        if (codePoint <= 0x1FB7B) {
            int row = codePoint - 0x1FB76 + 1;
            return Blocks.eighths(box, 0, row, 8, row + 1);
        }
        return switch (codePoint) {
            case 0x1FB7C -> both(box, left(), lower());
            case 0x1FB7D -> both(box, left(), upper());
            case 0x1FB7E -> both(box, right(), upper());
            case 0x1FB7F -> both(box, right(), lower());
            case 0x1FB80 -> both(box, upper(), lower());
            case 0x1FB81 ->
                    both(box, upper(), new int[] {0, 2, 8, 3}, new int[] {0, 4, 8, 5}, lower());
            case 0x1FB82 -> Blocks.eighths(box, 0, 0, 8, 2);
            case 0x1FB83 -> Blocks.eighths(box, 0, 0, 8, 3);
            case 0x1FB84 -> Blocks.eighths(box, 0, 0, 8, 5);
            case 0x1FB85 -> Blocks.eighths(box, 0, 0, 8, 6);
            case 0x1FB86 -> Blocks.eighths(box, 0, 0, 8, 7);
            case 0x1FB87 -> Blocks.eighths(box, 6, 0, 8, 8);
            case 0x1FB88 -> Blocks.eighths(box, 5, 0, 8, 8);
            case 0x1FB89 -> Blocks.eighths(box, 3, 0, 8, 8);
            case 0x1FB8A -> Blocks.eighths(box, 2, 0, 8, 8);
            case 0x1FB8B -> Blocks.eighths(box, 1, 0, 8, 8);
            case 0x1FB8C -> shade(box, 0, 0, 4, 8);
            case 0x1FB8D -> shade(box, 4, 0, 8, 8);
            case 0x1FB8E -> shade(box, 0, 0, 8, 4);
            case 0x1FB8F -> shade(box, 0, 4, 8, 8);
            case 0x1FB90 -> shade(box, 0, 0, 8, 8);
            case 0x1FB91 -> Blocks.eighths(box, 0, 0, 8, 4).with(shade(box, 0, 4, 8, 8));
            case 0x1FB92 -> Blocks.eighths(box, 0, 4, 8, 8).with(shade(box, 0, 0, 8, 4));
            case 0x1FB94 -> Blocks.eighths(box, 4, 0, 8, 8).with(shade(box, 0, 0, 4, 8));
            case 0x1FB95 -> Blocks.raster(box, 4, 4, CHEQUERS << 8 | CHEQUERS);
            case 0x1FB96 -> Blocks.raster(box, 4, 4, ~(CHEQUERS << 8 | CHEQUERS));
            case 0x1FB97 -> both(box, new int[] {0, 2, 8, 4}, new int[] {0, 6, 8, 8});
            default -> throw new IllegalArgumentException(Integer.toHexString(codePoint));
        };
    }

    static Shape thirds(CellBox box, int codePoint) {
        return Blocks.raster(box, 3, 1, codePoint == FIRST_THIRDS ? 0b011 : 0b001);
    }

    /** A quarter of the cell in the middle of a side. */
    static Shape middle(CellBox box, int codePoint) {
        return switch (codePoint) {
            case 0x1FBE4 -> Blocks.eighths(box, 2, 0, 6, 4);
            case 0x1FBE5 -> Blocks.eighths(box, 2, 4, 6, 8);
            case 0x1FBE6 -> Blocks.eighths(box, 0, 2, 4, 6);
            default -> Blocks.eighths(box, 4, 2, 8, 6);
        };
    }

    static Shape quarter(CellBox box, int codePoint) {
        int at = (codePoint - FIRST_QUARTERS) * QUARTERS_STEP;
        return Blocks.eighths(
                box,
                QUARTERS.charAt(at) - '0',
                QUARTERS.charAt(at + 1) - '0',
                QUARTERS.charAt(at + 2) - '0',
                QUARTERS.charAt(at + 3) - '0');
    }

    /** The inverse of a medium shade is one, too: shades are opacities here and not patterns. */
    private static Shape shade(CellBox box, int left, int top, int right, int bottom) {
        return Blocks.eighths(box, left, top, right, bottom).shaded(Blocks.MEDIUM_SHADE);
    }

    private static Shape both(CellBox box, int[]... areas) {
        var mask = new PixelMask(box);
        for (int[] area : areas) {
            Blocks.fillEighths(box, mask, area[0], area[1], area[2], area[3]);
        }
        return Shape.of(box, mask);
    }

    private static int[] left() {
        return new int[] {0, 0, 1, 8};
    }

    private static int[] right() {
        return new int[] {7, 0, 8, 8};
    }

    private static int[] upper() {
        return new int[] {0, 0, 8, 1};
    }

    private static int[] lower() {
        return new int[] {0, 7, 8, 8};
    }
}
