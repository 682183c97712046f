package dev.wormhole.app.terminal;

import dev.wormhole.app.terminal.emoji.EmojiImages;
import dev.wormhole.app.terminal.shape.CellShapes;
import dev.wormhole.terminal.screen.ViewRow;

import javafx.scene.Group;
import javafx.scene.Node;
import javafx.scene.image.ImageView;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.IdentityHashMap;
import java.util.List;

/**
 * Paints rows of cells, each into an image of its own, and of those only what changed since it last
 * did; a row that stands elsewhere now takes its image with it.
 *
 * <p>Owned by the FX thread. Rows that are the same are the same objects, so they are compared as
 * such. Why pixels are painted here and not by a canvas: docs/decisions/0010.
 */
@SuppressWarnings("ReferenceEquality")
final class GridPainter {

    /** Wider images exceed what graphics cards take as one texture; in device pixels. */
    private static final double MOST_WIDTH = 8192;

    /**
     * More than any display has. A screen that another viewer made larger is seen as far as this.
     */
    private static final double MOST_PIXELS = 40e6;

    private final Runnable repaint;
    private final Group grid = new Group();
    private final Glyphs glyphs = new Glyphs();
    private final EmojiCells emoji;

    // What is seen, from the top.
    private RowImage[] images = new RowImage[0];
    private int columns;
    private @Nullable CellMetrics metrics;
    private @Nullable Colours colours;

    /**
     * @param repaint asks to be called once more, for what could not be painted yet
     */
    GridPainter(EmojiImages images, Runnable repaint) {
        this.repaint = repaint;
        emoji = new EmojiCells(images, glyphs, repaint);
        grid.setManaged(false);
        grid.setMouseTransparent(true);
        grid.getStyleClass().add("grid");
    }

    /** Where the rows are seen; its upper left corner is that of the first cell. */
    Node node() {
        return grid;
    }

    /** Brings the images up to date; how many rows were painted. */
    int paint(Picture picture, Highlights highlights, CellMetrics cells, Colours palette) {
        use(picture, cells, palette);
        Sprites stamps = Sprites.of(cells);
        stamps.tidy();
        int[][] lit = new int[images.length][];
        boolean[] isSame = new boolean[images.length];
        int others = 0;
        for (int y = 0; y < images.length; y++) {
            ViewRow row = picture.rows().get(y);
            lit[y] = highlights.of(row);
            isSame[y] = shows(images[y], row, lit[y]);
            if (!isSame[y]) others++;
        }
        if (others == 0) return 0;
        if (others > 1) move(picture.rows(), lit, isSame);
        List<Integer> lacking = new ArrayList<>();
        int painted = 0;
        for (int y = 0; y < images.length; y++) {
            if (isSame[y]) continue;
            painted++;
            if (paint(images[y], picture.rows().get(y), lit[y], stamps)) lacking.add(y);
        }
        // Characters that were never seen before are drawn together, and then are there.
        if (stamps.make()) {
            boolean isLacking = false;
            for (int y : lacking)
                isLacking |= paint(images[y], picture.rows().get(y), lit[y], stamps);
            if (isLacking) repaint.run();
        }
        return painted;
    }

    private void use(Picture picture, CellMetrics cells, Colours palette) {
        double rowPixels = width(picture, cells) * cells.height() * cells.scale() * cells.scale();
        int rows =
                Math.clamp(picture.rows().size(), 1, Math.max(1, (int) (MOST_PIXELS / rowPixels)));
        int width = picture.size().cols();
        if (rows != images.length || width != columns || !cells.equals(metrics)) {
            glyphs.use(cells);
            metrics = cells;
            columns = width;
            images = new RowImage[rows];
            for (int y = 0; y < rows; y++) images[y] = image(picture, cells);
            place();
            grid.getChildren()
                    .setAll(Arrays.stream(images).map(RowImage::view).toArray(ImageView[]::new));
        } else if (palette != colours) {
            for (RowImage image : images) image.forget();
        }
        colours = palette;
    }

    /** Nobody sees it: gives its memory back, some megabytes, until it is painted again. */
    void release() {
        images = new RowImage[0];
        grid.getChildren().clear();
    }

    private static RowImage image(Picture picture, CellMetrics cells) {
        return new RowImage(
                Math.max(1, (int) Math.round(width(picture, cells) * cells.scale())),
                Math.max(1, (int) Math.round(cells.height() * cells.scale())),
                cells.scale());
    }

    private static double width(Picture picture, CellMetrics cells) {
        return Math.min(picture.size().cols() * cells.width(), MOST_WIDTH / cells.scale());
    }

    private static boolean shows(RowImage image, ViewRow row, int[] lit) {
        return image.row() == row && Arrays.equals(image.marks(), lit);
    }

    /** Images of rows that stand elsewhere now go there. */
    private void move(List<ViewRow> rows, int[][] lit, boolean[] isSame) {
        IdentityHashMap<ViewRow, RowImage> free = new IdentityHashMap<>();
        List<RowImage> useless = new ArrayList<>();
        for (int y = 0; y < images.length; y++) {
            if (isSame[y]) continue;
            ViewRow row = images[y].row();
            if (row == null || free.putIfAbsent(row, images[y]) != null) useless.add(images[y]);
        }
        var moved = new @Nullable RowImage[images.length];
        for (int y = 0; y < images.length; y++) {
            if (isSame[y]) {
                moved[y] = images[y];
                continue;
            }
            RowImage known = free.get(rows.get(y));
            if (known == null || !Arrays.equals(known.marks(), lit[y])) continue;
            free.remove(rows.get(y));
            moved[y] = known;
            isSame[y] = true;
        }
        useless.addAll(free.values());
        int next = 0;
        for (int y = 0; y < images.length; y++) {
            RowImage there = moved[y];
            images[y] = there != null ? there : useless.get(next++);
        }
        place();
    }

    private void place() {
        CellMetrics cells = metrics;
        if (cells == null) return;
        for (int y = 0; y < images.length; y++) images[y].view().setY(y * cells.height());
    }

    /** Whether sprites were not there. */
    private boolean paint(RowImage image, ViewRow row, int[] lit, Sprites sprites) {
        CellMetrics cells = metrics;
        Colours palette = colours;
        if (cells == null || palette == null) return false;
        // Until it is done: what is painted by half counts as nothing.
        image.forget();
        var painter =
                new RowPainter(image.raster(), row, lit, cells, palette, sprites, glyphs, emoji);
        painter.paint();
        boolean isWhole = !painter.isAwaiting() && !painter.isLacking();
        image.painted(isWhole ? row : null, lit);
        return painter.isLacking();
    }

    /** How the emoji in a cell looks; null where there is none. Once painted, it is known. */
    EmojiCells.@Nullable Look emoji(ViewRow row, int x, CellMetrics cells) {
        glyphs.use(cells);
        return emoji.look(row, x, cells);
    }

    /** Whether the cell is blank, or its character stands in it as a font writes it. */
    boolean isPlain(ViewRow row, int x, CellMetrics cells) {
        glyphs.use(cells);
        int code = row.text(x);
        if (isBlank(row, x) || code == 0) return true;
        return row.lineSize() == 0 && !CellShapes.has(code) && glyphs.isPlain(code);
    }

    /** Whether nothing is seen in the cell, and it is there. */
    static boolean isBlank(ViewRow row, int x) {
        return x < row.columns() && (row.text(x) == 0 || row.text(x) == ' ');
    }
}
