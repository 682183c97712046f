package dev.wormhole.app.terminal.emoji;

/**
 * Which glyph a code point has: a font's {@code cmap}, formats 4 and 12, and 14 for variation
 * selectors.
 *
 * <p>Owned by one thread.
 */
final class CharacterMap {

    /** No glyph of its own. */
    static final int NONE = 0;

    /** The variation is what the character looks like anyway. */
    static final int DEFAULT = -1;

    private static final int RECORD = 8;
    private static final int GROUP = 12;
    private static final int SELECTOR = 11;
    private static final int RANGE = 4;
    private static final int MAPPING = 5;

    private final FontTable table;

    // Where the subtables begin; 0 where there is none.
    private long full;
    private long basic;
    private long variations;

    CharacterMap(FontTable table) throws DamagedFontException {
        this.table = table;
        int count = table.u16(2);
        for (int i = 0; i < count; i++) {
            long at = table.u32(4 + (long) RECORD * i + 4);
            switch (table.u16(at)) {
                case 4 -> basic = at;
                case 12 -> full = at;
                case 14 -> variations = at;
                default -> {}
            }
        }
        if (full == 0 && basic == 0) throw new DamagedFontException("cmap: no known format");
    }

    /** The glyph of a code point or {@link #NONE}. */
    int glyph(int codePoint) throws DamagedFontException {
        int glyph = full == 0 ? NONE : fromGroups(codePoint);
        return glyph != NONE || basic == 0 || codePoint > 0xffff ? glyph : fromSegments(codePoint);
    }

    private int fromGroups(int codePoint) throws DamagedFontException {
        long low = 0;
        long high = table.u32(full + 12) - 1;
        while (low <= high) {
            long middle = (low + high) / 2;
            long at = full + 16 + GROUP * middle;
            long start = table.u32(at);
            if (codePoint < start) high = middle - 1;
            else if (codePoint > table.u32(at + 4)) low = middle + 1;
            else return glyphId(table.u32(at + 8) + codePoint - start);
        }
        return NONE;
    }

    private static int glyphId(long glyph) {
        return glyph > 0xffff ? NONE : (int) glyph;
    }

    private int fromSegments(int codePoint) throws DamagedFontException {
        int doubled = table.u16(basic + 6) & ~1;
        long ends = basic + 14;
        long starts = ends + doubled + 2;
        for (int i = 0; i < doubled; i += 2) {
            if (codePoint > table.u16(ends + i)) continue;
            int start = table.u16(starts + i);
            if (codePoint < start) return NONE;
            int delta = table.u16(starts + doubled + i);
            long rangeAt = starts + 2L * doubled + i;
            int range = table.u16(rangeAt);
            if (range == 0) return codePoint + delta & 0xffff;
            int glyph = table.u16(rangeAt + range + 2L * (codePoint - start));
            return glyph == 0 ? NONE : glyph + delta & 0xffff;
        }
        return NONE;
    }

    /**
     * The glyph of a code point before a variation selector, {@link #DEFAULT} or, where the font
     * says nothing about the two, {@link #NONE}.
     */
    int variation(int codePoint, int selector) throws DamagedFontException {
        if (variations == 0) return NONE;
        long count = table.u32(variations + 6);
        for (long i = 0; i < count; i++) {
            long at = variations + 10 + SELECTOR * i;
            if (table.u24(at) != selector) continue;
            long defaults = table.u32(at + 3);
            if (defaults != 0 && isInRanges(variations + defaults, codePoint)) return DEFAULT;
            long mappings = table.u32(at + 7);
            return mappings == 0 ? NONE : fromMappings(variations + mappings, codePoint);
        }
        return NONE;
    }

    private boolean isInRanges(long ranges, int codePoint) throws DamagedFontException {
        long low = 0;
        long high = table.u32(ranges) - 1;
        while (low <= high) {
            long middle = (low + high) / 2;
            long at = ranges + 4 + RANGE * middle;
            int start = table.u24(at);
            if (codePoint < start) high = middle - 1;
            else if (codePoint > start + table.u8(at + 3)) low = middle + 1;
            else return true;
        }
        return false;
    }

    private int fromMappings(long mappings, int codePoint) throws DamagedFontException {
        long low = 0;
        long high = table.u32(mappings) - 1;
        while (low <= high) {
            long middle = (low + high) / 2;
            long at = mappings + 4 + MAPPING * middle;
            int c = table.u24(at);
            if (codePoint < c) high = middle - 1;
            else if (codePoint > c) low = middle + 1;
            else return table.u16(at + 3);
        }
        return NONE;
    }
}
