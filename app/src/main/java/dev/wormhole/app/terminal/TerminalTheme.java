package dev.wormhole.app.terminal;

import dev.wormhole.app.terminal.scheme.Scheme;
import dev.wormhole.app.terminal.scheme.Schemes;

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
 * @param blinks whether text that is to blink does, or else stands still
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
        double lineSpacing,
        boolean blinks) {

    public static final String FONTS =
            "JetBrains Mono, Cascadia Mono, Menlo, Consolas, DejaVu Sans Mono, Liberation Mono,"
                    + " Monospaced";

    public static final double FONT_SIZE = 13.5;

    public static final double LINE_SPACING = 1;

    public static final double MIN_LINE_SPACING = 0.8;
    public static final double MAX_LINE_SPACING = 2;
    public static final double MIN_FONT_SIZE = 6;
    public static final double MAX_FONT_SIZE = 72;

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
        return of(Schemes.builtIn().orDefault(Schemes.DARK, true));
    }

    /** Day: paper, text nearly black; every named colour is dark enough to be read on it. */
    public static TerminalTheme light() {
        return of(Schemes.builtIn().orDefault(Schemes.LIGHT, false));
    }

    /** A scheme's colours with the text that nobody has chosen. */
    public static TerminalTheme of(Scheme scheme) {
        return new TerminalTheme(
                scheme.palette(),
                scheme.grounds(),
                scheme.foreground(),
                scheme.background(),
                scheme.cursor(),
                scheme.selection(),
                scheme.found(),
                FONTS,
                FONT_SIZE,
                LINE_SPACING,
                true);
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
                spacing,
                blinks);
    }

    /** The same with text that blinks, or does not. */
    public TerminalTheme withBlinking(boolean wanted) {
        return new TerminalTheme(
                palette,
                grounds,
                foreground,
                background,
                cursor,
                selection,
                found,
                fontFamily,
                fontSize,
                lineSpacing,
                wanted);
    }
}
