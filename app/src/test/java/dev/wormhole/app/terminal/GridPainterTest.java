package dev.wormhole.app.terminal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.wormhole.app.terminal.emoji.EmojiImages;
import dev.wormhole.protocol.TerminalSize;
import dev.wormhole.terminal.screen.Screen;
import dev.wormhole.terminal.screen.ScreenListener;
import dev.wormhole.terminal.screen.ScreenView;
import dev.wormhole.terminal.screen.ViewRow;

import javafx.scene.Group;
import javafx.scene.Node;
import javafx.scene.Scene;
import javafx.scene.SnapshotParameters;
import javafx.scene.image.ImageView;
import javafx.scene.image.PixelFormat;
import javafx.scene.image.PixelReader;
import javafx.scene.image.WritableImage;
import javafx.scene.paint.Color;
import javafx.stage.Stage;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.testfx.framework.junit5.ApplicationExtension;
import org.testfx.framework.junit5.Start;
import org.testfx.util.WaitForAsyncUtils;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;

@ExtendWith(ApplicationExtension.class)
class GridPainterTest {

    private static final TerminalTheme THEME = TerminalTheme.dark();

    private final Screen screen = new Screen(20, 5, 100, new ScreenListener() {});
    private final ScreenView view = new ScreenView(screen);
    private final AtomicInteger repaints = new AtomicInteger();
    private Highlights highlights = _ -> Highlights.NONE;

    @SuppressWarnings("NullAway.Init") // TestFX calls the start method first.
    private CellMetrics cells;

    @SuppressWarnings("NullAway.Init")
    private GridPainter painter;

    @SuppressWarnings("NullAway.Init")
    private Colours colours;

    @Start
    void show(Stage stage) {
        cells = CellMetrics.of(THEME, 1);
        colours = new Colours(THEME, Map.of(), false);
        painter = new GridPainter(EmojiImages.ofThisSystem(), repaints::incrementAndGet);
        stage.setScene(new Scene(new Group(painter.node()), 400, 300));
        stage.show();
    }

    @Test
    void onlyRowsThatChangedArePainted() {
        feed("one\r\ntwo\r\nthree");
        assertThat(paint()).isEqualTo(5);

        feed("!");
        assertThat(paint()).isEqualTo(1);

        assertThat(paint()).isZero();
    }

    @Test
    void rowsThatScrolledAreNotPaintedAgain() {
        feed("one\r\ntwo\r\nthree\r\nfour\r\nfive");
        paint();
        int inkOfThree = inked(2, 0, 20);

        feed("\r\n\033[41m ");

        assertThat(paint()).isEqualTo(1);
        assertThat(inked(1, 0, 20)).isEqualTo(inkOfThree);
        assertThat(corner(4, 0)).isEqualTo(THEME.grounds().get(1));
    }

    /** As a person sees it: nothing of before is left where lines were moved about. */
    @Test
    void whateverHappenedTheImageIsThatOfTheRows() {
        var random = new Random(5);
        for (int step = 0; step < 60; step++) {
            feed(
                    switch (random.nextInt(5)) {
                        case 0 -> "\r\n" + "xyzW".substring(random.nextInt(4)) + step;
                        case 1 -> "\033[" + (1 + random.nextInt(5)) + "H\033[K\033[4mk" + step;
                        case 2 -> "\033[" + (1 + random.nextInt(5)) + "H\033[L";
                        case 3 -> "\033[" + (1 + random.nextInt(5)) + "H\033[M";
                        default -> "\033[2;4r\033[4;1H\n\033[r";
                    });
            highlights =
                    random.nextInt(3) > 0
                            ? highlights
                            : random.nextBoolean()
                                    ? _ -> Highlights.NONE
                                    : _ -> new int[] {1, 3, Highlights.SELECTED};
            paint();
        }
        int[] seen = pixels(snapshot());

        colours = new Colours(THEME, Map.of(), false);
        assertThat(paint()).isEqualTo(5);

        assertThat(seen).isEqualTo(pixels(snapshot()));
    }

    @Test
    void atEveryScaleAPixelOfTheImageIsOneOfTheScreen() {
        feed("\033[41m \033[42m \033[m│");
        for (double scale : new double[] {1, 1.25, 1.5, 1.75, 2, 3}) {
            cells = WaitForAsyncUtils.waitForAsyncFx(5000, () -> CellMetrics.of(THEME, scale));
            paint();

            var view = (ImageView) ((Group) painter.node()).getChildren().get(0);
            assertThat(view.getFitWidth() * scale)
                    .isCloseTo(view.getImage().getWidth(), within(1e-6));
            assertThat(view.getFitHeight() * scale)
                    .isCloseTo(view.getImage().getHeight(), within(1e-6));
            int cell = (int) Math.round(cells.width() * scale);
            PixelReader pixels = view.getImage().getPixelReader();
            assertThat(pixels.getColor(cell - 1, 0)).isEqualTo(THEME.grounds().get(1));
            assertThat(pixels.getColor(cell, 0)).isEqualTo(THEME.grounds().get(2));
            assertThat(pixels.getColor(2 * cell, 0)).isEqualTo(THEME.background());
        }
    }

    @Test
    void aScreenOfAnotherViewerThatIsFarTooHighTakesNoMoreThanItsShare() {
        var high = new Screen(2000, 1000, 100, new ScreenListener() {});
        int painted = paint(new ScreenView(high), new TerminalSize(2000, 1000));

        double pixels = painted * cells.height() * 2000 * cells.width();
        assertThat(painted).isBetween(100, 999);
        assertThat(pixels).isLessThan(80e6);
        assertThat(((Group) painter.node()).getChildren()).hasSize(painted);
    }

    /** More than one frame draws, and among them some that no font has. */
    @Test
    void charactersThatWereNeverSeenBeforeAreAllThereAFewFramesLater() {
        var many = new Screen(100, 50, 0, new ScreenListener() {});
        var text = new StringBuilder();
        for (int i = 0; i < 4000; i++) text.appendCodePoint(0x4e00 + i % 2400);
        byte[] bytes = text.toString().getBytes(StandardCharsets.UTF_8);
        many.feed(bytes, 0, bytes.length);
        var seen = new ScreenView(many);

        int frames = 1;
        while (paint(seen, new TerminalSize(100, 50)) > 0) frames++;

        assertThat(frames).isBetween(3, 20);
        assertThat(repaints.get()).isEqualTo(frames - 2);
    }

    @Test
    void otherMarksPaintTheirRowsAlone() {
        feed("one\r\ntwo\r\nthree");
        paint();

        highlights =
                row ->
                        row.toString().equals("two")
                                ? new int[] {0, 3, Highlights.SELECTED}
                                : Highlights.NONE;

        assertThat(paint()).isEqualTo(1);
        assertThat(corner(1, 1)).isEqualTo(THEME.selection());
        assertThat(corner(1, 4)).isEqualTo(THEME.background());
    }

    @Test
    void backgroundsFillTheirCellsAndNoMore() {
        feed("a\033[48;2;10;200;30mbc\033[md\r\n\033[44m \033[7m \033[m");
        paint();

        assertThat(corner(0, 0)).isEqualTo(THEME.background());
        assertThat(corner(0, 1)).isEqualTo(Color.rgb(10, 200, 30));
        assertThat(corner(0, 2)).isEqualTo(Color.rgb(10, 200, 30));
        assertThat(corner(0, 3)).isEqualTo(THEME.background());
        assertThat(corner(1, 0)).isEqualTo(THEME.grounds().get(4));
        assertThat(corner(1, 1)).isEqualTo(THEME.foreground());
    }

    @Test
    void coloursThatAProgramChangedAreShownEverywhere() {
        feed("\033[48;5;100m x\033[m");
        paint();

        colours = new Colours(THEME, Map.of(11, 0x112233, 256 + 100, 0x445566), false);

        assertThat(paint()).isEqualTo(5);
        assertThat(corner(0, 0)).isEqualTo(Color.rgb(0x44, 0x55, 0x66));
        assertThat(corner(4, 9)).isEqualTo(Color.rgb(0x11, 0x22, 0x33));
    }

    @Test
    void hiddenTextIsNotSeenAndShownTextIs() {
        feed("\033[8mWWWW\033[m\r\nWWWW");
        paint();

        assertThat(inked(0, 0, 4)).isZero();
        assertThat(inked(1, 0, 4)).isPositive();
    }

    @Test
    void ofTextThatIsBlinkedOutOnlyTheGroundIsSeen() {
        feed("one\r\n\033[5mW\033[4mW漢\033[7mW\033[m\r\ntwo");
        paint();

        highlights =
                row ->
                        row.toString().startsWith("WW")
                                ? new int[] {0, 5, Highlights.HIDDEN}
                                : Highlights.NONE;

        assertThat(paint()).isEqualTo(1);
        assertThat(inked(1, 0, 4)).isZero();
        assertThat(corner(1, 4)).isEqualTo(THEME.foreground());

        highlights = _ -> Highlights.NONE;
        assertThat(paint()).isEqualTo(1);
        assertThat(inked(1, 0, 1)).isPositive();
    }

    @Test
    void marksThatTheFontDoesNotPlaceAreDrawnOverTheirCharacter() {
        assertThat(StackedMarks.has("z\u0335\u0322")).isTrue();
        assertThat(StackedMarks.has("z")).isFalse();
        assertThat(StackedMarks.has("\u0939\u094d")).isFalse();
        assertThat(StackedMarks.has("\u2764\u200d\u2764")).isFalse();

        var drawn =
                WaitForAsyncUtils.waitForAsyncFx(
                        5000,
                        () -> StackedMarks.draw("z\u0335\u0322", cells.regular(), cells.width()));

        double middle = cells.width() / 2;
        assertThat(drawn.getChildren().getFirst().getLayoutBounds().getMinX())
                .isBetween(0.0, middle);
        for (Node mark : drawn.getChildren().subList(1, 3)) {
            assertThat(mark.getLayoutBounds().getCenterX()).isCloseTo(middle, within(0.5));
        }
    }

    @Test
    void aVowelSignWithACellOfItsOwnIsDrawnWithItsCharacter() {
        // Alone the sign is wider, by the circle that it is drawn at.
        assumeThat(width("\u0939\u093f")).isLessThan(width("\u0939") + width("\u093f"));

        // Of another style it is not joined.
        feed("\u0939\u093f\r\n\u0939\033[4:0;58;5;1m\u093f");
        paint();

        assertThat(inked(0, 0, 2)).isPositive().isNotEqualTo(inked(1, 0, 2));
        assertThat(inked(0, 2, 20)).isZero();
    }

    @Test
    void textStaysInItsOwnCells() {
        feed("\033[3mfffWWW\033[m    \r\n漢字  ");
        paint();

        assertThat(inked(0, 7, 20)).isZero();
        assertThat(inked(1, 4, 20)).isZero();
    }

    @Test
    void linesAtTextAreDrawnBelowBlanksToo() {
        feed("\033[4m    \033[m\r\n\033[9m    \033[m\r\n\033[53m    \033[m\r\n\033[4:3m    \033[m");
        paint();

        for (int row = 0; row < 4; row++)
            assertThat(inked(row, 0, 4)).as("row %d", row).isPositive();
        assertThat(inked(0, 4, 20)).isZero();
    }

    @Test
    void boxLinesMeetBetweenRows() {
        feed("│\r\n│");
        paint();

        int x = (int) ((cells.width() - 1) / 2);
        WritableImage image = snapshot();
        for (int y = 0; y < 2 * (int) cells.height(); y++) {
            assertThat(image.getPixelReader().getColor(x, y))
                    .as("y %d", y)
                    .isNotEqualTo(THEME.background());
        }
    }

    @Test
    void linesOfDoubleWidthAreTwiceAsWide() {
        feed("W\r\n\033#6W");
        paint();

        assertThat(inked(0, 1, 2)).isZero();
        assertThat(inked(1, 1, 2)).isPositive();
    }

    @Test
    void cellsAreWholePixelsAtEveryScale() {
        for (double scale : new double[] {1, 1.25, 1.5, 1.75, 2, 3}) {
            for (double size = 8; size < 30; size += 0.7) {
                double wished = size;
                CellMetrics at =
                        WaitForAsyncUtils.waitForAsyncFx(
                                5000,
                                () ->
                                        CellMetrics.of(
                                                THEME.with(TerminalTheme.FONTS, wished, 1), scale));
                assertThat(offPixels(at.width() * scale))
                        .as("%s at %s", size, scale)
                        .isLessThan(1e-6);
                assertThat(offPixels(at.height() * scale))
                        .as("%s at %s", size, scale)
                        .isLessThan(1e-6);
                assertThat(offPixels(at.baseline() * scale))
                        .as("%s at %s", size, scale)
                        .isLessThan(1e-6);
                assertThat(at.regular().getSize()).isBetween(size * 0.88, size * 1.12);
            }
        }
    }

    private static double offPixels(double length) {
        return Math.abs(length - Math.rint(length));
    }

    private void feed(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        screen.feed(bytes, 0, bytes.length);
    }

    private int paint() {
        return paint(view, new TerminalSize(20, 5));
    }

    private int paint(ScreenView seen, TerminalSize size) {
        var picture =
                new Picture(
                        size,
                        seen.rows(size.rows()),
                        0,
                        seen.top(),
                        seen.screenTop(),
                        0,
                        false,
                        false,
                        new Picture.Cursor(0, 0, true, 0),
                        false,
                        Map.of());
        return WaitForAsyncUtils.waitForAsyncFx(
                5000, () -> painter.paint(picture, this::marks, cells, colours));
    }

    private int[] marks(ViewRow row) {
        return highlights.of(row);
    }

    private WritableImage snapshot() {
        return WaitForAsyncUtils.waitForAsyncFx(
                5000, () -> painter.node().snapshot(new SnapshotParameters(), null));
    }

    private static int[] pixels(WritableImage image) {
        int width = (int) image.getWidth();
        int height = (int) image.getHeight();
        var argb = new int[width * height];
        image.getPixelReader()
                .getPixels(0, 0, width, height, PixelFormat.getIntArgbInstance(), argb, 0, width);
        return argb;
    }

    /** The colour of a cell's upper left pixel, where no text reaches. */
    private Color corner(int row, int column) {
        return snapshot()
                .getPixelReader()
                .getColor((int) (column * cells.width()), (int) (row * cells.height()));
    }

    private double width(String text) {
        var glyphs = new Glyphs();
        glyphs.use(cells);
        return WaitForAsyncUtils.waitForAsyncFx(5000, () -> glyphs.width(text, false, false));
    }

    /** How many pixels of these cells are not as the background. */
    private int inked(int row, int from, int to) {
        var pixels = snapshot().getPixelReader();
        int count = 0;
        for (int y = (int) (row * cells.height()); y < (row + 1) * cells.height(); y++) {
            for (int x = (int) (from * cells.width()); x < to * cells.width(); x++) {
                if (!pixels.getColor(x, y).equals(THEME.background())) count++;
            }
        }
        return count;
    }
}
