package dev.wormhole.client.attach;

import dev.wormhole.terminal.KeyModes;
import dev.wormhole.terminal.MouseModes;
import dev.wormhole.terminal.MouseTracking;
import dev.wormhole.terminal.screen.Screen;

import java.util.Map;
import java.util.TreeMap;

/**
 * What of a session's screen a terminal has to be told beside its picture: what decides which bytes
 * keys and mouse send, and how everything looks. The mouse always reports in the SGR format, since
 * places have to be translated.
 *
 * <p>Immutable. Pure.
 *
 * @param palette indexed colours that a program changed, as 0xRRGGBB
 * @param dynamic those of OSC 10 to 19
 */
record OuterModes(
        boolean isAlternate,
        boolean isReverse,
        boolean hasPaste,
        boolean hasFocus,
        boolean hasAlternateScroll,
        boolean joinsGraphemes,
        KeyModes keys,
        MouseTracking mouse,
        int cursorShape,
        String title,
        Map<Integer, Integer> palette,
        Map<Integer, Integer> dynamic) {

    /** A terminal as it begins, or after everything was taken back. */
    static final OuterModes INITIAL =
            new OuterModes(
                    false,
                    false,
                    false,
                    false,
                    false,
                    false,
                    KeyModes.DEFAULT,
                    MouseModes.OFF.tracking(),
                    0,
                    "",
                    Map.of(),
                    Map.of());

    private static final int COLOURS = 256;
    private static final int FIRST_DYNAMIC = 10;
    private static final int LAST_DYNAMIC = 19;

    static OuterModes of(Screen screen) {
        var palette = new TreeMap<Integer, Integer>();
        for (int i = 0; i < COLOURS; i++) {
            int colour = screen.paletteColour(i);
            if (colour >= 0) palette.put(i, colour);
        }
        var dynamic = new TreeMap<Integer, Integer>();
        for (int i = FIRST_DYNAMIC; i <= LAST_DYNAMIC; i++) {
            int colour = screen.dynamicColour(i);
            if (colour >= 0) dynamic.put(i, colour);
        }
        return new OuterModes(
                screen.isAlternate(),
                screen.isReverseVideo(),
                screen.isBracketedPaste(),
                screen.wantsFocusReports(),
                screen.isAlternateScroll(),
                screen.isJoiningGraphemes(),
                screen.keyModes(),
                screen.mouseModes().tracking(),
                screen.cursorShape(),
                screen.title(),
                palette,
                dynamic);
    }

    /** What makes a terminal that was told {@code before} one that was told these. */
    String changesFrom(OuterModes before) {
        var out = new StringBuilder();
        boolean isSwitched = isAlternate != before.isAlternate;
        // Each screen has flags of its own: none stay behind on the one that is left.
        if (isSwitched && before.keys.kittyFlags() != 0) out.append("\033[=0u");
        mode(out, 1049, isAlternate, before.isAlternate);
        int flagsNow = isSwitched ? 0 : before.keys.kittyFlags();
        if (keys.kittyFlags() != flagsNow)
            out.append("\033[=").append(keys.kittyFlags()).append('u');
        mode(out, 5, isReverse, before.isReverse);
        mode(out, 2004, hasPaste, before.hasPaste);
        mode(out, 1004, hasFocus, before.hasFocus);
        mode(out, 1007, hasAlternateScroll, before.hasAlternateScroll);
        mode(out, 2027, joinsGraphemes, before.joinsGraphemes);
        mode(out, 1, keys.applicationCursor(), before.keys.applicationCursor());
        mode(out, 67, keys.backarrowIsBackspace(), before.keys.backarrowIsBackspace());
        if (keys.applicationKeypad() != before.keys.applicationKeypad()) {
            out.append(keys.applicationKeypad() ? "\033=" : "\033>");
        }
        if (keys.modifyOtherKeys() != before.keys.modifyOtherKeys()) {
            out.append("\033[>4;").append(keys.modifyOtherKeys()).append('m');
        }
        if (keys.formatOtherKeys() != before.keys.formatOtherKeys()) {
            out.append("\033[>4;").append(keys.formatOtherKeys()).append('f');
        }
        mouse(out, before.mouse);
        if (cursorShape != before.cursorShape) out.append("\033[").append(cursorShape).append(" q");
        if (!title.equals(before.title)) out.append("\033]2;").append(title).append("\033\\");
        colours(out, "4;", palette, "104;", before.palette);
        colours(out, "", dynamic, "1", before.dynamic);
        return out.toString();
    }

    private void mouse(StringBuilder out, MouseTracking before) {
        if (mouse == before) return;
        if (before != MouseTracking.OFF) out.append("\033[?").append(number(before)).append('l');
        if (mouse != MouseTracking.OFF) out.append("\033[?").append(number(mouse)).append('h');
        mode(out, 1006, mouse != MouseTracking.OFF, before != MouseTracking.OFF);
    }

    private static int number(MouseTracking tracking) {
        return switch (tracking) {
            case OFF -> throw new IllegalArgumentException("no tracking has no number");
            case X10 -> 9;
            case NORMAL -> 1000;
            case BUTTON -> 1002;
            case ANY -> 1003;
        };
    }

    private static void mode(StringBuilder out, int number, boolean on, boolean before) {
        if (on != before) out.append("\033[?").append(number).append(on ? 'h' : 'l');
    }

    private static void colours(
            StringBuilder out,
            String set,
            Map<Integer, Integer> now,
            String reset,
            Map<Integer, Integer> before) {
        now.forEach(
                (number, colour) -> {
                    if (colour.equals(before.get(number))) return;
                    out.append("\033]%s%d;#%06x\033\\".formatted(set, number, colour));
                });
        for (int number : before.keySet()) {
            if (!now.containsKey(number)) {
                out.append("\033]").append(reset).append(number).append("\033\\");
            }
        }
    }
}
