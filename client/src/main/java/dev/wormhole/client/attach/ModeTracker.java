package dev.wormhole.client.attach;

import dev.wormhole.terminal.Csi;
import dev.wormhole.terminal.Parser;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.TreeSet;

/**
 * Which modes the bytes written so far have left in the outer terminal, so that exactly those can
 * be taken back. It keeps no text. Blind resets are no way: leaving the alternate screen where it
 * was not entered moves the cursor.
 *
 * <p>Safe from any thread: one feeds it, and a shutdown hook may take the modes back meanwhile.
 */
final class ModeTracker {

    private static final Set<Integer> ALTERNATE_SCREEN = Set.of(47, 1047, 1049);

    /** Autowrap and the cursor: the private modes that are on to begin with. */
    private static final Set<Integer> ON_BY_DEFAULT = Set.of(7, 25);

    /** Column modes clear the screen when they change, and saving the cursor is no mode. */
    private static final Set<Integer> LEFT_ALONE = Set.of(3, 40, 1048);

    private static final int PRIVATE_SET = '?' << 24 | 'h';
    private static final int PRIVATE_RESET = '?' << 24 | 'l';
    private static final int KITTY_PUSH = '>' << 24 | 'u';
    private static final int KITTY_POP = '<' << 24 | 'u';
    private static final int KITTY_SET = '=' << 24 | 'u';
    private static final int MODIFY_KEYS = '>' << 24 | 'm';
    private static final int FORMAT_KEYS = '>' << 24 | 'f';
    private static final int CURSOR_STYLE = ' ' << 8 | 'q';

    private final Parser parser = new Parser(new Calls());

    /** Private modes that differ from the beginning, in the order in which they were changed. */
    private final Set<Integer> changed = new LinkedHashSet<>();

    private boolean hasMargins;
    private boolean hasKeypad;
    private boolean hasInsert;
    private boolean hasKitty;
    private boolean hasModifyKeys;
    private boolean hasFormatKeys;
    private boolean hasCursorStyle;
    private boolean hasPalette;
    private int kittyDepth;

    /** OSC 10 to 19 that set a colour. */
    private final Set<Integer> dynamicColours = new TreeSet<>();

    synchronized void feed(byte[] bytes) {
        parser.feed(bytes, 0, bytes.length);
    }

    /**
     * What takes every mode back; the text on the screen stays, and the cursor where it is as far
     * as possible.
     */
    synchronized byte[] takeBack() {
        var out = new StringBuilder();
        // Each screen has its own flags.
        boolean isAlternate = ALTERNATE_SCREEN.stream().anyMatch(changed::contains);
        if (hasKitty && isAlternate) out.append("\033[=0u");
        for (int mode : ALTERNATE_SCREEN) {
            if (changed.remove(mode)) out.append("\033[?").append(mode).append('l');
        }
        // Setting the margins moves the cursor home.
        if (hasMargins) out.append("\0337\033[r\0338");
        for (int mode : changed) {
            out.append("\033[?").append(mode).append(ON_BY_DEFAULT.contains(mode) ? 'h' : 'l');
        }
        if (hasInsert) out.append("\033[4l");
        if (hasKeypad) out.append("\033>");
        if (kittyDepth > 0) out.append("\033[<").append(kittyDepth).append('u');
        if (hasKitty) out.append("\033[=0u");
        if (hasModifyKeys) out.append("\033[>4m");
        if (hasFormatKeys) out.append("\033[>4f");
        if (hasPalette) out.append("\033]104\033\\");
        for (int number : dynamicColours) out.append("\033]").append(100 + number).append("\033\\");
        if (hasCursorStyle) out.append("\033[0 q");
        // Colours, the two character sets that anybody designates, and the first of them selected.
        out.append("\033[0m\033(B\033)B\017");
        forget();
        return out.toString().getBytes(StandardCharsets.US_ASCII);
    }

    private void forget() {
        changed.clear();
        hasMargins = false;
        hasKeypad = false;
        hasInsert = false;
        hasKitty = false;
        hasModifyKeys = false;
        hasFormatKeys = false;
        hasCursorStyle = false;
        hasPalette = false;
        dynamicColours.clear();
        kittyDepth = 0;
    }

    private final class Calls implements Parser.Handler {

        @Override
        public void escape(int id) {
            switch (id) {
                case '=' -> hasKeypad = true;
                case '>' -> hasKeypad = false;
                case 'c' -> forget();
                default -> {}
            }
        }

        @Override
        public void csi(Csi csi) {
            switch (csi.id()) {
                case PRIVATE_SET -> setModes(csi, true);
                case PRIVATE_RESET -> setModes(csi, false);
                case 'h' -> setInsert(csi, true);
                case 'l' -> setInsert(csi, false);
                case 'r' -> hasMargins = csi.count() > 0;
                case KITTY_PUSH -> kittyDepth++;
                case KITTY_POP ->
                        kittyDepth = Math.max(0, kittyDepth - Math.max(1, csi.param(0, 1)));
                case KITTY_SET -> hasKitty = true;
                case MODIFY_KEYS -> hasModifyKeys = true;
                case FORMAT_KEYS -> hasFormatKeys = true;
                case CURSOR_STYLE -> hasCursorStyle = true;
                default -> {}
            }
        }

        @Override
        public void osc(byte[] data, int length) {
            int semicolon = 0;
            while (semicolon < length && data[semicolon] != ';') semicolon++;
            if (semicolon == 0 || semicolon > 2 || semicolon == length) return;
            String number = new String(data, 0, semicolon, StandardCharsets.ISO_8859_1);
            if (number.equals("4")) hasPalette = true;
            if (number.matches("1[0-9]")) dynamicColours.add(Integer.valueOf(number));
        }

        private void setModes(Csi csi, boolean on) {
            for (int i = 0; i < csi.count(); i++) {
                int mode = csi.param(i, 0);
                if (mode == 0 || LEFT_ALONE.contains(mode)) continue;
                if (on == ON_BY_DEFAULT.contains(mode)) changed.remove(mode);
                else changed.add(mode);
            }
        }

        private void setInsert(Csi csi, boolean on) {
            for (int i = 0; i < csi.count(); i++) {
                if (csi.param(i, 0) == 4) hasInsert = on;
            }
        }
    }
}
