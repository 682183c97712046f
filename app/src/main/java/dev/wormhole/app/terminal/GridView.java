package dev.wormhole.app.terminal;

import dev.wormhole.app.fx.FxThread;
import dev.wormhole.protocol.TerminalSize;

import javafx.animation.PauseTransition;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.geometry.BoundingBox;
import javafx.geometry.Bounds;
import javafx.geometry.Insets;
import javafx.geometry.Orientation;
import javafx.geometry.Point2D;
import javafx.scene.Node;
import javafx.scene.canvas.Canvas;
import javafx.scene.control.ScrollBar;
import javafx.scene.layout.Background;
import javafx.scene.layout.BackgroundFill;
import javafx.scene.layout.CornerRadii;
import javafx.scene.layout.Region;
import javafx.scene.paint.Color;
import javafx.scene.shape.Rectangle;
import javafx.scene.text.Text;
import javafx.util.Duration;

import org.jspecify.annotations.Nullable;

import java.util.function.Consumer;
import java.util.function.LongConsumer;

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

    /** As far the background reaches under the grid: edges that only meet would shine through. */
    private static final double OVERLAP = 1;

    /** 20 wishes a second follow a dragged divider. */
    private static final Duration WISH_PAUSE = Duration.millis(50);

    /** A size that the stream has not followed after this is worth words. */
    private static final Duration NOTICE_PAUSE = Duration.millis(900);

    private final Consumer<TerminalSize> wished;
    private final Canvas canvas;
    private final Node grid;
    private final ScrollBar bar = new ScrollBar();
    private final Rectangle clip = new Rectangle();
    private final CursorView cursor = new CursorView();
    private final Text composed = new Text();
    private final PauseTransition wishPause = new PauseTransition(WISH_PAUSE);
    private final PauseTransition noticePause = new PauseTransition(NOTICE_PAUSE);
    private final ReadOnlyStringWrapper sizeNotice = new ReadOnlyStringWrapper("");

    private Color ground = Color.BLACK;

    /** What the grid covers. */
    private Bounds taken = new BoundingBox(0, 0, 0, 0);

    private CellMetrics cells;
    private TerminalSize size = new TerminalSize(80, 24);
    private @Nullable TerminalSize wish;
    private int cursorCol;
    private int cursorRow;
    private double covered;
    private double offsetX;
    private double offsetY;

    /** How far the first row is scrolled out, in pixels. */
    private double cut;

    private boolean isShowing;

    /**
     * @param canvas lies above the grid and takes keys and the mouse; nothing is drawn on it
     * @param grid the rows of cells
     */
    GridView(
            Canvas canvas,
            Node grid,
            CellMetrics cells,
            Consumer<TerminalSize> wished,
            LongConsumer scrolledTo) {
        this.canvas = canvas;
        this.grid = grid;
        this.cells = cells;
        this.wished = wished;
        // Its place depends on nothing that it shows: managed, each line that scrolls would lay out
        // the whole window.
        bar.setManaged(false);
        bar.setOrientation(Orientation.VERTICAL);
        bar.setFocusTraversable(false);
        bar.setVisible(false);
        bar.valueProperty()
                .addListener(
                        (_, _, line) -> {
                            if (!isShowing) scrolledTo.accept(Math.round(line.doubleValue()));
                        });
        getStyleClass().add("terminal");
        composed.getStyleClass().add("composed-text");
        composed.setManaged(false);
        composed.setUnderline(true);
        getChildren().setAll(grid, canvas, cursor, composed, bar);
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

    void colours(Colours colours) {
        ground = colours.background();
        fillAround();
        cursor.colours(colours.cursor(), colours.background());
        composed.setFill(colours.foreground());
    }

    void covered(double pixels) {
        covered = pixels;
        requestLayout();
    }

    /**
     * Lays things out for this picture and shows its cursor; moves the grid where otherwise the
     * cursor could not be seen.
     */
    void show(Picture picture, CursorView.State state) {
        boolean isOther = !picture.size().equals(size) || cut != picture.cut();
        size = picture.size();
        cut = picture.cut();
        cursorCol = state.col();
        cursorRow = picture.cursor().row();
        canvas.setWidth(gridWidth());
        canvas.setHeight(picture.rows().size() * cells.height());
        cursor.show(state, cells);
        long lines = picture.screenTop().line() - picture.firstLine();
        isShowing = true;
        bar.setVisible(lines > 0 && !picture.alternate());
        bar.setMax((double) lines);
        bar.setVisibleAmount(
                (double) size.rows() * Math.max(1, lines) / Math.max(1, lines + size.rows()));
        bar.setValue(
                (double) (picture.scrolled() ? picture.top().line() - picture.firstLine() : lines));
        isShowing = false;
        if (!grid.getBoundsInParent().equals(taken)) fillAround();
        if (isOther || offsetX() != offsetX || offsetY() != offsetY) requestLayout();
    }

    /** Text that an input method has not settled yet, shown at the cursor. */
    void compose(String text) {
        composed.setText(text);
        composed.setFont(cells.regular());
        composed.setX(canvas.getLayoutX() + cursorCol * cells.width());
        composed.setY(canvas.getLayoutY() + cursorRow * cells.height() + cells.baseline());
    }

    /** The lower left corner of the cursor's cell. */
    Point2D cursorCorner() {
        return canvas.localToScreen(cursorCol * cells.width(), (cursorRow + 1) * cells.height());
    }

    /** The font is another one. */
    void metrics(CellMetrics metrics) {
        cells = metrics;
        sizeNotice.set("");
        requestLayout();
    }

    @Override
    protected void layoutChildren() {
        clip.setWidth(getWidth());
        clip.setHeight(getHeight());
        offsetX = offsetX();
        offsetY = offsetY();
        canvas.relocate(snap(PADDING.getLeft() - offsetX), snap(PADDING.getTop() - offsetY - cut));
        grid.setLayoutX(canvas.getLayoutX());
        grid.setLayoutY(canvas.getLayoutY());
        cursor.setLayoutX(canvas.getLayoutX());
        cursor.setLayoutY(canvas.getLayoutY());
        bar.resizeRelocate(getWidth() - BAR_WIDTH, 0, BAR_WIDTH, getHeight());
        fillAround();
        // Afterwards: whoever hears a wish may change what is just being laid out.
        if (wishPause.getStatus() != PauseTransition.Status.RUNNING) FxThread.later(this::tellWish);
        watchSize();
    }

    /**
     * Gives the background to what the grid leaves free. Below the grid it would be drawn with each
     * frame of a terminal, and a frame is little more than memory that is filled. JavaFX counts all
     * that the fills span as opaque, and draws nothing of what lies below: with the grid it is.
     */
    private void fillAround() {
        taken = grid.getBoundsInParent();
        double left = Math.clamp(taken.getMinX() + OVERLAP, 0, getWidth());
        double top = Math.clamp(taken.getMinY() + OVERLAP, 0, getHeight());
        double right = Math.clamp(taken.getMaxX() - OVERLAP, left, Math.max(left, getWidth()));
        double bottom = Math.clamp(taken.getMaxY() - OVERLAP, top, Math.max(top, getHeight()));
        setBackground(
                new Background(
                        fill(0, 0, getHeight() - top, 0),
                        fill(bottom, 0, 0, 0),
                        fill(top, getWidth() - left, getHeight() - bottom, 0),
                        fill(top, 0, getHeight() - bottom, right)));
    }

    private BackgroundFill fill(double top, double right, double bottom, double left) {
        return new BackgroundFill(ground, CornerRadii.EMPTY, new Insets(top, right, bottom, left));
    }

    /** The grid is empty until the next picture. */
    void release() {
        fillAround();
    }

    private double roomX() {
        return getWidth() - PADDING.getLeft() - BAR_WIDTH;
    }

    private double roomY() {
        return getHeight() - PADDING.getTop() - PADDING.getBottom();
    }

    /** Cells lie on whole device pixels wherever the pane does. */
    private double snap(double pixels) {
        return Math.round(pixels * cells.scale()) / cells.scale();
    }

    private double gridWidth() {
        return size.cols() * cells.width();
    }

    private double gridHeight() {
        return size.rows() * cells.height();
    }

    private double offsetX() {
        double cell = cells.width();
        return offset(offsetX, roomX(), gridWidth(), cursorCol * cell, cell);
    }

    private double offsetY() {
        double cell = cells.height();
        return offset(offsetY, roomY() - covered, gridHeight(), cursorRow * cell, cell);
    }

    /** As little away from the offset now as shows the cursor and no room beyond the grid. */
    private static double offset(double now, double room, double size, double at, double cell) {
        if (size <= room) return 0;
        double least = at + cell - room;
        return Math.clamp(Math.clamp(now, Math.min(least, at), at), 0, size - room);
    }

    private void tellWish() {
        if (roomX() <= 0 || roomY() <= 0) return;
        var fits =
                TerminalSize.clamped(
                        (int) (roomX() / cells.width()), (int) (roomY() / cells.height()));
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
        TerminalSize fits = wish;
        if (fits == null || size.equals(fits)) return "";
        boolean isTooLarge = size.cols() > fits.cols() || size.rows() > fits.rows();
        return size + (isTooLarge ? " · larger than this pane" : " · sized by another viewer");
    }
}
