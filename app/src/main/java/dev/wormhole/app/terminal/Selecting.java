package dev.wormhole.app.terminal;

import dev.wormhole.app.fx.FxThread;
import dev.wormhole.terminal.screen.Screen;
import dev.wormhole.terminal.screen.ScreenCopy;
import dev.wormhole.terminal.screen.ViewRow;

import javafx.animation.KeyFrame;
import javafx.animation.Timeline;
import javafx.util.Duration;

import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * Selecting with the mouse: characters, words with a double click, lines with a triple one, a
 * rectangle with Alt. Dragging beyond the edge scrolls.
 *
 * <p>Owned by the FX thread.
 */
final class Selecting {

    /** What it needs of its terminal. */
    interface Target {
        Picture picture();

        CellMetrics cells();

        void scrollLines(int lines);

        /** The selection is another one. */
        void selectionChanged();
    }

    private enum Unit {
        CHARACTER,
        WORD,
        LINE,
        RECTANGLE
    }

    private static final Duration SCROLL_BEAT = Duration.millis(40);

    private final ScreenLoop loop;
    private final Target target;
    private final Timeline scrolling = new Timeline(new KeyFrame(SCROLL_BEAT, _ -> scrollOn()));

    private @Nullable Selection selection;
    private boolean ofAlternate;
    private Unit unit = Unit.CHARACTER;

    /** Where the button was pressed; the word or line there. */
    private @Nullable TextPlace anchor;

    private int anchorColumn;
    private @Nullable Selection anchored;
    private double pointerX;
    private double pointerY;
    private boolean pressed;
    private int asked;

    Selecting(ScreenLoop loop, Target target) {
        this.loop = loop;
        this.target = target;
        scrolling.setCycleCount(Timeline.INDEFINITE);
    }

    boolean isEmpty() {
        return selection == null || selection.isEmpty();
    }

    /** Marks of the selection in a row. */
    int[] of(ViewRow row) {
        Selection present = selection;
        if (present == null) return Highlights.NONE;
        int from = present.begin(row);
        int to = present.end(row);
        return from < to ? new int[] {from, to, Highlights.SELECTED} : Highlights.NONE;
    }

    void clear() {
        stop();
        set(null);
    }

    /** Another screen has other text: what was selected is not there any more. */
    void pictured(Picture picture) {
        if (selection != null && picture.alternate() != ofAlternate) clear();
    }

    void press(double x, double y, int clicks, boolean extends_, boolean rectangle) {
        Picture picture = target.picture();
        ofAlternate = picture.alternate();
        TextPlace place = place(x, y);
        if (place == null) return;
        pressed = true;
        pointerX = x;
        pointerY = y;
        if (extends_ && anchor != null && clicks == 1) {
            extend(place);
            return;
        }
        anchor = place;
        anchorColumn = column(x);
        anchored = null;
        unit =
                rectangle
                        ? Unit.RECTANGLE
                        : clicks == 2 ? Unit.WORD : clicks > 2 ? Unit.LINE : Unit.CHARACTER;
        if (unit == Unit.WORD || unit == Unit.LINE) {
            askUnit(cellPlace(x, y), true);
        } else {
            set(null);
        }
    }

    void drag(double x, double y) {
        if (!pressed) return;
        pointerX = x;
        pointerY = y;
        follow();
        boolean isOutside = y < 0 || y > target.cells().height() * target.picture().size().rows();
        if (isOutside) scrolling.play();
        else scrolling.stop();
    }

    /** The button is up; whether something is selected now. */
    boolean release() {
        stop();
        return !isEmpty();
    }

    private void stop() {
        pressed = false;
        scrolling.stop();
    }

    private void scrollOn() {
        double height = target.cells().height();
        double below = pointerY - height * target.picture().size().rows();
        double beyond = pointerY < 0 ? pointerY : below;
        int lines = (int) Math.ceil(Math.abs(beyond) / (2 * height));
        target.scrollLines(beyond < 0 ? -lines : lines);
        follow();
    }

    /** The picture has moved below the pointer. */
    void follow() {
        if (!pressed) return;
        TextPlace place = place(pointerX, pointerY);
        if (place != null) extend(place);
    }

    private void extend(TextPlace place) {
        TextPlace from = anchor;
        if (from == null) return;
        switch (unit) {
            case CHARACTER -> set(Selection.text(from, place));
            case RECTANGLE -> set(Selection.rectangle(from, anchorColumn, place, column(pointerX)));
            case WORD, LINE -> askUnit(cellPlace(pointerX, pointerY), false);
        }
    }

    /** The word or line at a place is found on the screen's text, which only its thread has. */
    private void askUnit(@Nullable TextPlace at, boolean isAnchor) {
        if (at == null) return;
        int mine = ++asked;
        Unit wanted = unit;
        loop.ask(Screen::copy)
                .thenApplyAsync(copy -> unitAt(copy, at, wanted))
                .thenAccept(
                        found ->
                                FxThread.later(
                                        () -> {
                                            if (mine == asked) selectUnit(found, isAnchor);
                                        }));
    }

    private static Selection unitAt(ScreenCopy copy, TextPlace at, Unit unit) {
        return unit == Unit.LINE ? Texts.line(at) : Texts.word(copy, at);
    }

    private void selectUnit(Selection found, boolean isAnchor) {
        if (isAnchor) anchored = found;
        Selection first = anchored;
        set(first == null ? found : first.with(found));
    }

    void selectAll() {
        ofAlternate = target.picture().alternate();
        loop.wholeText().thenAccept(copy -> FxThread.later(() -> set(Texts.everything(copy))));
    }

    /** Collects the selected text. */
    CompletableFuture<String> text() {
        Selection present = selection;
        if (present == null || present.isEmpty()) return CompletableFuture.completedFuture("");
        return loop.ask(Screen::copy).thenApplyAsync(copy -> Texts.of(copy, present));
    }

    private void set(@Nullable Selection changed) {
        selection = changed;
        target.selectionChanged();
    }

    private int column(double x) {
        int columns = target.picture().size().cols();
        return Math.clamp(Math.round(x / target.cells().width()), 0, columns);
    }

    /** The place nearest to a point of the canvas. */
    private @Nullable TextPlace place(double x, double y) {
        ViewRow row = row(y);
        if (row == null) return null;
        int column = Math.clamp(Math.round(x / width(row)), 0, row.columns());
        if (column > 0 && row.text(column) == ViewRow.TAIL) column--;
        return TextPlace.in(row, column);
    }

    /** The cell below a point. */
    @Nullable TextPlace cellPlace(double x, double y) {
        ViewRow row = row(y);
        if (row == null) return null;
        int column = Math.clamp((int) (x / width(row)), 0, row.columns() - 1);
        if (column > 0 && row.text(column) == ViewRow.TAIL) column--;
        return TextPlace.in(row, column);
    }

    /** Of a cell, in pixels. */
    private double width(ViewRow row) {
        double single = target.cells().width();
        return row.lineSize() == 0 ? single : 2 * single;
    }

    private @Nullable ViewRow row(double y) {
        List<ViewRow> rows = target.picture().rows();
        if (rows.isEmpty()) return null;
        int row = (int) Math.floor(y / target.cells().height());
        return rows.get(Math.clamp(row, 0, rows.size() - 1));
    }
}
