package dev.wormhole.app.terminal.emoji;

import java.util.ArrayList;
import java.util.List;

/**
 * Which glyphs become one: the ligatures of a font's {@code GSUB} (lookups of type 4, also behind
 * type 7). All of them are applied in the font's order, whatever feature they belong to: a font of
 * emoji has no others.
 *
 * <p>Owned by one thread.
 */
final class Ligatures {

    private static final int LIGATURE = 4;
    private static final int EXTENSION = 7;

    private final FontTable table;

    /** Where subtables of ligatures begin, by lookup. */
    private final List<List<Long>> lookups = new ArrayList<>();

    Ligatures(FontTable table) throws DamagedFontException {
        this.table = table;
        long list = table.u16(8);
        int count = table.u16(list);
        for (int i = 0; i < count; i++) {
            long lookup = list + table.u16(list + 2 + 2L * i);
            List<Long> subtables = subtables(lookup);
            if (!subtables.isEmpty()) lookups.add(subtables);
        }
    }

    private List<Long> subtables(long lookup) throws DamagedFontException {
        int type = table.u16(lookup);
        var found = new ArrayList<Long>();
        if (type != LIGATURE && type != EXTENSION) return found;
        int count = table.u16(lookup + 4);
        for (int i = 0; i < count; i++) {
            long at = lookup + table.u16(lookup + 6 + 2L * i);
            if (type == EXTENSION) {
                if (table.u16(at) != 1 || table.u16(at + 2) != LIGATURE) continue;
                at += table.u32(at + 4);
            }
            if (table.u16(at) == 1) found.add(at);
        }
        return found;
    }

    /** What the glyphs become; the same ones where nothing joins them. */
    List<Integer> join(List<Integer> glyphs) throws DamagedFontException {
        var joined = new ArrayList<>(glyphs);
        for (List<Long> subtables : lookups) {
            for (int at = 0; at < joined.size(); at++) {
                for (long subtable : subtables) {
                    if (joinAt(subtable, joined, at)) break;
                }
            }
        }
        return joined;
    }

    /** Whether glyphs from here on were replaced by one. */
    private boolean joinAt(long subtable, List<Integer> glyphs, int at)
            throws DamagedFontException {
        int covered = coverage(subtable + table.u16(subtable + 2), glyphs.get(at));
        if (covered < 0 || covered >= table.u16(subtable + 4)) return false;
        long set = subtable + table.u16(subtable + 6 + 2L * covered);
        int count = table.u16(set);
        for (int i = 0; i < count; i++) {
            long ligature = set + table.u16(set + 2 + 2L * i);
            int components = table.u16(ligature + 2);
            if (components < 1 || !matches(ligature, components, glyphs, at)) continue;
            glyphs.subList(at + 1, at + components).clear();
            glyphs.set(at, table.u16(ligature));
            return true;
        }
        return false;
    }

    private boolean matches(long ligature, int components, List<Integer> glyphs, int at)
            throws DamagedFontException {
        if (components > glyphs.size() - at) return false;
        for (int i = 1; i < components; i++) {
            if (table.u16(ligature + 2 + 2L * i) != glyphs.get(at + i)) return false;
        }
        return true;
    }

    /** The glyph's index in a coverage table; -1 where it is not in it. */
    private int coverage(long coverage, int glyph) throws DamagedFontException {
        boolean isOfRanges = table.u16(coverage) == 2;
        int low = 0;
        int high = table.u16(coverage + 2) - 1;
        while (low <= high) {
            int middle = (low + high) >>> 1;
            long at = coverage + 4 + (isOfRanges ? 6L : 2L) * middle;
            int start = table.u16(at);
            if (glyph < start) high = middle - 1;
            else if (glyph > (isOfRanges ? table.u16(at + 2) : start)) low = middle + 1;
            else return isOfRanges ? table.u16(at + 4) + glyph - start : middle;
        }
        return -1;
    }
}
