package dev.wormhole.terminal.screen;

import org.jspecify.annotations.Nullable;

/**
 * The style that text is written in.
 *
 * <p>Owned by the screen's thread.
 */
final class Pen {

    int foreground;
    int background;
    int underlineColor;
    int flags;
    @Nullable Hyperlink link;

    Style style() {
        return new Style(foreground, background, underlineColor, flags, link);
    }

    void set(Style style) {
        foreground = style.foreground();
        background = style.background();
        underlineColor = style.underlineColor();
        flags = style.flags();
        link = style.link();
    }

    /** SGR 0: all but protection and link, which are no renditions. */
    void reset() {
        foreground = 0;
        background = 0;
        underlineColor = 0;
        flags &= Style.PROTECTED;
    }

    void on(int flag) {
        flags |= flag;
    }

    void off(int flag) {
        flags &= ~flag;
    }

    void underline(int kind) {
        flags = (flags & ~Style.UNDERLINE_MASK) | (kind << Style.UNDERLINE_SHIFT);
    }
}
