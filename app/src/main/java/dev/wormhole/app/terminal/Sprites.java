package dev.wormhole.app.terminal;

import dev.wormhole.app.terminal.shape.CellShapes;
import dev.wormhole.app.terminal.shape.LineMarks;

import javafx.scene.Node;
import javafx.scene.canvas.GraphicsContext;
import javafx.scene.image.ImageView;
import javafx.scene.paint.Color;
import javafx.scene.text.Font;
import javafx.scene.text.Text;
import javafx.scene.transform.Scale;
import javafx.scene.transform.Translate;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * The sprites of all characters that were seen. JavaFX draws each once, many at a time on one
 * sheet; what is not there yet is wanted from then on, and is there after {@link #make}.
 *
 * <p>Owned by the FX thread. All lengths are device pixels.
 */
@SuppressWarnings("ReferenceEquality") // One sprite stands for those that are awaited.
final class Sprites {

    private static final Logger log = LoggerFactory.getLogger(Sprites.class);

    /** Bits of a variant. */
    static final int BOLD = 1;

    static final int ITALIC = 2;

    /** The character has two cells. */
    static final int TWO_CELLS = 4;

    /** The row is of double width. */
    static final int DOUBLE_WIDTH = 8;

    static final int DOUBLE_HEIGHT = 16;
    private static final int VARIANTS = 32;

    /**
     * Sprites and the pictures that they were made of may take this; a page of text takes 100 kB.
     */
    private static final long MOST_BYTES = 32 << 20;

    /** So many are drawn for one frame: what text that was never seen before may cost it. */
    static final int MOST_AT_ONCE = 500;

    /** Of a sprite and its place in a table, in bytes. */
    private static final int OVERHEAD = 150;

    private static final int PAGES = (Character.MAX_CODE_POINT >> 8) + 1;

    /** Wider characters are squeezed. */
    private static final double TOLERANCE = 1.02;

    private record Key(Object what, int variant) {}

    private record Line(int style) {}

    private static final int STRIKE = -1;
    private static final int OVERLINE = -2;

    /** Windows on different screens, and their zooms. */
    private static final int SIZES_KEPT = 4;

    private static final Map<CellMetrics, Sprites> KEPT = new LinkedHashMap<>(16, 0.75f, true);

    /** Stands for one that is wanted already. */
    private static final Sprite AWAITED = new Sprite(0, 0, 0, 0, null, null);

    private final Glyphs glyphs = new Glyphs();
    private final @Nullable Sprite[][][] pages = new @Nullable Sprite[VARIANTS][][];
    private final Map<Key, Sprite> others = new HashMap<>();
    private final List<SpriteSheet.Wanted> wanted = new ArrayList<>();
    private long bytes;

    private final CellMetrics cells;
    private final int cellWidth;
    private final int cellHeight;
    private final int baseline;
    private final LineMarks marks;

    private Sprites(CellMetrics cells) {
        this.cells = cells;
        glyphs.use(cells);
        cellWidth = (int) Math.round(cells.width() * cells.scale());
        cellHeight = (int) Math.round(cells.height() * cells.scale());
        baseline = (int) Math.round(cells.baseline() * cells.scale());
        marks = new LineMarks(cellHeight, baseline, 1);
    }

    /** Those of a font at a size and scale: panes of one look share them. */
    static Sprites of(CellMetrics cells) {
        Sprites sprites = KEPT.computeIfAbsent(cells, Sprites::new);
        if (KEPT.size() > SIZES_KEPT) KEPT.remove(KEPT.keySet().iterator().next());
        return sprites;
    }

    /** Begins anew when there are too many; before painting, as it takes away what is there. */
    void tidy() {
        if (bytes <= MOST_BYTES || !wanted.isEmpty()) return;
        Arrays.fill(pages, null);
        others.clear();
        bytes = 0;
    }

    private Sprite counted(Sprite made) {
        int pixel = made.colours() == null ? Byte.BYTES : 3 * Integer.BYTES;
        bytes += OVERHEAD + (long) pixel * made.width() * made.height();
        return made;
    }

    private @Nullable Sprite other(Key key, Consumer<Consumer<Sprite>> want) {
        Sprite sprite = others.get(key);
        if (sprite == null) {
            others.put(key, AWAITED);
            want.accept(made -> others.put(key, counted(made)));
        }
        return sprite == AWAITED ? null : sprite;
    }

    /** Of a single character; null if it is there only after {@link #make}. */
    @Nullable Sprite character(int code, int variant) {
        Sprite[][] variants = pages[variant];
        if (variants == null) {
            variants = new Sprite[PAGES][];
            pages[variant] = variants;
        }
        Sprite[] page = variants[code >> 8];
        if (page == null) {
            page = new Sprite[256];
            variants[code >> 8] = page;
        }
        Sprite sprite = page[code & 0xff];
        if (sprite != null) return sprite == AWAITED ? null : sprite;
        Sprite[] place = page;
        place[code & 0xff] = AWAITED;
        Consumer<Sprite> taker = made -> place[code & 0xff] = counted(made);
        if (CellShapes.has(code)) {
            drawn(variant & ~TWO_CELLS, 1, g -> shape(g, code), taker);
        } else {
            text(Character.toString(code), variant, taker);
        }
        return null;
    }

    private void shape(GraphicsContext g, int code) {
        CellShapes.draw(g, code, 0, 0, cellWidth, cellHeight, 1);
    }

    /** Of several code points in one cell. */
    @Nullable Sprite cluster(String text, int variant) {
        return other(new Key(text, variant), taker -> text(text, variant, taker));
    }

    /** Of an emoji. */
    @Nullable Sprite picture(EmojiCells.Look.Picture look, int variant) {
        return other(
                new Key(look, variant),
                taker -> want(2, variant, true, view(look, variant), _ -> {}, taker));
    }

    private ImageView view(EmojiCells.Look.Picture look, int variant) {
        double scaleX = cells.scale() * zoomX(variant);
        double scaleY = cells.scale() * zoomY(variant);
        var view = new ImageView(look.image());
        view.setSmooth(true);
        view.setX(Math.rint(look.x() * scaleX));
        view.setY(Math.rint(look.y() * scaleY));
        view.setFitWidth(Math.rint(look.width() * scaleX));
        view.setFitHeight(Math.rint(look.height() * scaleY));
        return view;
    }

    /** Of an emoji that has no picture. */
    @Nullable Sprite frame(EmojiCells.Look.Frame look, int variant) {
        return other(
                new Key(look, variant),
                taker ->
                        drawn(
                                variant,
                                2,
                                g -> {
                                    g.scale(cells.scale(), cells.scale());
                                    look.draw(g, 0, 0);
                                },
                                taker));
    }

    /** One period of an underline. */
    @Nullable Sprite underline(int style, int variant) {
        return line(style, variant);
    }

    /** How many pixels after which an underline repeats itself. */
    int period(int style, int variant) {
        return marks.period(style) * zoomX(variant);
    }

    @Nullable Sprite strike(int variant) {
        return line(STRIKE, variant);
    }

    @Nullable Sprite overline(int variant) {
        return line(OVERLINE, variant);
    }

    private @Nullable Sprite line(int style, int variant) {
        return other(
                new Key(new Line(style), variant),
                taker -> wanted.add(line(style, variant, taker)));
    }

    private SpriteSheet.Wanted line(int style, int variant, Consumer<Sprite> taker) {
        int period = marks.period(style);
        return new SpriteSheet.Wanted(
                period * zoomX(variant),
                cellHeight * zoomY(variant),
                0,
                false,
                null,
                g -> {
                    g.scale(zoomX(variant), zoomY(variant));
                    // Ends are cut off: what is left goes on into itself.
                    g.translate(-period, 0);
                    line(g, style, 3.0 * period);
                },
                taker);
    }

    private void line(GraphicsContext g, int style, double width) {
        switch (style) {
            case STRIKE -> marks.strike(g, 0, 0, width);
            case OVERLINE -> marks.overline(g, 0, 0, width);
            default -> marks.underline(g, style, 0, 0, width);
        }
    }

    private void text(String string, int variant, Consumer<Sprite> taker) {
        boolean isBold = (variant & BOLD) != 0;
        boolean isItalic = (variant & ITALIC) != 0;
        int span = (variant & TWO_CELLS) == 0 ? 1 : 2;
        double room = span * cells.width();
        double width = glyphs.width(string, isBold, isItalic);
        Font font = cells.font(isBold, isItalic);
        boolean isStacked = width > room * TOLERANCE && StackedMarks.has(string);
        boolean isTooWide = width > room * TOLERANCE && !isStacked;
        double indent = isTooWide || span == 1 ? 0 : Math.max(0, (room - width) / 2);
        double squeezed = isTooWide ? room / width : 1;
        Node text = isStacked ? StackedMarks.draw(string, font, room) : plain(string, font);
        double scaleX = cells.scale() * zoomX(variant);
        text.getTransforms()
                .setAll(
                        new Translate(indent * scaleX, baseline * zoomY(variant)),
                        new Scale(scaleX * squeezed, cells.scale() * zoomY(variant)));
        want(span, variant, false, text, _ -> {}, taker);
    }

    private static Text plain(String string, Font font) {
        var text = new Text(string);
        text.setFont(font);
        text.setFill(Color.WHITE);
        return text;
    }

    private void drawn(
            int variant, int span, Consumer<GraphicsContext> canvas, Consumer<Sprite> taker) {
        want(
                span,
                variant,
                false,
                null,
                g -> {
                    g.scale(zoomX(variant), zoomY(variant));
                    canvas.accept(g);
                },
                taker);
    }

    private void want(
            int span,
            int variant,
            boolean isPicture,
            @Nullable Node node,
            Consumer<GraphicsContext> canvas,
            Consumer<Sprite> taker) {
        wanted.add(
                new SpriteSheet.Wanted(
                        span * cellWidth * zoomX(variant),
                        cellHeight * zoomY(variant),
                        2 * cellWidth,
                        isPicture,
                        node,
                        canvas,
                        taker));
    }

    static int zoomX(int variant) {
        return (variant & DOUBLE_WIDTH) == 0 ? 1 : 2;
    }

    static int zoomY(int variant) {
        return (variant & DOUBLE_HEIGHT) == 0 ? 1 : 2;
    }

    /** Draws those that were wanted first; whether there were any. */
    boolean make() {
        if (wanted.isEmpty()) return false;
        List<SpriteSheet.Wanted> next = wanted.subList(0, Math.min(wanted.size(), MOST_AT_ONCE));
        List<SpriteSheet.Wanted> batch = List.copyOf(next);
        next.clear();
        try {
            SpriteSheet.draw(batch);
        } catch (RuntimeException e) {
            // A defect of ours or of a font: these stay blank, and all others are seen.
            log.error("window: {} characters could not be drawn", batch.size(), e);
            batch.forEach(one -> one.taker().accept(Sprite.EMPTY));
        }
        return true;
    }
}
