package dev.wormhole.app.terminal.shape;

/**
 * Characters that are parts of a filled cell: blocks and shades (U+2580 to U+259F), braille,
 * sextants, octants and scan lines. Pure.
 */
final class Blocks {

    static final int FIRST = 0x2580;
    static final int LAST = 0x259F;

    static final int FIRST_BRAILLE = 0x2800;
    static final int LAST_BRAILLE = 0x28FF;

    static final int FIRST_SEXTANT = 0x1FB00;
    static final int LAST_SEXTANT = 0x1FB3B;

    static final int FIRST_OCTANT = 0x1CD00;
    static final int LAST_OCTANT = 0x1CDE5;

    static final int FIRST_SCAN_LINE = 0x23BA;
    static final int LAST_SCAN_LINE = 0x23BD;

    static final double LIGHT_SHADE = 0.25;
    static final double MEDIUM_SHADE = 0.5;
    static final double DARK_SHADE = 0.75;

    private static final int EIGHTHS = 8;

    /** Of U+2596 to U+259F: bit 0 upper left, 1 upper right, 2 lower left, 3 lower right. */
    private static final int[] QUADRANTS = {4, 8, 1, 13, 9, 7, 11, 2, 6, 14};

    /** Sextants that are missing in the row because they are half blocks. */
    private static final int LEFT_SEXTANTS = 0b010101;

    private static final int RIGHT_SEXTANTS = 0b101010;

    /** The dots of a braille pattern by bit, column and row in turn. */
    private static final int[] DOTS = {0, 0, 0, 1, 0, 2, 1, 0, 1, 1, 1, 2, 0, 3, 1, 3};

    private static final int[] OCTANTS = octants();

    private Blocks() {}

    static Shape of(CellBox box, int codePoint) {
        return switch (codePoint) {
            case 0x2580 -> eighths(box, 0, 0, 8, 4);
            case 0x2588 -> eighths(box, 0, 0, 8, 8);
            case 0x2590 -> eighths(box, 4, 0, 8, 8);
            case 0x2591 -> eighths(box, 0, 0, 8, 8).shaded(LIGHT_SHADE);
            case 0x2592 -> eighths(box, 0, 0, 8, 8).shaded(MEDIUM_SHADE);
            case 0x2593 -> eighths(box, 0, 0, 8, 8).shaded(DARK_SHADE);
            case 0x2594 -> eighths(box, 0, 0, 8, 1);
            case 0x2595 -> eighths(box, 7, 0, 8, 8);
            default -> {
                if (codePoint < 0x2588) yield eighths(box, 0, 0x2588 - codePoint, 8, 8);
                if (codePoint < 0x2590) yield eighths(box, 0, 0, 0x2590 - codePoint, 8);
                yield raster(box, 2, 2, QUADRANTS[codePoint - 0x2596]);
            }
        };
    }

    /** A rectangle in eighths of the cell. */
    static Shape eighths(CellBox box, int left, int top, int right, int bottom) {
        var mask = new PixelMask(box);
        fillEighths(box, mask, left, top, right, bottom);
        return Shape.of(box, mask);
    }

    static void fillEighths(CellBox box, PixelMask mask, int left, int top, int right, int bottom) {
        mask.fill(
                box.column(left, EIGHTHS),
                box.row(top, EIGHTHS),
                box.column(right, EIGHTHS),
                box.row(bottom, EIGHTHS));
    }

    static Shape sextants(CellBox box, int codePoint) {
        int bits = codePoint - FIRST_SEXTANT + 1;
        if (bits >= LEFT_SEXTANTS) bits++;
        if (bits >= RIGHT_SEXTANTS) bits++;
        return raster(box, 2, 3, bits);
    }

    static Shape octants(CellBox box, int codePoint) {
        return raster(box, 2, 4, OCTANTS[codePoint - FIRST_OCTANT]);
    }

    /** The parts of a raster whose bits are set, row by row from the upper left. */
    static Shape raster(CellBox box, int columns, int rows, int bits) {
        var mask = new PixelMask(box);
        for (int i = 0; i < columns * rows; i++) {
            if ((bits >> i & 1) != 0) mask.fillPart(i % columns, i / columns, columns, rows);
        }
        return Shape.of(box, mask);
    }

    /** All dots are of one size, evenly spread also across cells: graphs are made of them. */
    static Shape braille(CellBox box, int codePoint) {
        int bits = codePoint - FIRST_BRAILLE;
        double room = Math.min(box.width() / 2.0, box.height() / 4.0);
        int size = Math.max(1, Math.min((int) Math.round(room / 2), (int) room - 1));
        var mask = new PixelMask(box);
        for (int i = 0; i < 8; i++) {
            if ((bits >> i & 1) == 0) continue;
            int left = dotStart(box.width(), DOTS[2 * i], 2, size);
            int top = dotStart(box.height(), DOTS[2 * i + 1], 4, size);
            mask.fill(left, top, left + size, top + size);
        }
        return Shape.of(box, mask);
    }

    private static int dotStart(int length, int dot, int dots, int size) {
        return (int) Math.floor((dot + 0.5) * length / dots - size / 2.0);
    }

    /** Lines 1, 3, 7 and 9 of the nine of a VT100's character; line 5 is the box drawing one. */
    static Shape scanLine(CellBox box, int codePoint) {
        int last = box.height() - box.line();
        int top =
                switch (codePoint) {
                    case 0x23BA -> 0;
                    case 0x23BB -> CellBox.cut(last, 1, 4);
                    case 0x23BC -> CellBox.cut(last, 3, 4);
                    default -> last;
                };
        var mask = new PixelMask(box);
        mask.fill(0, top, box.width(), top + box.line());
        return Shape.of(box, mask);
    }

    /** In order of their bits, without those that are characters of other blocks. */
    private static int[] octants() {
        int[] octants = new int[LAST_OCTANT - FIRST_OCTANT + 1];
        int size = 0;
        for (int bits = 0; bits < 256; bits++) {
            if (!isQuadrants(bits) && !isBlockElsewhere(bits)) octants[size++] = bits;
        }
        return octants;
    }

    private static boolean isQuadrants(int bits) {
        return (bits & 0b00110011) == (bits >> 2 & 0b00110011);
    }

    private static boolean isBlockElsewhere(int bits) {
        return switch (bits) {
            // Quarters of the height, whole rows and halves of them.
            case 0b11, 0b111111, 0b11111100, 0b11000000 -> true;
            case 0b01, 0b10, 0b01000000, 0b10000000 -> true;
            // The middle of a side.
            case 0b010100, 0b101000 -> true;
            default -> false;
        };
    }
}
