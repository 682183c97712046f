package dev.wormhole.app.terminal;

import dev.wormhole.app.terminal.emoji.EmojiImages;
import dev.wormhole.app.terminal.shape.CellShapes;
import dev.wormhole.app.terminal.shape.LineMarks;
import dev.wormhole.terminal.screen.Style;
import dev.wormhole.terminal.screen.ViewRow;

import javafx.scene.canvas.Canvas;
import javafx.scene.canvas.GraphicsContext;
import javafx.scene.paint.Color;
import javafx.scene.text.Font;

import org.jspecify.annotations.Nullable;

import java.util.Arrays;

/**
 * Paints rows of cells on a canvas, and of those only what changed since it last did.
 *
 * <p>Owned by the FX thread. The canvas must be in a shown scene: what is drawn on another is kept
 * for ever. Rows and styles that are the same are the same objects, so they are compared as such.
 */
@SuppressWarnings("ReferenceEquality")
final class GridPainter {

    /** Pictures have no colour that could be fainter. */
    private static final double FAINT = 0.5;

    private final Canvas canvas;
    private final GraphicsContext g;
    private final Glyphs glyphs = new Glyphs();
    private final EmojiCells emoji;
    private final StringBuilder run = new StringBuilder();

    // What is on the canvas.
    private @Nullable ViewRow[] painted = new @Nullable ViewRow[0];
    private int[][] marked = new int[0][];
    private @Nullable CellMetrics metrics;
    private @Nullable Colours colours;

    private LineMarks marks = new LineMarks(1, 1, 1);
    private byte[] kinds = new byte[0];
    private @Nullable Font font;
    private @Nullable Color fill;

    /**
     * @param repaint asks to be called once more, for what could not be painted yet
     */
    GridPainter(Canvas canvas, EmojiImages images, Runnable repaint) {
        this.canvas = canvas;
        emoji = new EmojiCells(images, glyphs, repaint);
        g = canvas.getGraphicsContext2D();
    }

    /** Brings the canvas up to date; how many rows were painted. */
    int paint(Picture picture, Highlights highlights, CellMetrics cells, Colours palette) {
        double width = picture.size().cols() * cells.width();
        double height = picture.rows().size() * cells.height();
        boolean isOther =
                painted.length != picture.rows().size()
                        || !cells.equals(metrics)
                        || palette != colours
                        || canvas.getWidth() != Math.min(width, GridView.MAX_WIDTH)
                        || canvas.getHeight() != Math.min(height, GridView.MAX_HEIGHT);
        if (isOther) {
            glyphs.use(cells);
            marks = new LineMarks(cells.height(), cells.baseline(), cells.scale());
            metrics = cells;
            colours = palette;
            painted = new @Nullable ViewRow[picture.rows().size()];
            marked = new int[painted.length][];
            canvas.setWidth(Math.min(width, GridView.MAX_WIDTH));
            canvas.setHeight(Math.min(height, GridView.MAX_HEIGHT));
            g.clearRect(0, 0, canvas.getWidth(), canvas.getHeight());
        }
        font = null;
        fill = null;
        int rows = 0;
        for (int y = 0; y < painted.length; y++) {
            ViewRow row = picture.rows().get(y);
            int[] lit = highlights.of(row);
            if (painted[y] == row && Arrays.equals(marked[y], lit)) continue;
            marked[y] = lit;
            var painter = new RowPainter(row, lit, cells, palette, y * cells.height());
            painter.paint();
            painted[y] = painter.isAwaiting ? null : row;
            rows++;
        }
        return rows;
    }

    /** How the emoji in a cell looks; null where there is none. Once painted, it is known. */
    EmojiCells.@Nullable Look emoji(ViewRow row, int x, CellMetrics cells) {
        glyphs.use(cells);
        return emoji.look(row, x, cells);
    }

    private void fill(Color colour) {
        if (colour.equals(fill)) return;
        fill = colour;
        g.setFill(colour);
    }

    /** Whether nothing is seen in the cell, and it is there. */
    static boolean isBlank(ViewRow row, int x) {
        return x < row.columns() && (row.text(x) == 0 || row.text(x) == ' ');
    }

    private void font(Font wanted) {
        if (wanted == font) return;
        font = wanted;
        g.setFont(wanted);
    }

    /** One row; its state is that of one call. */
    private final class RowPainter {

        private final ViewRow row;
        private final CellMetrics cell;
        private final Colours palette;
        private final double top;
        private final int columns;
        private final boolean isMarked;
        private int odd;

        /** Something of it is painted later. */
        private boolean isAwaiting;

        RowPainter(ViewRow row, int[] lit, CellMetrics cell, Colours palette, double top) {
            this.row = row;
            this.cell = cell;
            this.palette = palette;
            this.top = top;
            columns = row.columns();
            isMarked = lit.length > 0;
            if (isMarked) mark(lit);
        }

        private void mark(int[] lit) {
            if (kinds.length < columns) kinds = new byte[columns];
            Arrays.fill(kinds, 0, columns, (byte) 0);
            for (int i = 0; i < lit.length; i += 3) {
                int from = Math.max(0, lit[i]);
                int to = Math.min(columns, lit[i + 1]);
                for (int x = from; x < to; x++) kinds[x] = (byte) lit[i + 2];
            }
        }

        void paint() {
            if (row.lineSize() == 0) {
                paintCells(top);
                return;
            }
            // Double width, and perhaps one half of double height.
            double height = cell.height();
            g.save();
            g.beginPath();
            g.rect(0, top, columns * cell.width(), height);
            g.clip();
            boolean isHigh = row.lineSize() > 1;
            g.translate(0, row.lineSize() == 3 ? top - height : top);
            g.scale(2, isHigh ? 2 : 1);
            paintCells(0);
            g.restore();
            font = null;
            fill = null;
        }

        private void paintCells(double y) {
            grounds(y);
            texts(y);
            if (odd > 0) oddGlyphs(y);
            lines(y);
        }

        private int kind(int x) {
            return isMarked ? kinds[x] : 0;
        }

        private Color ground(int x, Style style) {
            return switch (kind(x)) {
                case Highlights.SELECTED -> palette.theme().selection();
                case Highlights.FOUND -> palette.theme().found();
                case Highlights.CURRENT -> palette.theme().cursor();
                default -> palette.ground(style);
            };
        }

        private Color ink(int x, Style style) {
            return switch (kind(x)) {
                case Highlights.CURRENT -> palette.theme().background();
                case Highlights.SELECTED, Highlights.FOUND ->
                        style.has(Style.INVERSE) ? palette.foreground() : palette.ink(style);
                default -> palette.ink(style);
            };
        }

        private void grounds(double y) {
            double width = cell.width();
            Color rest = palette.background();
            fill(rest);
            g.fillRect(0, y, columns * width, cell.height());
            int end = isMarked ? columns : row.used();
            int from = 0;
            Color colour = rest;
            for (int x = 0; x <= end; x++) {
                Color next = x == end ? rest : ground(x, row.style(x));
                if (x < end && (next == colour || next.equals(colour))) continue;
                if (x > from && !colour.equals(rest)) {
                    fill(colour);
                    g.fillRect(from * width, y, (x - from) * width, cell.height());
                }
                from = x;
                colour = next;
            }
        }

        private void texts(double y) {
            int used = row.used();
            for (int x = 0; x < used; ) {
                int code = row.text(x);
                if (code == 0 || code == ' ' || code == ViewRow.TAIL) {
                    x++;
                } else if (row.style(x).has(Style.INVISIBLE)) {
                    x++;
                } else if (CellShapes.has(code)) {
                    x = shapes(x, used, y);
                } else if (glyphs.isPlain(code)) {
                    x = plain(x, used, y);
                } else {
                    odd++;
                    x++;
                }
            }
        }

        /** Draws the run of one shape from here, as lines often are; where it ends. */
        private int shapes(int from, int used, double y) {
            Style style = row.style(from);
            int code = row.text(from);
            int kind = kind(from);
            int x = from + 1;
            while (x < used && row.text(x) == code && row.style(x) == style && kind(x) == kind) x++;
            fill(isArea(code) && kind == 0 ? palette.area(style) : ink(from, style));
            double width = cell.width();
            CellShapes.drawRun(
                    g, code, x - from, from * width, y, width, cell.height(), cell.scale());
            return x;
        }

        /** Blocks and separators: programs make areas of them. */
        private static boolean isArea(int code) {
            return (code >= 0x2580 && code <= 0x259f) || code >= 0xe0b0;
        }

        /** Paints the run of plain characters of one style from here; where it ends. */
        private int plain(int from, int used, double y) {
            Style style = row.style(from);
            int kind = kind(from);
            run.setLength(0);
            int x = from;
            while (x < used && row.style(x) == style && kind(x) == kind) {
                int code = row.text(x);
                if (code == 0) run.append(' ');
                else if (glyphs.isPlain(code) && !CellShapes.has(code)) run.appendCodePoint(code);
                else break;
                x++;
            }
            int length = run.length();
            while (run.charAt(length - 1) == ' ') length--;
            font(cell.font(style.has(Style.BOLD), style.has(Style.ITALIC)));
            fill(ink(from, style));
            g.fillText(run.substring(0, length), from * cell.width(), y + cell.baseline());
            return x;
        }

        /** What may be larger than its cell: kept within the row, or it would leave traces. */
        private void oddGlyphs(double y) {
            g.save();
            g.beginPath();
            g.rect(0, y, columns * cell.width(), cell.height());
            g.clip();
            for (int x = 0; x < row.used(); x++) {
                int code = row.text(x);
                if (code == 0 || code == ViewRow.TAIL || code == ' ') continue;
                if (code > 0 && (CellShapes.has(code) || glyphs.isPlain(code))) continue;
                if (!row.style(x).has(Style.INVISIBLE)) oddGlyph(x, y);
            }
            g.restore();
            font = null;
            fill = null;
        }

        private void oddGlyph(int x, double y) {
            switch (emoji.look(row, x, cell)) {
                case null -> glyph(x, y, row.string(x));
                case EmojiCells.Look.Text(String text) -> glyph(x, y, text);
                case EmojiCells.Look.Awaited _ -> isAwaiting = true;
                case EmojiCells.Look.Covered _ -> {}
                case EmojiCells.Look.Picture picture -> {
                    g.setGlobalAlpha(row.style(x).has(Style.FAINT) ? FAINT : 1);
                    picture.draw(g, x * cell.width(), y);
                    g.setGlobalAlpha(1);
                }
                case EmojiCells.Look.Frame frame -> {
                    fill(ink(x, row.style(x)));
                    frame.draw(g, x * cell.width(), y);
                }
            }
        }

        private void glyph(int x, double y, String text) {
            Style style = row.style(x);
            boolean isBold = style.has(Style.BOLD);
            boolean isItalic = style.has(Style.ITALIC);
            int span = row.isWide(x) ? 2 : 1;
            // Icons of a private area are drawn for two cells, and stand before a blank.
            if (Glyphs.isIcon(row.text(x)) && isBlank(row, x + 1)) span = 2;
            double room = span * cell.width();
            double width = glyphs.width(text, isBold, isItalic);
            double left = x * cell.width();
            font(cell.font(isBold, isItalic));
            fill(ink(x, style));
            if (width <= room * 1.02) {
                double indent = span > 1 ? Math.max(0, (room - width) / 2) : 0;
                g.fillText(text, left + indent, y + cell.baseline());
                return;
            }
            g.save();
            g.translate(left, y + cell.baseline());
            g.scale(room / width, 1);
            g.fillText(text, 0, 0);
            g.restore();
            font = null;
            fill = null;
        }

        /** Underlines and the like, for runs of one style. */
        private void lines(double y) {
            int used = isMarked ? columns : row.used();
            for (int x = 0; x < used; ) {
                Style style = row.style(x);
                boolean isLink = kind(x) == Highlights.LINK;
                int from = x;
                while (x < used && row.style(x) == style && (kind(x) == Highlights.LINK) == isLink)
                    x++;
                int underline = isLink ? Math.max(1, style.underline()) : style.underline();
                boolean isCrossed = style.has(Style.STRIKE);
                boolean isOverlined = style.has(Style.OVERLINE);
                if (underline == 0 && !isCrossed && !isOverlined) continue;
                double left = from * cell.width();
                double width = (x - from) * cell.width();
                if (underline > 0) {
                    fill(palette.line(style));
                    marks.underline(g, underline, left, y, width);
                }
                fill(palette.ink(style));
                if (isCrossed) marks.strike(g, left, y, width);
                if (isOverlined) marks.overline(g, left, y, width);
            }
        }
    }
}
