package dev.wormhole.app.terminal.emoji;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Where a font's pictures are: its {@code CBLC}, index formats 1 to 5, for places in {@code CBDT}.
 *
 * <p>Owned by one thread.
 */
final class Strikes {

    /**
     * A picture's bytes.
     *
     * @param format how they begin: 17, 18 or 19
     * @param offset in {@code CBDT}
     */
    record Place(int format, long offset, long length) {}

    /**
     * Pictures of one size.
     *
     * @param size in pixels
     * @param array where its subtables are listed
     */
    private record Strike(int size, int first, int last, long array, long count) {}

    private static final int HEADER = 8;
    private static final int STRIKE = 48;
    private static final int RECORD = 8;
    private static final int MOST_STRIKES = 100;
    private static final int COLOURS = 32;

    private final FontTable table;

    /** Small ones first. */
    private final List<Strike> strikes = new ArrayList<>();

    Strikes(FontTable table) throws DamagedFontException {
        this.table = table;
        long count = Math.min(MOST_STRIKES, table.u32(4));
        for (int i = 0; i < count; i++) {
            long at = HEADER + (long) STRIKE * i;
            if (table.u8(at + 46) != COLOURS) continue;
            strikes.add(
                    new Strike(
                            table.u8(at + 45),
                            table.u16(at + 40),
                            table.u16(at + 42),
                            table.u32(at),
                            table.u32(at + 8)));
        }
        if (strikes.isEmpty()) throw new DamagedFontException("CBLC: no pictures");
        strikes.sort(Comparator.comparingInt(Strike::size));
    }

    /**
     * The smallest picture of the glyph that is as large as this, or else the largest one; null
     * where it has none.
     */
    @Nullable Place find(int glyph, int size) throws DamagedFontException {
        Place best = null;
        for (Strike strike : strikes) {
            Place place = find(glyph, strike);
            if (place != null) best = place;
            if (best != null && strike.size() >= size) break;
        }
        return best;
    }

    private @Nullable Place find(int glyph, Strike strike) throws DamagedFontException {
        if (glyph < strike.first() || glyph > strike.last()) return null;
        for (long i = 0; i < strike.count(); i++) {
            long at = strike.array() + RECORD * i;
            int first = table.u16(at);
            if (glyph < first || glyph > table.u16(at + 2)) continue;
            return place(strike.array() + table.u32(at + 4), first, glyph);
        }
        return null;
    }

    private @Nullable Place place(long subtable, int first, int glyph) throws DamagedFontException {
        int format = table.u16(subtable + 2);
        long images = table.u32(subtable + 4);
        long index = (long) glyph - first;
        return switch (table.u16(subtable)) {
            case 1 -> {
                long at = subtable + 8 + 4 * index;
                yield between(format, images, table.u32(at), table.u32(at + 4));
            }
            case 2 -> sized(format, images, table.u32(subtable + 8), index);
            case 3 -> {
                long at = subtable + 8 + 2 * index;
                yield between(format, images, table.u16(at), table.u16(at + 2));
            }
            case 4 -> {
                long at = search(subtable + 12, table.u32(subtable + 8), 4, glyph);
                if (at < 0) yield null;
                yield between(format, images, table.u16(at + 2), table.u16(at + 6));
            }
            case 5 -> {
                long ids = subtable + 24;
                long at = search(ids, table.u32(subtable + 20), 2, glyph);
                if (at < 0) yield null;
                yield sized(format, images, table.u32(subtable + 8), (at - ids) / 2);
            }
            default -> null;
        };
    }

    /** Where the record of the glyph is among sorted ones; -1 where there is none. */
    private long search(long records, long count, int size, int glyph) throws DamagedFontException {
        long low = 0;
        long high = count - 1;
        while (low <= high) {
            long middle = (low + high) / 2;
            int found = table.u16(records + size * middle);
            if (glyph < found) high = middle - 1;
            else if (glyph > found) low = middle + 1;
            else return records + size * middle;
        }
        return -1;
    }

    private static @Nullable Place sized(int format, long images, long size, long index) {
        return size == 0 ? null : new Place(format, images + size * index, size);
    }

    private static @Nullable Place between(int format, long images, long from, long to) {
        return to <= from ? null : new Place(format, images + from, to - from);
    }
}
