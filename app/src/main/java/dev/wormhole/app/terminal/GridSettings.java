package dev.wormhole.app.terminal;

import com.techsenger.jeditermfx.core.Color;
import com.techsenger.jeditermfx.core.HyperlinkStyle;
import com.techsenger.jeditermfx.core.TerminalColor;
import com.techsenger.jeditermfx.core.TextStyle;
import com.techsenger.jeditermfx.core.emulator.ColorPalette;
import com.techsenger.jeditermfx.ui.settings.DefaultSettingsProvider;

import javafx.scene.text.Font;

/**
 * A theme in the library's words, for its widget.
 *
 * <p>Owned by the FX thread; the theme may be read by any.
 */
final class GridSettings extends DefaultSettingsProvider {

    /** The library's own cursor is never seen; each of its beats would paint the grid anew. */
    private static final int NO_BLINKING = Integer.MAX_VALUE;

    private volatile TerminalTheme theme;
    private volatile Font font;

    private final TerminalColor foreground = new TerminalColor(() -> color(theme().foreground()));
    private final TerminalColor background = new TerminalColor(() -> color(theme().background()));
    private final TerminalColor selection = new TerminalColor(() -> color(theme().selection()));
    private final TerminalColor found = new TerminalColor(() -> color(theme().found()));

    private final ColorPalette palette =
            new ColorPalette() {
                @Override
                protected Color getForegroundByColorIndex(int index) {
                    return color(theme().palette().get(index));
                }

                @Override
                protected Color getBackgroundByColorIndex(int index) {
                    return color(theme().grounds().get(index));
                }
            };

    GridSettings(TerminalTheme theme) {
        this.theme = theme;
        font = font(theme);
    }

    TerminalTheme theme() {
        return theme;
    }

    void theme(TerminalTheme changed) {
        theme = changed;
        font = font(changed);
    }

    TextStyle defaultStyle() {
        return new TextStyle(foreground, background);
    }

    @Override
    public TerminalColor getDefaultForeground() {
        return foreground;
    }

    @Override
    public TerminalColor getDefaultBackground() {
        return background;
    }

    @Override
    public ColorPalette getTerminalColorPalette() {
        return palette;
    }

    @Override
    public Font getTerminalFont() {
        return font;
    }

    @Override
    public float getTerminalFontSize() {
        return (float) font.getSize();
    }

    @Override
    public TextStyle getSelectionColor() {
        return new TextStyle(foreground, selection);
    }

    @Override
    public boolean useInverseSelectionColor() {
        return false;
    }

    @Override
    public TextStyle getFoundPatternColor() {
        return new TextStyle(foreground, found);
    }

    @Override
    public TextStyle getHyperlinkColor() {
        return defaultStyle();
    }

    @Override
    public HyperlinkStyle.HighlightMode getHyperlinkHighlightingMode() {
        return HyperlinkStyle.HighlightMode.HOVER_WITH_ORIGINAL_COLOR;
    }

    @Override
    public int caretBlinkingMs() {
        return NO_BLINKING;
    }

    private static Font font(TerminalTheme theme) {
        return Font.font(Fonts.family(theme.fontFamily()), theme.fontSize());
    }

    private static Color color(javafx.scene.paint.Color color) {
        return new Color(
                (int) Math.round(color.getRed() * 255),
                (int) Math.round(color.getGreen() * 255),
                (int) Math.round(color.getBlue() * 255));
    }
}
