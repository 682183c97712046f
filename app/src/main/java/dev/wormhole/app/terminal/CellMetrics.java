package dev.wormhole.app.terminal;

import javafx.scene.text.Font;
import javafx.scene.text.FontPosture;
import javafx.scene.text.FontWeight;
import javafx.scene.text.Text;

/**
 * The size of a cell and the fonts that fill it. Cells are whole device pixels at the output scale,
 * and the font is taken at the size nearest to the wished one at which its characters are exactly
 * as wide: so a run of text is drawn at once and meets its cells.
 *
 * <p>Immutable; made on the FX thread.
 *
 * @param width of a cell in logical pixels, as all lengths here
 * @param baseline below the cell's top
 * @param scale device pixels for a logical one
 */
record CellMetrics(
        double width,
        double height,
        double baseline,
        double scale,
        Font regular,
        Font bold,
        Font italic,
        Font boldItalic) {

    private static final int SAMPLE = 100;

    static CellMetrics of(TerminalTheme theme, double scale) {
        String family = Fonts.family(theme.fontFamily());
        double wished = theme.fontSize();
        double advance = bounds(Font.font(family, wished)).getWidth() / SAMPLE;
        double width = Math.max(1, Math.round(advance * scale)) / scale;
        double size = wished * width / advance;
        Font regular = Font.font(family, size);
        Text text = text(regular);
        double line = text.getLayoutBounds().getHeight();
        double height = Math.ceil(line * theme.lineSpacing() * scale) / scale;
        double top = (height - line) / 2;
        double baseline = Math.round((top + text.getBaselineOffset()) * scale) / scale;
        return new CellMetrics(
                width,
                height,
                baseline,
                scale,
                regular,
                Font.font(family, FontWeight.BOLD, size),
                Font.font(family, FontPosture.ITALIC, size),
                Font.font(family, FontWeight.BOLD, FontPosture.ITALIC, size));
    }

    Font font(boolean isBold, boolean isItalic) {
        if (isBold) return isItalic ? boldItalic : bold;
        return isItalic ? italic : regular;
    }

    private static Text text(Font font) {
        var text = new Text("W".repeat(SAMPLE));
        text.setFont(font);
        return text;
    }

    private static javafx.geometry.Bounds bounds(Font font) {
        return text(font).getLayoutBounds();
    }
}
