package dev.wormhole.app.terminal;

import com.techsenger.jeditermfx.core.Color;
import com.techsenger.jeditermfx.core.HyperlinkStyle;
import com.techsenger.jeditermfx.core.TerminalColor;
import com.techsenger.jeditermfx.core.TextStyle;
import com.techsenger.jeditermfx.core.emulator.ColorPalette;
import com.techsenger.jeditermfx.ui.settings.DefaultSettingsProvider;

import javafx.scene.text.Font;

/**
 * A theme in the library's words. What the library would do by itself with mouse and clipboard is
 * off: {@link Keyboard} and {@link Mouse} do it, and no key event ever reaches the library.
 *
 * <p>Owned by the FX thread; the theme may be read by any, since the emulator asks for colours.
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
        font = Fonts.of(theme);
    }

    TerminalTheme theme() {
        return theme;
    }

    void theme(TerminalTheme changed) {
        theme = changed;
        font = Fonts.of(changed);
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

    /** The library's modes miss half of what programs set; ours decide before it sees an event. */
    @Override
    public boolean forceActionOnMouseReporting() {
        return true;
    }

    @Override
    public boolean enableMouseReporting() {
        return false;
    }

    @Override
    public boolean sendArrowKeysInAlternativeMode() {
        return false;
    }

    @Override
    public boolean audibleBell() {
        return false;
    }

    @Override
    public boolean copyOnSelect() {
        return false;
    }

    @Override
    public boolean pasteOnMiddleMouseClick() {
        return false;
    }

    private static Color color(javafx.scene.paint.Color color) {
        return new Color(
                (int) Math.round(color.getRed() * 255),
                (int) Math.round(color.getGreen() * 255),
                (int) Math.round(color.getBlue() * 255));
    }
}
