package dev.wormhole.app.terminal;

/**
 * What programs may ask about a terminal and only the window knows.
 *
 * <p>Immutable.
 *
 * @param focused whether it has the keyboard, in a window that has it
 * @param visible whether it is painted
 * @param cellWidth in device pixels
 * @param cellHeight in device pixels
 */
public record SurfaceFacts(
        boolean focused,
        boolean visible,
        double cellWidth,
        double cellHeight,
        TerminalTheme theme) {}
