package dev.wormhole.app.terminal;

import dev.wormhole.app.terminal.emoji.EmojiImages;
import dev.wormhole.app.terminal.emoji.EmojiImages.Found;
import dev.wormhole.app.terminal.emoji.PlainEmoji;
import dev.wormhole.terminal.screen.ViewRow;
import dev.wormhole.terminal.text.Emoji;

import javafx.scene.canvas.GraphicsContext;
import javafx.scene.image.Image;

import org.jspecify.annotations.Nullable;

/**
 * Which cells show an emoji that JavaFX would not paint, and what there is to paint instead.
 *
 * <p>Owned by the FX thread.
 */
final class EmojiCells {

    /** How an emoji looks. */
    sealed interface Look {

        /**
         * A picture, on whole pixels of the screen. All lengths are logical pixels from the upper
         * left corner of its cell.
         */
        record Picture(Image image, double x, double y, double width, double height)
                implements Look {

            void draw(GraphicsContext g, double left, double top) {
                g.drawImage(image, left + x, top + y, width, height);
            }
        }

        /** A picture that is not there yet. */
        record Awaited() implements Look {}

        /** The picture of the cell before covers it. */
        record Covered() implements Look {}

        /** There is no picture, and JavaFX is to paint this. */
        record Text(String text) implements Look {}

        /** Neither is there a picture nor would JavaFX paint anything: the edge of the cells. */
        record Frame(double width, double height, double thickness) implements Look {

            void draw(GraphicsContext g, double left, double top) {
                double inner = height - 4 * thickness;
                g.fillRect(left + thickness, top + thickness, width - 2 * thickness, thickness);
                g.fillRect(left + thickness, top + 2 * thickness, thickness, inner);
                double right = left + width - 2 * thickness;
                g.fillRect(right, top + 2 * thickness, thickness, inner);
                double bottom = top + height - 2 * thickness;
                g.fillRect(left + thickness, bottom, width - 2 * thickness, thickness);
            }
        }
    }

    private static final Look AWAITED = new Look.Awaited();
    private static final Look COVERED = new Look.Covered();

    private final EmojiImages images;
    private final Glyphs glyphs;
    private final Runnable repaint;

    EmojiCells(EmojiImages images, Glyphs glyphs, Runnable repaint) {
        this.images = images;
        this.glyphs = glyphs;
        this.repaint = repaint;
    }

    /** How the cell looks, or null where its text is to be painted as any other. */
    @Nullable Look look(ViewRow row, int x, CellMetrics cell) {
        String text = row.string(x);
        if (text.isEmpty() || !images.areNeeded() || !Emoji.isPossible(text)) return null;
        if (!Emoji.isShown(text) && !isPaintedAsNothing(PlainEmoji.of(text), cell)) {
            return PlainEmoji.isJoined(text) ? new Look.Text(PlainEmoji.of(text)) : null;
        }
        Look flag = Emoji.isHalfFlag(row.text(x)) ? flag(row, x, cell) : null;
        return flag != null ? flag : look(row, text, span(row, x), cell);
    }

    /**
     * An emoji of one column is too small to be known: it takes the blank after it, which most
     * programs leave.
     */
    private static int span(ViewRow row, int x) {
        if (row.isWide(x)) return 2;
        boolean isHalf = Emoji.isHalfFlag(row.text(x));
        return !isHalf && GridPainter.isBlank(row, x + 1) ? 2 : 1;
    }

    /**
     * Programs that do not ask for clusters (mode 2027) have a flag as two cells, one for each
     * half; null where no flag is known of them.
     */
    private @Nullable Look flag(ViewRow row, int x, CellMetrics cell) {
        int begin = x;
        while (begin > 0 && Emoji.isHalfFlag(row.text(begin - 1))) begin--;
        int first = x - (x - begin) % 2;
        if (!Emoji.isHalfFlag(row.text(first + 1))) return null;
        Look look = look(row, row.string(first) + row.string(first + 1), 2, cell);
        if (look instanceof Look.Text || look instanceof Look.Frame) return null;
        return x == first || look instanceof Look.Awaited ? look : COVERED;
    }

    private Look look(ViewRow row, String text, int span, CellMetrics cell) {
        double zoomX = row.lineSize() == 0 ? 1 : 2;
        double zoomY = row.lineSize() > 1 ? 2 : 1;
        long width = Math.round(span * cell.width() * cell.scale() * zoomX);
        long height = Math.round(cell.height() * cell.scale() * zoomY);
        return switch (images.find(text, (int) width, (int) height, repaint)) {
            case Found.Ready(Image image) ->
                    placed(image, width, height, cell.scale() * zoomX, cell.scale() * zoomY);
            case Found.Awaited _ -> AWAITED;
            case Found.Missing _ -> {
                String plain = PlainEmoji.of(text);
                yield isPaintedAsNothing(plain, cell)
                        ? new Look.Frame(span * cell.width(), cell.height(), 1 / cell.scale())
                        : new Look.Text(plain);
            }
        };
    }

    private boolean isPaintedAsNothing(String text, CellMetrics cell) {
        double width = glyphs.width(text, false, false);
        return images.isPaintedAsNothing(width, cell.regular().getSize(), repaint);
    }

    /** In the middle of a room of so many pixels of the screen, as large as it allows. */
    private static Look.Picture placed(
            Image image, long width, long height, double scaleX, double scaleY) {
        double scale = Math.min(width / image.getWidth(), height / image.getHeight());
        long w = Math.max(1, Math.round(image.getWidth() * scale));
        long h = Math.max(1, Math.round(image.getHeight() * scale));
        return new Look.Picture(
                image,
                Math.floor((width - w) / 2.0) / scaleX,
                Math.floor((height - h) / 2.0) / scaleY,
                w / scaleX,
                h / scaleY);
    }
}
