package dev.wormhole.app.terminal;

import com.techsenger.jeditermfx.core.CursorShape;
import com.techsenger.jeditermfx.core.RequestOrigin;
import com.techsenger.jeditermfx.core.TextStyle;
import com.techsenger.jeditermfx.core.model.StyleState;
import com.techsenger.jeditermfx.core.model.TerminalLine;
import com.techsenger.jeditermfx.core.model.TerminalSelection;
import com.techsenger.jeditermfx.core.model.TerminalTextBuffer;
import com.techsenger.jeditermfx.core.util.TermSize;
import com.techsenger.jeditermfx.ui.TerminalCopyPasteHandler;
import com.techsenger.jeditermfx.ui.TerminalPanel;

import dev.wormhole.app.fx.FxThread;
import dev.wormhole.protocol.TerminalSize;

import javafx.animation.Timeline;
import javafx.event.ActionEvent;
import javafx.event.EventHandler;
import javafx.geometry.Dimension2D;
import javafx.scene.layout.Region;
import javafx.scene.text.Font;

import org.jspecify.annotations.Nullable;

import java.lang.reflect.Field;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The library's painter, made to follow: it never decides about a size, paints only when {@link
 * RepaintClock} says so, and keeps the selection on its text while output scrolls.
 *
 * <p>Owned by the FX thread; the methods of the library's display interface come from the emulator
 * thread. Without a {@code TerminalStarter}, which it is never given, the panel cannot resize the
 * emulator, send keys or answer queries.
 */
final class GridPanel extends TerminalPanel {

    private @Nullable RepaintClock clock;
    private final EventHandler<ActionEvent> tick;

    private volatile int cursorCol;
    private volatile int cursorRow;
    private volatile boolean cursorVisible = true;
    private volatile CursorShape cursorShape = CursorShape.BLINK_BLOCK;

    /** Lines that the screen has scrolled since the selection was last moved along. */
    private final AtomicInteger selectionShift = new AtomicInteger();

    GridPanel(GridSettings settings, TerminalTextBuffer buffer, StyleState style) {
        super(settings, buffer, style);
        init();
        // Painted by CursorView; the library needs to know a place within the screen all the same.
        super.setCursor(0, 1);
        super.setCursorVisible(false);
        tick = takeOverTimer();
    }

    void clock(RepaintClock clock) {
        this.clock = clock;
    }

    /** Follows scrolling and blinking, and paints if anything asked for it. */
    void tick() {
        moveSelection();
        tick.handle(new ActionEvent());
    }

    /** The surface that it paints on: to be laid out by the caller, who gives it its size. */
    Region canvasPane() {
        return (Region) getCanvas().getParent();
    }

    Dimension2D cellSize() {
        return myCharSize;
    }

    Font font() {
        return createFont();
    }

    /** The grid's size as painted. */
    TerminalSize size() {
        return TerminalSize.clamped(
                (int) Math.round(getPixelWidth() / cellSize().getWidth()),
                (int) Math.round(getPixelHeight() / cellSize().getHeight()));
    }

    /** The alternate screen has no past to look at. */
    boolean canScroll() {
        var buffer = getTerminalTextBuffer();
        return !buffer.isUsingAlternateBuffer() && buffer.getHistoryLinesCount() > 0;
    }

    /** The first line shown: 0 is the screen's, negative ones have scrolled out. */
    int firstLine() {
        return swingClientScrollOrigin;
    }

    /** Scrolls so that this line comes first. */
    void firstLine(int line) {
        int history = getTerminalTextBuffer().getHistoryLinesCount();
        if (!canScroll()) return;
        var bar = getScrollBar();
        // The bar's value runs over the thumb's length too; the library divides it out again.
        double share = (Math.clamp(line, -history, 0) + history) / (double) history;
        bar.setValue(bar.getMin() + share * (bar.getMax() - bar.getMin()));
    }

    /** The cursor's column, from 0. */
    int cursorCol() {
        return Math.clamp(cursorCol, 0, getTerminalTextBuffer().getWidth() - 1);
    }

    /** The cursor's row on the screen, from 0. */
    int cursorRow() {
        return Math.clamp(cursorRow, 0, getTerminalTextBuffer().getHeight() - 1);
    }

    /** What the cursor looks like now; to be called while the emulator stands still. */
    CursorView.State cursor() {
        int col = cursorCol();
        int row = cursorRow() - firstLine();
        boolean isSeen = cursorVisible && row < size().rows();
        TerminalLine line = getTerminalTextBuffer().getLine(cursorRow());
        String cell = Cells.at(line, col);
        TextStyle style = line.getStyleAt(col);
        char[] chars = cell.toCharArray();
        Font font =
                style == null || chars.length == 0
                        ? font()
                        : getFontToDisplay(chars, 0, chars.length, style);
        return new CursorView.State(
                isSeen, cursorShape, col, row, cell, Cells.width(line, col), font);
    }

    void fontChanged() {
        initFont();
        repaint();
    }

    void clearSelection() {
        super.scrollArea(0, 0, 0);
        repaint();
    }

    /** On the emulator thread: what is shown and selected belongs to text that is gone. */
    void forgetView() {
        FxThread.run(
                () -> {
                    setFindResult(null);
                    clearSelection();
                    firstLine(0);
                });
    }

    @Override
    public void repaint() {
        super.repaint();
        requestTick();
    }

    /** Moving the cursor alone leaves the canvas as it is. */
    @Override
    public void setCursor(int x, int y) {
        cursorCol = x;
        cursorRow = y - 1;
        requestTick();
    }

    @Override
    public void setCursorVisible(boolean visible) {
        cursorVisible = visible;
        requestTick();
    }

    @Override
    public void setCursorShape(@Nullable CursorShape shape) {
        cursorShape = shape == null ? CursorShape.BLINK_BLOCK : shape;
        requestTick();
    }

    private void requestTick() {
        // The library's constructor repaints before there is a clock.
        RepaintClock present = clock;
        if (present != null) present.request();
    }

    @Override
    public void onResize(TermSize size, RequestOrigin origin) {
        FxThread.run(
                () -> {
                    super.onResize(size, origin);
                    canvasPane().getParent().requestLayout();
                    repaint();
                });
    }

    /**
     * The library drops the selection on every scrolled line, from the emulator thread. While there
     * is one, scrolling is made up for at the next tick.
     */
    @Override
    public void scrollArea(int top, int height, int lines) {
        boolean isWholeScreen = height == getTerminalTextBuffer().getHeight();
        if (getSelection() == null) {
            super.scrollArea(top, height, lines);
        } else if (lines < 0
                && isWholeScreen
                && !getTerminalTextBuffer().isUsingAlternateBuffer()) {
            selectionShift.addAndGet(lines);
        } else {
            FxThread.run(() -> super.scrollArea(top, height, lines));
        }
    }

    private void moveSelection() {
        int lines = selectionShift.getAndSet(0);
        TerminalSelection selection = getSelection();
        if (lines == 0) return;
        if (selection == null || selection.getEnd() == null) {
            super.scrollArea(0, 0, lines);
            return;
        }
        selection.shiftY(lines);
        int history = getTerminalTextBuffer().getHistoryLinesCount();
        int first = firstLine();
        var bar = getScrollBar();
        bar.setMin(-history);
        // Whoever reads the scrollback goes on reading the same lines.
        if (first < 0) firstLine(first + lines);
        boolean isGone = selection.getStart().y < -history && selection.getEnd().y < -history;
        if (isGone) clearSelection();
    }

    @Override
    protected TerminalCopyPasteHandler createCopyPasteHandler() {
        return new NoClipboard();
    }

    @Override
    protected int getInsetX() {
        return 0;
    }

    @Override
    public void beep() {}

    /**
     * Stops the library's timer, which would paint 50 times a second whether shown or not and
     * cannot be paused, and takes its handler. There is no other way to it than its field.
     */
    private EventHandler<ActionEvent> takeOverTimer() {
        try {
            Field field = TerminalPanel.class.getDeclaredField("myRepaintTimeLine");
            field.setAccessible(true);
            var timeline = (Timeline) field.get(this);
            timeline.stop();
            return timeline.getKeyFrames().getFirst().getOnFinished();
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("another version of JediTermFX", e);
        }
    }

    /** The library's popup and shortcuts are off, so nothing asks it. */
    private static final class NoClipboard implements TerminalCopyPasteHandler {

        @Override
        public void setContents(String text, boolean primary) {}

        @Override
        public @Nullable String getContents(boolean primary) {
            return null;
        }
    }
}
