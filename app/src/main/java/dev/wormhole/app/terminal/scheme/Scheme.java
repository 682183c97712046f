package dev.wormhole.app.terminal.scheme;

import javafx.scene.paint.Color;

import java.util.List;

/**
 * The colours of a terminal, by a name that people choose it by.
 *
 * <p>Immutable.
 *
 * @param foreground of text without a colour of its own
 * @param selection behind selected text
 * @param found behind text that a search found
 * @param palette the sixteen named colours, dark ones first
 * @param grounds the same sixteen behind text; the palette's where the scheme has no others
 */
public record Scheme(
        String name,
        Color foreground,
        Color background,
        Color cursor,
        Color selection,
        Color found,
        List<Color> palette,
        List<Color> grounds) {

    public static final int NAMED_COLOURS = 16;

    public Scheme {
        palette = List.copyOf(palette);
        grounds = List.copyOf(grounds);
        requireAll("palette", palette);
        requireAll("grounds", grounds);
    }

    /** Whether text is lighter than what is behind it. */
    public boolean isDark() {
        return luminance(background) < luminance(foreground);
    }

    private static void requireAll(String what, List<Color> colours) {
        if (colours.size() != NAMED_COLOURS)
            throw new IllegalArgumentException(what + ": " + colours.size());
    }

    /** How bright the eye takes a colour to be, in 0–1: green counts most, blue hardly. */
    private static double luminance(Color colour) {
        return 0.2126 * colour.getRed() + 0.7152 * colour.getGreen() + 0.0722 * colour.getBlue();
    }
}
