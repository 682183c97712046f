package dev.wormhole.app.terminal;

import dev.wormhole.terminal.screen.Screen;
import dev.wormhole.terminal.screen.Style;

import javafx.scene.paint.Color;

import java.util.HashMap;
import java.util.Map;

/**
 * A theme's colours with what the program changed of them (OSC 4, 10 and 11), for the looks of
 * cells.
 *
 * <p>Owned by the FX thread; another one is made for other colours.
 */
final class Colours {

    private static final int DYNAMIC_FOREGROUND = 10;
    private static final int DYNAMIC_BACKGROUND = 11;
    private static final int DYNAMIC_CURSOR = 12;
    private static final int INDEXED = 256;

    private final TerminalTheme theme;
    private final Map<Integer, Integer> changed;
    private final boolean reverse;
    private final Color[] inks = new Color[256];
    private final Color[] grounds = new Color[256];
    private final Map<Integer, Color> mixed = new HashMap<>();

    Colours(TerminalTheme theme, Map<Integer, Integer> changed, boolean reverse) {
        this.theme = theme;
        this.changed = changed;
        this.reverse = reverse;
        for (int i = 0; i < 256; i++) {
            Color standard = standard(theme, i);
            Integer own = changed.get(INDEXED + i);
            inks[i] = own == null ? standard : rgb(own);
            grounds[i] = own == null && i < 16 ? theme.grounds().get(i) : inks[i];
        }
    }

    boolean isFor(TerminalTheme wanted, Map<Integer, Integer> changes, boolean isReverse) {
        return theme.equals(wanted) && changed.equals(changes) && reverse == isReverse;
    }

    TerminalTheme theme() {
        return theme;
    }

    Color background() {
        return reverse ? plainForeground() : plainBackground();
    }

    Color foreground() {
        return reverse ? plainBackground() : plainForeground();
    }

    Color cursor() {
        Integer own = changed.get(DYNAMIC_CURSOR);
        return own == null ? theme.cursor() : rgb(own);
    }

    private Color plainForeground() {
        Integer own = changed.get(DYNAMIC_FOREGROUND);
        return own == null ? theme.foreground() : rgb(own);
    }

    private Color plainBackground() {
        Integer own = changed.get(DYNAMIC_BACKGROUND);
        return own == null ? theme.background() : rgb(own);
    }

    /** What is behind the text. */
    Color ground(Style style) {
        if (style.has(Style.INVERSE)) return ink(style.foreground());
        return style.background() == 0 ? background() : colour(style.background(), grounds);
    }

    /** The text's own. */
    Color ink(Style style) {
        Color ink =
                style.has(Style.INVERSE)
                        ? style.background() == 0
                                ? background()
                                : colour(style.background(), grounds)
                        : ink(style.foreground());
        return style.has(Style.FAINT) ? ink.interpolate(ground(style), 0.5) : ink;
    }

    /**
     * Of a shape that fills its cell, as a program draws areas with it: the same shade as behind
     * text.
     */
    Color area(Style style) {
        if (style.has(Style.INVERSE) || style.has(Style.FAINT) || style.foreground() == 0)
            return ink(style);
        return colour(style.foreground(), grounds);
    }

    /** Of underlines. */
    Color line(Style style) {
        return style.underlineColor() == 0 ? ink(style) : colour(style.underlineColor(), inks);
    }

    private Color ink(int colour) {
        return colour == 0 ? foreground() : colour(colour, inks);
    }

    private Color colour(int packed, Color[] indexed) {
        if ((packed & Style.RGB) == 0) return indexed[packed & 0xff];
        return mixed(packed & 0xffffff);
    }

    private Color mixed(int rgb) {
        // A picture in true colour has many; they are found again as long as it stays.
        if (mixed.size() > 10_000) mixed.clear();
        return mixed.computeIfAbsent(rgb, Colours::rgb);
    }

    private static Color rgb(int rgb) {
        return Color.rgb(rgb >> 16 & 0xff, rgb >> 8 & 0xff, rgb & 0xff);
    }

    private static Color standard(TerminalTheme theme, int index) {
        return index < 16 ? theme.palette().get(index) : rgb(Screen.standardColour(index));
    }
}
