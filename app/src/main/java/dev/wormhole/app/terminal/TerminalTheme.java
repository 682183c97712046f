package dev.wormhole.app.terminal;

import javafx.scene.paint.Color;

import java.util.List;

/**
 * How a terminal looks: colours and font.
 *
 * <p>Immutable.
 *
 * @param palette the sixteen named colours, dark ones first
 * @param grounds the same sixteen behind text: what is readable as text would often be too bright,
 *     on paper too dark, for other named colours to be read on it
 * @param selection behind selected text
 * @param fontFamily the first installed one of this comma-separated list is taken
 * @param fontSize in pixels, near which the sharpest size is taken
 * @param lineSpacing a line's height, as a multiple of what the font wants
 */
public record TerminalTheme(
        List<Color> palette,
        List<Color> grounds,
        Color foreground,
        Color background,
        Color cursor,
        Color selection,
        Color found,
        String fontFamily,
        double fontSize,
        double lineSpacing) {

    public static final String FONTS =
            "JetBrains Mono, Cascadia Mono, Menlo, Consolas, DejaVu Sans Mono, Liberation Mono,"
                    + " Monospaced";

    public static final double FONT_SIZE = 13.5;

    public static final double LINE_SPACING = 1;

    private static final double MIN_LINE_SPACING = 0.8;
    private static final double MAX_LINE_SPACING = 2;
    private static final double MIN_FONT_SIZE = 6;
    private static final double MAX_FONT_SIZE = 72;

    public TerminalTheme {
        palette = List.copyOf(palette);
        grounds = List.copyOf(grounds);
        if (palette.size() != 16) throw new IllegalArgumentException("palette: " + palette.size());
        if (grounds.size() != 16) throw new IllegalArgumentException("grounds: " + grounds.size());
        fontSize = Math.clamp(fontSize, MIN_FONT_SIZE, MAX_FONT_SIZE);
        lineSpacing = Math.clamp(lineSpacing, MIN_LINE_SPACING, MAX_LINE_SPACING);
    }

    /** Night: ink blue, text a little off white. */
    public static TerminalTheme dark() {
        return new TerminalTheme(
                colors(
                        "#2a2f3a", "#f27a85", "#8fce8b", "#e6c26f", "#7fb0f5", "#c3a0f5", "#6fcbd3",
                        "#c9cfda", "#596273", "#ff98a1", "#a9e2a2", "#f3d68c", "#9cc4ff", "#d6bbff",
                        "#8fe0e6", "#f0f3f8"),
                colors(
                        "#2a2f3a", "#983643", "#8fce8b", "#e6c26f", "#2c4a8f", "#6f479f", "#6fcbd3",
                        "#c9cfda", "#596273", "#b84a57", "#a9e2a2", "#f3d68c", "#3d62b5", "#8a5cc0",
                        "#8fe0e6", "#f0f3f8"),
                Color.web("#d6dae3"),
                Color.web("#101319"),
                Color.web("#a9b4ff"),
                Color.web("#333d66"),
                Color.web("#7a6420"),
                FONTS,
                FONT_SIZE,
                LINE_SPACING);
    }

    /** Day: paper, text nearly black; every named colour is dark enough to be read on it. */
    public static TerminalTheme light() {
        return new TerminalTheme(
                colors(
                        "#23272f", "#b92b3c", "#2c7a3f", "#8a6100", "#2158c4", "#7d3bbd", "#0e7482",
                        "#636c7c", "#555e6e", "#d13a4c", "#37904c", "#9f7200", "#3a70dc", "#9552d6",
                        "#188796", "#434b5a"),
                colors(
                        "#dcdfe6", "#ffd3d7", "#bfe7c6", "#f8e3a6", "#cdddfc", "#e8d7fa", "#b4e4e9",
                        "#e4e7ed", "#c9ced8", "#ffbcc2", "#a5dcb0", "#f3d67f", "#b3ccfa", "#dcc2f7",
                        "#97d8df", "#ffffff"),
                Color.web("#262a33"),
                Color.web("#fcfcfd"),
                Color.web("#4d57d6"),
                Color.web("#cfd6ff"),
                Color.web("#ffe08a"),
                FONTS,
                FONT_SIZE,
                LINE_SPACING);
    }

    /** Whether text is lighter than what is behind it. */
    public boolean isDark() {
        return background.getBrightness() < foreground.getBrightness();
    }

    /** The same colours with this text. */
    public TerminalTheme with(String family, double size, double spacing) {
        return new TerminalTheme(
                palette,
                grounds,
                foreground,
                background,
                cursor,
                selection,
                found,
                family,
                size,
                spacing);
    }

    private static List<Color> colors(String... webs) {
        return List.of(webs).stream().map(Color::web).toList();
    }
}
