package dev.wormhole.app.terminal;

import dev.wormhole.app.fx.Beat;

import javafx.scene.Group;
import javafx.scene.image.ImageView;
import javafx.scene.paint.Color;
import javafx.scene.shape.Rectangle;
import javafx.scene.shape.StrokeType;
import javafx.scene.text.Font;
import javafx.scene.text.Text;

import org.jspecify.annotations.Nullable;

import java.time.Duration;

/**
 * The cursor, drawn above the grid, so that a blink of it paints nothing anew.
 *
 * <p>Owned by the FX thread. It blinks for some seconds after the person did something and then
 * stands still, so that an idle window wakes up for nothing.
 */
final class CursorView extends Group {

    /** How it looks. */
    enum Shape {
        BLOCK,
        UNDERLINE,
        BAR
    }

    /**
     * What is to be drawn.
     *
     * <p>Immutable.
     *
     * @param text the character under the cursor, empty for a blank
     * @param emoji how that looks if it is one, or else null
     * @param width in cells
     * @param isOdd whether the character cannot just be written: the cell is seen through the
     *     cursor
     */
    record State(
            boolean visible,
            Shape shape,
            boolean blinks,
            int col,
            int row,
            String text,
            EmojiCells.@Nullable Look emoji,
            int width,
            boolean isOdd,
            Font font) {

        /** The shape of DECSCUSR's number; 0 is ours: a blinking block. */
        static Shape shape(int number) {
            return switch (number) {
                case 3, 4 -> Shape.UNDERLINE;
                case 5, 6 -> Shape.BAR;
                default -> Shape.BLOCK;
            };
        }

        static boolean blinks(int number) {
            return number == 0 || number % 2 == 1;
        }
    }

    private static final Duration BEAT = Duration.ofMillis(560);
    private static final int BEATS = 18;
    private static final double THICKNESS = 2;
    private static final double TRANSLUCENT = 0.5;

    private final Rectangle block = new Rectangle();
    private final Text character = new Text();
    private final ImageView picture = new ImageView();
    private final Beat blinking = new Beat(BEAT, this::toggle);

    // Owned by the FX thread.
    private Color colour = Color.WHITE;
    private Color background = Color.BLACK;
    private boolean focused;
    private boolean isBlinker;
    private int beatsLeft;

    CursorView() {
        setManaged(false);
        setMouseTransparent(true);
        block.setStrokeType(StrokeType.INSIDE);
        getChildren().setAll(block, character, picture);
    }

    void colours(Color colour, Color background) {
        this.colour = colour;
        this.background = background;
    }

    void focused(boolean focused) {
        this.focused = focused;
        if (focused) rouse();
        else rest();
    }

    /** The person did something: the cursor is seen at once and blinks from here on. */
    void rouse() {
        rest();
        if (!focused || !isBlinker) return;
        beatsLeft = BEATS;
        blinking.start();
    }

    void rest() {
        blinking.stop();
        setOpacity(1);
    }

    void show(State state, CellMetrics cell) {
        setVisible(state.visible());
        if (isBlinker != state.blinks()) {
            isBlinker = state.blinks();
            rouse();
        }
        double width = cell.width() * state.width();
        double height = cell.height();
        double thickness = Math.max(1, Math.round(THICKNESS * cell.scale())) / cell.scale();
        character.setVisible(false);
        picture.setVisible(false);
        setTranslateX(state.col() * cell.width());
        setTranslateY(state.row() * height);
        if (!focused) {
            outline(width, height);
            return;
        }
        switch (state.shape()) {
            case BLOCK -> {
                fill(0, 0, width, height);
                if (state.isOdd()) shineThrough();
                else
                    switch (state.emoji()) {
                        case null -> write(state.text(), state.font(), cell);
                        case EmojiCells.Look.Text(String text) -> write(text, state.font(), cell);
                        case EmojiCells.Look.Picture shown
                                when shown.x() + shown.width() <= width ->
                                show(shown);
                        case EmojiCells.Look.Picture _,
                                EmojiCells.Look.Covered _,
                                EmojiCells.Look.Awaited _,
                                EmojiCells.Look.Frame _ ->
                                shineThrough();
                    }
            }
            case UNDERLINE -> fill(0, height - thickness, width, thickness);
            case BAR -> fill(0, 0, thickness, height);
        }
    }

    /** What is below the cursor is seen through it. */
    private void shineThrough() {
        block.setFill(colour.deriveColor(0, 1, 1, TRANSLUCENT));
    }

    private void write(String text, Font font, CellMetrics cell) {
        character.setFont(font);
        character.setText(text);
        character.setFill(background);
        character.setY(cell.baseline());
        character.setVisible(true);
    }

    private void show(EmojiCells.Look.Picture shown) {
        picture.setImage(shown.image());
        picture.setX(shown.x());
        picture.setY(shown.y());
        picture.setFitWidth(shown.width());
        picture.setFitHeight(shown.height());
        picture.setVisible(true);
    }

    private void outline(double width, double height) {
        place(0, 0, width, height);
        block.setFill(Color.TRANSPARENT);
        block.setStroke(colour.deriveColor(0, 1, 1, 0.6));
    }

    private void fill(double x, double y, double width, double height) {
        place(x, y, width, height);
        block.setFill(colour);
        block.setStroke(null);
    }

    private void place(double x, double y, double width, double height) {
        block.setX(x);
        block.setY(y);
        block.setWidth(width);
        block.setHeight(height);
    }

    private void toggle() {
        beatsLeft--;
        if (beatsLeft == 0) rest();
        else setOpacity(getOpacity() > 0.5 ? 0 : 1);
    }
}
