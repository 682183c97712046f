package dev.wormhole.app.terminal;

import javafx.scene.canvas.GraphicsContext;
import javafx.scene.paint.Color;

/** Lines along a run of cells. */
final class CellLines {

    private CellLines() {}

    static void underline(
            GraphicsContext g,
            int style,
            Color colour,
            double x,
            double y,
            double width,
            CellMetrics cell) {
        g.setFill(colour);
        g.fillRect(x, y + cell.baseline() + 1, width, 1);
    }

    static void strike(
            GraphicsContext g, Color colour, double x, double y, double width, CellMetrics cell) {
        g.setFill(colour);
        g.fillRect(x, y + cell.height() / 2, width, 1);
    }

    static void overline(
            GraphicsContext g, Color colour, double x, double y, double width, CellMetrics cell) {
        g.setFill(colour);
        g.fillRect(x, y, width, 1);
    }
}
