package dev.wormhole.app.terminal;

import dev.wormhole.app.fx.FxThread;
import dev.wormhole.protocol.TerminalSize;

import javafx.animation.PauseTransition;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.geometry.Dimension2D;
import javafx.geometry.Insets;
import javafx.geometry.Point2D;
import javafx.scene.control.ScrollBar;
import javafx.scene.layout.Background;
import javafx.scene.layout.BackgroundFill;
import javafx.scene.layout.CornerRadii;
import javafx.scene.layout.Region;
import javafx.scene.shape.Rectangle;
import javafx.scene.text.Text;
import javafx.util.Duration;

import org.jspecify.annotations.Nullable;

import java.util.function.Consumer;

/**
 * Where the grid lies in its pane: at the top left at exactly its own size, or, where the pane is
 * too small for it, moved so far that the cursor can be seen. It tells what size would fit and
 * never sets it.
 *
 * <p>Owned by the FX thread.
 */
final class GridView extends Region {

    private static final Insets PADDING = new Insets(6, 0, 4, 10);
    private static final double BAR_WIDTH = 12;

    /** Larger canvases exceed what graphics cards take as one texture, or their memory. */
    private static final double MAX_CANVAS_WIDTH = 8192;

    private static final double MAX_CANVAS_HEIGHT = 4096;

    /** 20 wishes a second follow a dragged divider. */
    private static final Duration WISH_PAUSE = Duration.millis(50);

    /** A size that the stream has not followed after this is worth words. */
    private static final Duration NOTICE_PAUSE = Duration.millis(900);

    private final GridPanel panel;
    private final Consumer<TerminalSize> wished;
    private final Region canvas;
    private final ScrollBar bar;
    private final Rectangle clip = new Rectangle();
    private final CursorView cursor = new CursorView();
    private final Text composed = new Text();
    private final PauseTransition wishPause = new PauseTransition(WISH_PAUSE);
    private final PauseTransition noticePause = new PauseTransition(NOTICE_PAUSE);
    private final ReadOnlyStringWrapper sizeNotice = new ReadOnlyStringWrapper("");

    private @Nullable TerminalSize wish;
    private int cursorCol;
    private int cursorRow;
    private double covered;
    private double offsetX;
    private double offsetY;

    GridView(GridPanel panel, Consumer<TerminalSize> wished) {
        this.panel = panel;
        this.wished = wished;
        canvas = panel.canvasPane();
        bar = panel.getScrollBar();
        panel.getPane().getChildren().clear();
        getStyleClass().add("terminal");
        composed.getStyleClass().add("composed-text");
        composed.setManaged(false);
        composed.setUnderline(true);
        getChildren().setAll(canvas, cursor, composed, bar);
        setClip(clip);
        setMinSize(0, 0);
        wishPause.setOnFinished(_ -> tellWish());
        noticePause.setOnFinished(_ -> sizeNotice.set(notice()));
    }

    ReadOnlyStringProperty sizeNotice() {
        return sizeNotice.getReadOnlyProperty();
    }

    CursorView cursor() {
        return cursor;
    }

    void colours(TerminalTheme theme) {
        var fill = new BackgroundFill(theme.background(), CornerRadii.EMPTY, Insets.EMPTY);
        setBackground(new Background(fill));
        cursor.colours(theme.cursor(), theme.background());
        composed.setFill(theme.foreground());
        composed.setFont(panel.font());
    }

    void covered(double pixels) {
        covered = pixels;
        requestLayout();
    }

    /**
     * Shows cursor and scroll bar as they stand; moves the grid where otherwise it could not be
     * seen.
     */
    void showCursor() {
        cursorCol = panel.cursorCol();
        cursorRow = panel.cursorRow();
        cursor.show(panel.cursor(), panel.cellSize());
        bar.setVisible(panel.canScroll());
        if (offsetX() != offsetX || offsetY() != offsetY) requestLayout();
    }

    /** Text that an input method has not settled yet, shown at the cursor. */
    void compose(String text) {
        composed.setText(text);
        Dimension2D cell = panel.cellSize();
        composed.setX(canvas.getLayoutX() + cursorCol * cell.getWidth());
        composed.setY(canvas.getLayoutY() + (cursorRow + 0.8) * cell.getHeight());
    }

    /** The lower left corner of the cursor's cell. */
    Point2D cursorCorner() {
        Dimension2D cell = panel.cellSize();
        return canvas.localToScreen(
                cursorCol * cell.getWidth(), (cursorRow + 1) * cell.getHeight());
    }

    void sizeChanged() {
        sizeNotice.set("");
        requestLayout();
    }

    @Override
    protected void layoutChildren() {
        clip.setWidth(getWidth());
        clip.setHeight(getHeight());
        offsetX = offsetX();
        offsetY = offsetY();
        canvas.resizeRelocate(
                PADDING.getLeft() - offsetX,
                PADDING.getTop() - offsetY,
                Math.min(panel.getPixelWidth(), MAX_CANVAS_WIDTH),
                Math.min(panel.getPixelHeight(), MAX_CANVAS_HEIGHT));
        cursor.setLayoutX(canvas.getLayoutX());
        cursor.setLayoutY(canvas.getLayoutY());
        bar.resizeRelocate(getWidth() - BAR_WIDTH, 0, BAR_WIDTH, getHeight());
        // Afterwards: whoever hears a wish may change what is just being laid out.
        if (wishPause.getStatus() != PauseTransition.Status.RUNNING) FxThread.later(this::tellWish);
        watchSize();
    }

    private double roomX() {
        return getWidth() - PADDING.getLeft() - BAR_WIDTH;
    }

    private double roomY() {
        return getHeight() - PADDING.getTop() - PADDING.getBottom();
    }

    private double offsetX() {
        double cell = panel.cellSize().getWidth();
        return offset(offsetX, roomX(), panel.getPixelWidth(), cursorCol * cell, cell);
    }

    private double offsetY() {
        double cell = panel.cellSize().getHeight();
        return offset(offsetY, roomY() - covered, panel.getPixelHeight(), cursorRow * cell, cell);
    }

    /** As little away from the offset now as shows the cursor and no room beyond the grid. */
    private static double offset(double now, double room, double size, double at, double cell) {
        if (size <= room) return 0;
        double least = at + cell - room;
        return Math.clamp(Math.clamp(now, Math.min(least, at), at), 0, size - room);
    }

    private void tellWish() {
        if (roomX() <= 0 || roomY() <= 0) return;
        Dimension2D cell = panel.cellSize();
        var fits =
                TerminalSize.clamped(
                        (int) (roomX() / cell.getWidth()), (int) (roomY() / cell.getHeight()));
        if (fits.equals(wish)) return;
        wish = fits;
        wishPause.playFromStart();
        watchSize();
        wished.accept(fits);
    }

    private void watchSize() {
        if (notice().isEmpty()) {
            noticePause.stop();
            sizeNotice.set("");
        } else if (sizeNotice.get().isEmpty()) {
            noticePause.playFromStart();
        } else {
            sizeNotice.set(notice());
        }
    }

    private String notice() {
        TerminalSize size = panel.size();
        TerminalSize fits = wish;
        if (fits == null || size.equals(fits)) return "";
        boolean isTooLarge = size.cols() > fits.cols() || size.rows() > fits.rows();
        return size + (isTooLarge ? " · larger than this pane" : " · sized by another viewer");
    }
}
