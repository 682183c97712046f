package dev.wormhole.app.terminal;

import dev.wormhole.terminal.screen.ViewRow;
import dev.wormhole.terminal.text.Emoji;

import javafx.scene.text.Font;
import javafx.scene.text.Text;

import org.jspecify.annotations.Nullable;

import java.lang.Character.UnicodeScript;
import java.util.BitSet;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/**
 * Which characters can be painted in a run, since each is exactly as wide as its cell, and how wide
 * the others are. The fonts that the system takes where ours has no glyph have other widths.
 *
 * <p>Owned by the FX thread.
 */
final class Glyphs {

    /** Scripts whose characters stand one beside the other, from the left. */
    private static final Set<UnicodeScript> SIMPLE =
            EnumSet.of(
                    UnicodeScript.LATIN,
                    UnicodeScript.GREEK,
                    UnicodeScript.CYRILLIC,
                    UnicodeScript.ARMENIAN,
                    UnicodeScript.GEORGIAN,
                    UnicodeScript.COMMON);

    /** A page of text has a few hundred at most. */
    private static final int MANY = 20_000;

    private static final double TOLERANCE = 0.02;

    private record Key(String text, boolean bold, boolean italic) {}

    private final Text measure = new Text();
    private final BitSet known = new BitSet();
    private final BitSet plain = new BitSet();
    private final Map<Key, Double> widths = new HashMap<>();
    private @Nullable CellMetrics cells;

    void use(CellMetrics metrics) {
        if (metrics.equals(cells)) return;
        cells = metrics;
        known.clear();
        plain.clear();
        widths.clear();
    }

    /** Whether it may stand in a run of text. */
    boolean isPlain(int code) {
        if (code < 0x7f) return code >= ' ';
        if (!known.get(code)) {
            known.set(code);
            plain.set(code, isAsWideAsItsCell(code));
        }
        return plain.get(code);
    }

    private boolean isAsWideAsItsCell(int code) {
        CellMetrics metrics = cells;
        if (metrics == null || code > 0xffff || !SIMPLE.contains(UnicodeScript.of(code)))
            return false;
        if (Emoji.isByDefault(code)) return false;
        double width = measured(Character.toString(code), metrics.regular());
        return Math.abs(width - metrics.width()) < TOLERANCE;
    }

    /** Of the private use areas: symbols of patched fonts. */
    static boolean isIcon(int code) {
        return Character.getType(Math.max(0, code)) == Character.PRIVATE_USE;
    }

    /**
     * Takes a cell of its own, and yet belongs to the character before it: vowel signs of India.
     */
    static boolean isSpacingMark(ViewRow row, int x) {
        int code = row.text(x);
        if (code == ViewRow.CLUSTER) code = row.string(x).codePointAt(0);
        return code > 0 && Character.getType(code) == Character.COMBINING_SPACING_MARK;
    }

    double width(String text, boolean bold, boolean italic) {
        CellMetrics metrics = cells;
        if (metrics == null) return 0;
        if (widths.size() > MANY) widths.clear();
        return widths.computeIfAbsent(
                new Key(text, bold, italic), _ -> measured(text, metrics.font(bold, italic)));
    }

    private double measured(String text, Font font) {
        measure.setFont(font);
        measure.setText(text);
        return measure.getLayoutBounds().getWidth();
    }
}
