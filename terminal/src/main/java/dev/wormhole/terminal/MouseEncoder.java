package dev.wormhole.terminal;

import dev.wormhole.terminal.MouseEvent.Action;
import dev.wormhole.terminal.MouseEvent.Button;

import java.nio.charset.StandardCharsets;

/**
 * What a mouse event sends to the program (ctlseqs, "Mouse Tracking").
 *
 * <p>Pure.
 */
public final class MouseEncoder {

    private static final byte[] NOTHING = new byte[0];

    /** Values are sent as character codes from here on, so that none is a control. */
    private static final int FIRST_CODE = 32;

    private static final int MAX_BYTE = 255;

    /** The largest two-byte UTF-8 character. */
    private static final int MAX_UTF8 = 2047;

    private static final int MOTION = 32;

    /** The formats that cannot name the released button say this one. */
    private static final int RELEASED = 3;

    private MouseEncoder() {}

    /**
     * The bytes to type; empty when the program does not want the event, or when the format cannot
     * tell its place: a report from a wrong place is worse than none.
     */
    public static byte[] encode(MouseEvent event, MouseModes modes) {
        if (!isWanted(event, modes.tracking())) return NOTHING;
        int code = event.button().code | modifiers(event, modes.tracking());
        if (event.action() == Action.MOVE) code += MOTION;
        boolean released = event.action() == Action.RELEASE;
        // The top left cell is 1,1.
        int x = event.col() + 1;
        int y = event.row() + 1;
        return switch (modes.format()) {
            case SGR, SGR_PIXELS ->
                    ascii("\033[<" + code + ";" + x + ";" + y + (released ? "m" : "M"));
            case URXVT ->
                    ascii(
                            "\033["
                                    + (FIRST_CODE + unnamed(code, released))
                                    + ";"
                                    + x
                                    + ";"
                                    + y
                                    + "M");
            case UTF8 -> characters(unnamed(code, released), x, y, MAX_UTF8, true);
            case DEFAULT -> characters(unnamed(code, released), x, y, MAX_BYTE, false);
        };
    }

    private static boolean isWanted(MouseEvent event, MouseTracking tracking) {
        if (event.action() == Action.RELEASE && event.button().isWheel()) return false;
        return switch (tracking) {
            case OFF -> false;
            case X10 -> event.action() == Action.PRESS && event.button().code < RELEASED;
            case NORMAL -> event.action() != Action.MOVE;
            case BUTTON -> event.action() != Action.MOVE || event.button() != Button.NONE;
            case ANY -> true;
        };
    }

    /** Alt counts as the manual's Meta, as in xterm on a PC keyboard. */
    private static int modifiers(MouseEvent event, MouseTracking tracking) {
        if (tracking == MouseTracking.X10) return 0;
        Modifiers held = event.modifiers();
        return (held.shift() ? 4 : 0)
                | (held.alt() || held.meta() ? 8 : 0)
                | (held.ctrl() ? 16 : 0);
    }

    /** The code without its button when the button was released. */
    private static int unnamed(int code, boolean released) {
        int modifiers = 4 | 8 | 16;
        return released ? (code & modifiers) | RELEASED : code;
    }

    private static byte[] characters(int code, int x, int y, int max, boolean utf8) {
        if (FIRST_CODE + Math.max(x, y) > max) return NOTHING;
        var text = new StringBuilder("\033[M");
        for (int value : new int[] {code, x, y}) text.append((char) (FIRST_CODE + value));
        return text.toString()
                .getBytes(utf8 ? StandardCharsets.UTF_8 : StandardCharsets.ISO_8859_1);
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
