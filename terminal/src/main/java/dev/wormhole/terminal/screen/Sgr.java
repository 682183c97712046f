package dev.wormhole.terminal.screen;

import dev.wormhole.terminal.Csi;

/**
 * SGR: how parameters change the pen (ctlseqs, "Character Attributes"; ITU T.416 for the colon
 * forms; kitty's underline styles).
 *
 * <p>Pure.
 */
final class Sgr {

    private Sgr() {}

    static void apply(Csi csi, Pen pen) {
        int count = csi.count();
        if (count == 0) {
            pen.reset();
            return;
        }
        int i = 0;
        while (i < count) {
            int next = i + 1;
            while (csi.isSub(next)) next++;
            int code = csi.param(i, 0);
            if (code == 38 || code == 48 || code == 58) {
                next = next > i + 1 ? colonColour(csi, i, next, pen) : colour(csi, i, pen);
            } else if (next > i + 1) {
                if (code == 4) underline(csi.param(i + 1, 1), pen);
                // Sub-parameters of anything else mean nothing, and what they detail neither.
            } else {
                simple(code, pen);
            }
            i = next;
        }
    }

    private static void underline(int kind, Pen pen) {
        if (kind <= 5) pen.underline(kind);
    }

    private static void simple(int code, Pen pen) {
        switch (code) {
            case 0 -> pen.reset();
            case 1 -> pen.on(Style.BOLD);
            case 2 -> pen.on(Style.FAINT);
            case 3 -> pen.on(Style.ITALIC);
            case 4 -> pen.underline(1);
            case 5, 6 -> pen.on(Style.BLINK);
            case 7 -> pen.on(Style.INVERSE);
            case 8 -> pen.on(Style.INVISIBLE);
            case 9 -> pen.on(Style.STRIKE);
            case 21 -> pen.underline(2);
            case 22 -> pen.off(Style.BOLD | Style.FAINT);
            case 23 -> pen.off(Style.ITALIC);
            case 24 -> pen.underline(0);
            case 25 -> pen.off(Style.BLINK);
            case 27 -> pen.off(Style.INVERSE);
            case 28 -> pen.off(Style.INVISIBLE);
            case 29 -> pen.off(Style.STRIKE);
            case 39 -> pen.foreground = 0;
            case 49 -> pen.background = 0;
            case 53 -> pen.on(Style.OVERLINE);
            case 55 -> pen.off(Style.OVERLINE);
            case 59 -> pen.underlineColor = 0;
            default -> {
                if (code >= 30 && code <= 37) pen.foreground = Style.INDEXED | code - 30;
                else if (code >= 40 && code <= 47) pen.background = Style.INDEXED | code - 40;
                else if (code >= 90 && code <= 97) pen.foreground = Style.INDEXED | code - 82;
                else if (code >= 100 && code <= 107) pen.background = Style.INDEXED | code - 92;
            }
        }
    }

    /** The form with semicolons, which takes the parameters that follow; where it ends. */
    private static int colour(Csi csi, int i, Pen pen) {
        int code = csi.param(i, 0);
        return switch (csi.param(i + 1, 0)) {
            case 5 -> {
                set(pen, code, indexed(csi.param(i + 2, 0)));
                yield i + 3;
            }
            case 2 -> {
                int rgb = rgb(csi.param(i + 2, 0), csi.param(i + 3, 0), csi.param(i + 4, 0));
                set(pen, code, rgb);
                yield i + 5;
            }
            default -> i + 2;
        };
    }

    /** The form with colons; {@code 2::r:g:b} has a colour space, {@code 2:r:g:b} has none. */
    private static int colonColour(Csi csi, int i, int end, Pen pen) {
        int code = csi.param(i, 0);
        int count = end - i;
        switch (csi.param(i + 1, 0)) {
            case 5 -> {
                if (count >= 3) set(pen, code, indexed(csi.param(i + 2, 0)));
            }
            case 2 -> {
                int first = count >= 6 ? i + 3 : i + 2;
                if (count >= 5) {
                    set(
                            pen,
                            code,
                            rgb(
                                    csi.param(first, 0),
                                    csi.param(first + 1, 0),
                                    csi.param(first + 2, 0)));
                }
            }
            default -> {}
        }
        return end;
    }

    private static int indexed(int index) {
        return index > 255 ? -1 : Style.INDEXED | index;
    }

    private static int rgb(int red, int green, int blue) {
        if (red > 255 || green > 255 || blue > 255) return -1;
        return Style.RGB | red << 16 | green << 8 | blue;
    }

    private static void set(Pen pen, int code, int colour) {
        if (colour == -1) return;
        switch (code) {
            case 38 -> pen.foreground = colour;
            case 48 -> pen.background = colour;
            default -> pen.underlineColor = colour;
        }
    }

    /** The parameters that make the style out of the default one: {@code 0;1;38;5;200}. */
    static String parameters(Style style) {
        return parameters(style, ';');
    }

    /** The same as xterm tells them, and programs look for them: {@code 0;1;38:5:200}. */
    static String report(Style style) {
        return parameters(style, ':');
    }

    private static String parameters(Style style, char separator) {
        var text = new StringBuilder("0");
        int[] flags = {
            Style.BOLD,
            1,
            Style.FAINT,
            2,
            Style.ITALIC,
            3,
            Style.BLINK,
            5,
            Style.INVERSE,
            7,
            Style.INVISIBLE,
            8,
            Style.STRIKE,
            9,
            Style.OVERLINE,
            53
        };
        for (int i = 0; i < flags.length; i += 2) {
            if (style.has(flags[i])) text.append(';').append(flags[i + 1]);
        }
        switch (style.underline()) {
            case 0 -> {}
            case 1 -> text.append(";4");
            case 2 -> text.append(";21");
            default -> text.append(";4:").append(style.underline());
        }
        colour(text, style.foreground(), 38, separator);
        colour(text, style.background(), 48, separator);
        colour(text, style.underlineColor(), 58, separator);
        return text.toString();
    }

    private static void colour(StringBuilder text, int colour, int code, char separator) {
        if (colour == 0) return;
        int value = colour & 0xffffff;
        if ((colour & Style.RGB) != 0) {
            text.append(';').append(code).append(separator).append('2').append(separator);
            // T.416 has the number of a colour space in between, which stays empty.
            if (separator == ':') text.append(separator);
            text.append(value >> 16).append(separator).append(value >> 8 & 0xff);
            text.append(separator).append(value & 0xff);
        } else if (value < 16 && code != 58) {
            int base = code - 8 + (value < 8 ? 0 : 52);
            text.append(';').append(base + value);
        } else {
            text.append(';').append(code).append(separator).append('5');
            text.append(separator).append(value);
        }
    }
}
