package dev.wormhole.terminal.screen;

import dev.wormhole.terminal.Csi;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;

/**
 * Answers to queries. They consist of fixed words and of numbers alone: nothing that a program
 * printed ever comes back as if it were typed.
 *
 * <p>Owned by the screen's thread.
 */
final class Reports {

    /**
     * A VT420 with selective erase, national and technical sets, sideways scrolling, colour,
     * rectangles (ctlseqs, "Send Device Attributes").
     */
    private static final String PRIMARY = "\033[?64;6;9;15;21;22;28c";

    /** xterm's form; its patch level is what programs look features up by. */
    private static final String SECONDARY = "\033[>41;379;0c";

    private static final String VERSION = "\033P>|wormhole(" + Screen.VERSION + ")\033\\";

    /** The capabilities that XTGETTCAP tells (terminfo's xterm-256color and user extensions). */
    private static final Map<String, String> CAPABILITIES =
            Map.of(
                    "TN", "xterm-256color",
                    "name", "xterm-256color",
                    "Co", "256",
                    "colors", "256",
                    "RGB", "8/8/8",
                    "Smulx", "\\E[4:%p1%dm",
                    "Su", "",
                    "Tc", "");

    private static final int MAX_CAPABILITIES = 16;

    private final State s;
    private final Rectangles rectangles;

    Reports(State state, Rectangles rectangles) {
        s = state;
        this.rectangles = rectangles;
    }

    private void reply(String text) {
        if (!s.restoring) s.listener.reply(text.getBytes(StandardCharsets.US_ASCII));
    }

    void attributes(Csi csi) {
        if (csi.param(0, 0) == 0) reply(PRIMARY);
    }

    /** DECID, the VT52's way to ask. */
    void identify() {
        reply(PRIMARY);
    }

    void secondaryAttributes(Csi csi) {
        if (csi.param(0, 0) == 0) reply(SECONDARY);
    }

    void tertiaryAttributes(Csi csi) {
        if (csi.param(0, 0) == 0) reply("\033P!|00000000\033\\");
    }

    void version(Csi csi) {
        if (csi.param(0, 0) == 0) reply(VERSION);
    }

    /** DECREQTPARM: no parity, 8 bits, 38400 baud, as xterm says. */
    void parameters(Csi csi) {
        int asked = csi.param(0, 0);
        if (asked <= 1) reply("\033[" + (asked + 2) + ";1;1;128;128;1;0x");
    }

    void status(Csi csi) {
        switch (csi.param(0, 0)) {
            case 5 -> reply("\033[0n");
            case 6 -> reply("\033[" + position() + "R");
            default -> {}
        }
    }

    void privateStatus(Csi csi) {
        switch (csi.param(0, 0)) {
            case 6 -> reply("\033[?" + position() + ";1R");
            // No printer, keys not locked, a North American keyboard, no locator.
            case 15 -> reply("\033[?13n");
            case 25 -> reply("\033[?20n");
            case 26 -> reply("\033[?27;1;0;0n");
            case 53, 55 -> reply("\033[?50n");
            case 56 -> reply("\033[?57;0n");
            case 62 -> reply("\033[0000*{");
            case 63 -> reply("\033P" + csi.param(1, 0) + "!~0000\033\\");
            case 75 -> reply("\033[?70n");
            case 85 -> reply("\033[?83n");
            case 996 -> scheme();
            default -> {}
        }
    }

    void scheme() {
        reply("\033[?997;" + (s.facts.dark() ? 1 : 2) + "n");
    }

    private String position() {
        boolean origin = s.is(Mode.ORIGIN);
        int row = s.y - (origin ? s.top : 0) + 1;
        int column = s.x - (origin ? s.left : 0) + 1;
        return row + ";" + column;
    }

    /** DECRQM: 0 unknown, 1 set, 2 reset. */
    void mode(Csi csi, boolean isPrivate) {
        int number = csi.param(0, 0);
        Mode mode = Mode.of(number, isPrivate);
        int state = mode == null ? 0 : s.is(mode) ? 1 : 2;
        reply("\033[" + (isPrivate ? "?" : "") + number + ";" + state + "$y");
    }

    void keyboard() {
        reply("\033[?" + s.keyboardStack().flags + "u");
    }

    void modifyKeys(Csi csi) {
        if (csi.param(0, 0) == 4) reply("\033[>4;" + s.keyboard.modifyOtherKeys + "m");
    }

    void formatKeys(Csi csi) {
        if (csi.param(0, 0) == 4) reply("\033[>4;" + s.keyboard.formatOtherKeys + "f");
    }

    void checksum(Csi csi) {
        reply("\033P%d!~%04X\033\\".formatted(csi.param(0, 0), rectangles.checksum(csi)));
    }

    /**
     * @param what the number of the OSC with the index, if any
     * @param bell whether it ends with BEL, as its question did
     */
    void colour(String what, int rgb, boolean bell) {
        reply(
                "\033]%s;rgb:%2$02x%2$02x/%3$02x%3$02x/%4$02x%4$02x%5$s"
                        .formatted(
                                what,
                                rgb >> 16 & 0xff,
                                rgb >> 8 & 0xff,
                                rgb & 0xff,
                                bell ? "\007" : "\033\\"));
    }

    /** CSI t: sizes; titles are a program's text and never told. */
    void window(Csi csi) {
        long cellHeight = Math.round(s.facts.cellHeight());
        long cellWidth = Math.round(s.facts.cellWidth());
        boolean known = cellHeight > 0 && cellWidth > 0;
        switch (csi.param(0, 0)) {
            case 11 -> reply("\033[1t");
            case 13 -> reply("\033[3;0;0t");
            case 14 -> {
                if (known) pixels(4, cellHeight * s.rows(), cellWidth * s.columns());
            }
            case 15 -> {
                if (known) pixels(5, cellHeight * s.rows(), cellWidth * s.columns());
            }
            case 16 -> {
                if (known) pixels(6, cellHeight, cellWidth);
            }
            case 18 -> pixels(8, s.rows(), s.columns());
            case 19 -> pixels(9, s.rows(), s.columns());
            default -> {}
        }
    }

    private void pixels(int what, long height, long width) {
        reply("\033[" + what + ";" + height + ";" + width + "t");
    }

    /** Mode 2048. */
    void size() {
        long height = Math.round(s.facts.cellHeight()) * s.rows();
        long width = Math.round(s.facts.cellWidth()) * s.columns();
        reply("\033[48;%d;%d;%d;%dt".formatted(s.rows(), s.columns(), height, width));
    }

    /** Mode 1004. */
    void focus() {
        reply(s.facts.focused() ? "\033[I" : "\033[O");
    }

    /** DECRQSS. */
    void setting(String what) {
        String answer =
                switch (what) {
                    case "m" -> Sgr.report(s.pen.style()) + "m";
                    case "r" -> (s.top + 1) + ";" + s.bottom + "r";
                    case "s" -> (s.left + 1) + ";" + s.right + "s";
                    case " q" -> s.cursorShape + " q";
                    case "\"q" -> ((s.pen.flags & Style.PROTECTED) != 0 ? 1 : 0) + "\"q";
                    case "\"p" -> "64;1\"p";
                    case "*x" -> (s.rectangles ? 2 : 1) + "*x";
                    case "t" -> s.rows() + "t";
                    case "$|" -> s.columns() + "$|";
                    case "*|" -> s.rows() + "*|";
                    case ">4m" -> ">4;" + s.keyboard.modifyOtherKeys + "m";
                    default -> "";
                };
        reply("\033P" + (answer.isEmpty() ? 0 : 1) + "$r" + answer + "\033\\");
    }

    /** XTGETTCAP: names in hexadecimal; only known ones come back, spelled as we know them. */
    void capabilities(String names) {
        List<String> found = new ArrayList<>();
        for (String hex : names.split(";", MAX_CAPABILITIES + 1)) {
            String name = decode(hex);
            String value = CAPABILITIES.get(name);
            if (value == null || found.size() == MAX_CAPABILITIES) continue;
            found.add(encode(name) + (value.isEmpty() ? "" : "=" + encode(value)));
        }
        if (found.isEmpty()) reply("\033P0+r\033\\");
        else reply("\033P1+r" + String.join(";", found) + "\033\\");
    }

    private static String decode(String hex) {
        try {
            return new String(HexFormat.of().parseHex(hex), StandardCharsets.ISO_8859_1);
        } catch (IllegalArgumentException e) {
            return "";
        }
    }

    private static String encode(String text) {
        return HexFormat.of().withUpperCase().formatHex(text.getBytes(StandardCharsets.ISO_8859_1));
    }
}
