package dev.wormhole.app.terminal;

import com.techsenger.jeditermfx.core.model.JediTerminal;
import com.techsenger.jeditermfx.core.model.LinesBuffer;
import com.techsenger.jeditermfx.core.model.SelectionUtil;
import com.techsenger.jeditermfx.core.model.StyleState;
import com.techsenger.jeditermfx.core.model.TerminalSelection;
import com.techsenger.jeditermfx.core.model.TerminalTextBuffer;
import com.techsenger.jeditermfx.core.model.hyperlinks.TextProcessing;

import org.jspecify.annotations.Nullable;

/**
 * The text of one terminal: the emulator writes it, the panel paints it.
 *
 * <p>Its lines are guarded by the text buffer's own lock; whoever needs several things to fit
 * together uses {@link EmulatorLoop#whileStill}.
 */
final class Grid {

    /** Lines that have scrolled out and are kept. */
    static final int SCROLLBACK = 10_000;

    /**
     * Lines are dropped in lots of this many. The library's own limit copies the whole scrollback
     * for every line beyond it: a tenth of the speed at 10,000 lines.
     */
    private static final int TRIM_LOT = 1000;

    private static final int UNLIMITED = -1;
    private static final int FIRST_COLS = 80;
    private static final int FIRST_ROWS = 24;

    private final StyleState style = new StyleState();
    private final TerminalTextBuffer buffer;
    private final GridPanel panel;

    Grid(GridSettings settings, Links filter) {
        style.setDefaultStyle(settings.defaultStyle());
        var links =
                new TextProcessing(
                        settings.getHyperlinkColor(), settings.getHyperlinkHighlightingMode());
        buffer = new TerminalTextBuffer(FIRST_COLS, FIRST_ROWS, style, UNLIMITED, links);
        links.setTerminalTextBuffer(buffer);
        links.addHyperlinkFilter(filter);
        panel = new GridPanel(settings, buffer, style);
        buffer.addModelListener(this::trim);
    }

    TerminalTextBuffer buffer() {
        return buffer;
    }

    GridPanel panel() {
        return panel;
    }

    /** Resets the buffer's styles and modes to those of a terminal just switched on. */
    JediTerminal newTerminal() {
        return new JediTerminal(panel, buffer, style);
    }

    /** On the emulator thread, with the main screen showing. */
    void forgetText() {
        buffer.clearHistory();
        buffer.clearScreenBuffer();
        panel.forgetView();
    }

    String screenText() {
        buffer.lock();
        try {
            var text = new StringBuilder();
            for (int row = 0; row < buffer.getHeight(); row++) {
                text.append(lineText(row)).append('\n');
            }
            return text.toString().stripTrailing();
        } finally {
            buffer.unlock();
        }
    }

    /** The text of a selection; its lines end where the program ended them. */
    String text(@Nullable TerminalSelection selection) {
        if (selection == null || selection.getEnd() == null) return "";
        buffer.lock();
        try {
            var ends = selection.pointsForRun(buffer.getWidth());
            String text = SelectionUtil.getSelectedText(ends.getFirst(), ends.getSecond(), buffer);
            return text.replace("\0", "");
        } finally {
            buffer.unlock();
        }
    }

    private String lineText(int row) {
        return row < buffer.getScreenLinesCount() ? Cells.text(buffer.getLine(row)) : "";
    }

    /** The alternate screen has a scrollback of its own that nobody can see: none of it is kept. */
    private void trim() {
        LinesBuffer history = buffer.getHistoryBuffer();
        int kept = buffer.isUsingAlternateBuffer() ? 0 : SCROLLBACK;
        if (history.getLineCount() <= kept + TRIM_LOT) return;
        buffer.lock();
        try {
            history.removeTopLines(history.getLineCount() - kept);
        } finally {
            buffer.unlock();
        }
    }
}
