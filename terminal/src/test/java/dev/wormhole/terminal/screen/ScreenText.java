package dev.wormhole.terminal.screen;

import dev.wormhole.terminal.screen.ScreenCase.Place;

import java.util.ArrayList;
import java.util.List;

/** A screen as text, to compare and to look at. */
final class ScreenText {

    private ScreenText() {}

    /** The rows without trailing blanks; blank rows at the end are left out. */
    static List<String> rows(Screen screen) {
        var rows = new ArrayList<String>();
        for (int row = 0; row < screen.rows(); row++) rows.add(screen.text(row).stripTrailing());
        while (!rows.isEmpty() && rows.getLast().isEmpty()) rows.removeLast();
        return rows;
    }

    /** The SGR parameters of a cell, counted from 1, as DECRQSS would tell them. */
    static String rendition(Screen screen, int row, int column) {
        State state = screen.state();
        long cell = state.grid.row(row - 1).cells[column - 1];
        return Sgr.report(state.styles.get(Cells.style(cell)));
    }

    /**
     * The SGR parameters of all that is written in another than the default rendition: {@code
     * row;from-to parameters}, counted from 1. Blanks are left out.
     */
    static List<String> renditions(Screen screen) {
        var runs = new ArrayList<String>();
        for (int row = 1; row <= screen.rows(); row++) {
            int from = 1;
            for (int column = 1; column <= screen.columns(); column++) {
                boolean ends =
                        column == screen.columns()
                                || !look(screen, row, column + 1).equals(look(screen, row, from));
                if (!ends) continue;
                String look = look(screen, row, from);
                if (!look.equals("0")) runs.add(row + ";" + from + "-" + column + " " + look);
                from = column + 1;
            }
        }
        return runs;
    }

    private static String look(Screen screen, int row, int column) {
        int text = Cells.text(screen.state().grid.row(row - 1).cells[column - 1]);
        return text == 0 || text == ' ' ? "0" : rendition(screen, row, column);
    }

    /** The logical lines above the screen, oldest first, as far as they are complete. */
    static List<String> history(Screen screen) {
        var lines = new ArrayList<String>();
        History history = screen.history();
        for (HistoryBlock block : history.blocksFrom(history.firstLine())) {
            for (long line = block.firstLine(); line < block.endLine(); line++) {
                if (line >= history.firstLine()) lines.add(text(block, line));
            }
        }
        return lines;
    }

    private static String text(HistoryBlock block, long line) {
        var text = new LineText();
        block.line(line, text);
        return text.toString().stripTrailing();
    }

    /** Counted from 1. */
    static Place cursor(Screen screen) {
        return new Place(screen.cursorRow() + 1, screen.cursorColumn() + 1);
    }
}
