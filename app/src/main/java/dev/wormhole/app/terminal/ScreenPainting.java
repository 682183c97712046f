package dev.wormhole.app.terminal;

import dev.wormhole.terminal.screen.Style;
import dev.wormhole.terminal.screen.ViewRow;

import javafx.scene.text.Font;

import org.jspecify.annotations.Nullable;

import java.util.Map;

/**
 * What is seen of a screen: the picture that was painted last, in which cells and colours, and the
 * cursor in it.
 *
 * <p>Owned by the FX thread.
 */
final class ScreenPainting {

    private final GridSettings settings;
    private final GridPainter painter;
    private final GridView view;
    private CellMetrics cells;
    private Colours colours;
    private Picture shown;

    ScreenPainting(
            GridSettings settings,
            GridPainter painter,
            GridView view,
            CellMetrics cells,
            Picture first) {
        this.settings = settings;
        this.painter = painter;
        this.view = view;
        this.cells = cells;
        shown = first;
        colours = new Colours(settings.theme(), Map.of(), false);
        view.colours(colours);
    }

    /** The picture that is seen. */
    Picture shown() {
        return shown;
    }

    CellMetrics cells() {
        return cells;
    }

    /** The font or the screen's scale is another one. */
    void measure(double scale) {
        cells = CellMetrics.of(settings.theme(), scale);
        view.metrics(cells);
    }

    /** From now on this is seen, once it is painted; whether it is another one. */
    @SuppressWarnings("ReferenceEquality") // One that was painted already is the same object.
    boolean show(Picture picture) {
        boolean isNew = picture != shown;
        shown = picture;
        return isNew;
    }

    /** Nobody sees it until it is painted again. */
    void release() {
        painter.release();
        view.release();
    }

    void paint(Highlights marks) {
        if (!colours.isFor(settings.theme(), shown.colours(), shown.reverseVideo())) {
            colours = new Colours(settings.theme(), shown.colours(), shown.reverseVideo());
            view.colours(colours);
        }
        painter.paint(shown, marks, cells, colours);
        view.show(shown, cursor());
    }

    private CursorView.State cursor() {
        Picture.Cursor cursor = shown.cursor();
        int y = shown.rowOfCursor();
        boolean isSeen = cursor.visible() && y < shown.rows().size();
        ViewRow row = isSeen ? shown.rows().get(y) : null;
        int column = cursor.column();
        if (row != null && column > 0 && row.text(column) == ViewRow.TAIL) column--;
        int cellsPerColumn = row == null || row.lineSize() == 0 ? 1 : 2;
        return new CursorView.State(
                isSeen,
                CursorView.State.shape(cursor.shape()),
                CursorView.State.blinks(cursor.shape()),
                column * cellsPerColumn,
                isSeen ? y : 0,
                row == null || isHidden(row, column) ? "" : row.string(column),
                row == null ? null : painter.emoji(row, column, cells),
                (row != null && row.isWide(column) ? 2 : 1) * cellsPerColumn,
                row != null && !painter.isPlain(row, column, cells),
                font(row, column));
    }

    private Font font(@Nullable ViewRow row, int column) {
        Style style = row == null ? Style.DEFAULT : row.style(column);
        return cells.font(style.has(Style.BOLD), style.has(Style.ITALIC));
    }

    private static boolean isHidden(ViewRow row, int column) {
        return row.style(column).has(Style.INVISIBLE);
    }
}
