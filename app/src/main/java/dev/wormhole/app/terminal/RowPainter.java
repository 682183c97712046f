package dev.wormhole.app.terminal;

import dev.wormhole.app.terminal.shape.CellShapes;
import dev.wormhole.terminal.screen.Style;
import dev.wormhole.terminal.screen.ViewRow;

import javafx.scene.paint.Color;

import org.jspecify.annotations.Nullable;

import java.util.Arrays;

/**
 * Paints one row of cells: the grounds, the characters on them, the lines at text. Its state is
 * that of one row.
 *
 * <p>Owned by the FX thread.
 */
@SuppressWarnings("ReferenceEquality") // Styles that are the same are the same object.
final class RowPainter {

    /** Pictures have no colour that could be fainter. */
    private static final int FAINT = 128;

    private static final int OPAQUE = 255;

    private final Raster raster;
    private final ViewRow row;
    private final CellMetrics metrics;
    private final Colours palette;
    private final Sprites sprites;
    private final Glyphs glyphs;
    private final EmojiCells emoji;
    private final int columns;
    private final byte @Nullable [] kinds;

    /** Of a cell in device pixels, doubled in rows of double width. */
    private final int width;

    /** Of the row's upper edge; negative in the lower half of double height. */
    private final int top;

    /** Of the characters, beside bold and so on. */
    private final int zoom;

    private boolean isLacking;
    private boolean isAwaiting;

    // The ink of the cell before.
    private @Nullable Style lastStyle;
    private int lastKind;
    private int lastInk;

    RowPainter(
            Raster raster,
            ViewRow row,
            int[] lit,
            CellMetrics metrics,
            Colours palette,
            Sprites sprites,
            Glyphs glyphs,
            EmojiCells emoji) {
        this.raster = raster;
        this.row = row;
        this.metrics = metrics;
        this.palette = palette;
        this.sprites = sprites;
        this.glyphs = glyphs;
        this.emoji = emoji;
        columns = row.columns();
        kinds = lit.length == 0 ? null : kinds(lit, columns);
        zoom =
                switch (row.lineSize()) {
                    case 0 -> 0;
                    case 1 -> Sprites.DOUBLE_WIDTH;
                    default -> Sprites.DOUBLE_WIDTH | Sprites.DOUBLE_HEIGHT;
                };
        int cell = (int) Math.round(metrics.width() * metrics.scale());
        width = cell * Sprites.zoomX(zoom);
        top = row.lineSize() == 3 ? -raster.height() : 0;
    }

    private static byte[] kinds(int[] lit, int columns) {
        var kinds = new byte[columns];
        for (int i = 0; i < lit.length; i += 3) {
            int from = Math.max(0, lit[i]);
            int to = Math.min(columns, lit[i + 1]);
            if (from < to) Arrays.fill(kinds, from, to, (byte) lit[i + 2]);
        }
        return kinds;
    }

    /** Paints all of the row, as far as sprites are there. */
    void paint() {
        grounds();
        texts();
        lines();
    }

    /** Sprites were not there: it is to be painted once more when they are. */
    boolean isLacking() {
        return isLacking;
    }

    /** A picture is being read: the row is painted anew when it is there. */
    boolean isAwaiting() {
        return isAwaiting;
    }

    private int kind(int x) {
        return kinds == null || x >= columns ? 0 : kinds[x];
    }

    private Color ground(int x, Style style) {
        return switch (kind(x)) {
            case Highlights.SELECTED -> palette.theme().selection();
            case Highlights.FOUND -> palette.theme().found();
            case Highlights.CURRENT -> palette.theme().cursor();
            default -> palette.ground(style);
        };
    }

    private Color inkColour(int kind, Style style) {
        return switch (kind) {
            case Highlights.CURRENT -> palette.theme().background();
            case Highlights.SELECTED, Highlights.FOUND ->
                    style.has(Style.INVERSE) ? palette.foreground() : palette.ink(style);
            default -> palette.ink(style);
        };
    }

    private int ink(int x, Style style) {
        int kind = kind(x);
        if (style != lastStyle || kind != lastKind) {
            lastStyle = style;
            lastKind = kind;
            lastInk = rgb(inkColour(kind, style));
        }
        return lastInk;
    }

    private static int rgb(Color colour) {
        return channel(colour.getRed()) << 16
                | channel(colour.getGreen()) << 8
                | channel(colour.getBlue());
    }

    private static int channel(double part) {
        return (int) Math.round(part * 255);
    }

    private void grounds() {
        Color rest = palette.background();
        raster.clear(rgb(rest));
        int end = kinds != null ? columns : row.used();
        int from = 0;
        Color colour = rest;
        Style before = null;
        for (int x = 0; x <= end; x++) {
            Style style = row.style(x);
            if (kinds == null && x < end && style == before) continue;
            before = style;
            Color next = x == end ? rest : ground(x, style);
            if (x < end && (next == colour || next.equals(colour))) continue;
            if (x > from && !colour.equals(rest)) raster.fill(from * width, x * width, rgb(colour));
            from = x;
            colour = next;
        }
    }

    private void texts() {
        int used = row.used();
        for (int x = 0; x < used; x++) {
            int code = row.text(x);
            if (code == 0 || code == ' ' || code == ViewRow.TAIL) continue;
            Style style = row.style(x);
            if (style.has(Style.INVISIBLE) || kind(x) == Highlights.HIDDEN) continue;
            if (code > 0 && (CellShapes.has(code) || glyphs.isPlain(code)))
                character(x, code, style);
            else if (hasSpacingMark(x, style)) spaced(x++, style);
            else other(x, code, style);
        }
    }

    /**
     * Whether the next cell is a vowel sign or the like that belongs to this one: alone it would be
     * drawn with a dotted circle for what it stands at, and perhaps on the wrong side.
     */
    private boolean hasSpacingMark(int x, Style style) {
        return Glyphs.isSpacingMark(row, x + 1)
                && !row.isWide(x)
                && row.style(x + 1) == style
                && kind(x + 1) == kind(x);
    }

    private void spaced(int x, Style style) {
        String text = row.string(x) + row.string(x + 1);
        stamp(sprites.cluster(text, variant(style, 2)), x, ink(x, style));
    }

    private void character(int x, int code, Style style) {
        boolean isArea = isArea(code) && kind(x) == 0;
        int ink = isArea ? rgb(palette.area(style)) : ink(x, style);
        stamp(sprites.character(code, variant(style, 1)), x, ink);
    }

    /** Blocks and separators: programs make areas of them. */
    private static boolean isArea(int code) {
        return (code >= 0x2580 && code <= 0x259f) || code >= 0xe0b0;
    }

    private void other(int x, int code, Style style) {
        switch (emoji.look(row, x, metrics)) {
            case null -> text(x, code, style);
            case EmojiCells.Look.Text(String text) ->
                    stamp(sprites.cluster(text, variant(style, span(x))), x, ink(x, style));
            case EmojiCells.Look.Awaited _ -> isAwaiting = true;
            case EmojiCells.Look.Covered _ -> {}
            case EmojiCells.Look.Picture picture -> {
                Sprite sprite = sprites.picture(picture, zoom);
                if (sprite == null) isLacking = true;
                else raster.draw(sprite, x * width, top, style.has(Style.FAINT) ? FAINT : OPAQUE);
            }
            case EmojiCells.Look.Frame frame -> stamp(sprites.frame(frame, zoom), x, ink(x, style));
        }
    }

    private void text(int x, int code, Style style) {
        int variant = variant(style, span(x));
        Sprite sprite =
                code == ViewRow.CLUSTER
                        ? sprites.cluster(row.string(x), variant)
                        : sprites.character(code, variant);
        stamp(sprite, x, ink(x, style));
    }

    /** Icons of a private area are drawn for two cells, and stand before a blank. */
    private int span(int x) {
        boolean isSpread = Glyphs.isIcon(row.text(x)) && GridPainter.isBlank(row, x + 1);
        return isSpread || row.isWide(x) ? 2 : 1;
    }

    private int variant(Style style, int span) {
        return zoom
                | (style.has(Style.BOLD) ? Sprites.BOLD : 0)
                | (style.has(Style.ITALIC) ? Sprites.ITALIC : 0)
                | (span == 2 ? Sprites.TWO_CELLS : 0);
    }

    private void stamp(@Nullable Sprite sprite, int x, int ink) {
        if (sprite == null) isLacking = true;
        else raster.stamp(sprite, x * width, top, ink);
    }

    /** Underlines and the like, for runs of one style. */
    private void lines() {
        int used = kinds != null ? columns : row.used();
        for (int x = 0; x < used; ) {
            Style style = row.style(x);
            int kind = kind(x);
            int from = x;
            while (x < used && row.style(x) == style && kind(x) == kind) x++;
            if (kind == Highlights.HIDDEN) continue;
            boolean isLink = kind == Highlights.LINK;
            int underline = isLink ? Math.max(1, style.underline()) : style.underline();
            if (underline > 0) {
                tile(
                        sprites.underline(underline, zoom),
                        sprites.period(underline, zoom),
                        from,
                        x,
                        palette.line(style));
            }
            if (style.has(Style.STRIKE)) {
                tile(sprites.strike(zoom), Sprites.zoomX(zoom), from, x, palette.ink(style));
            }
            if (style.has(Style.OVERLINE)) {
                tile(sprites.overline(zoom), Sprites.zoomX(zoom), from, x, palette.ink(style));
            }
        }
    }

    private void tile(@Nullable Sprite sprite, int period, int from, int to, Color colour) {
        if (sprite == null) isLacking = true;
        else raster.tile(sprite, period, from * width, to * width, top, rgb(colour));
    }
}
