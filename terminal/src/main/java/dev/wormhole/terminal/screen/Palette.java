package dev.wormhole.terminal.screen;

import java.util.Map;
import java.util.TreeMap;

/**
 * Colours that a program has changed (OSC 4, 10 to 19). Everything else is the theme's, which is no
 * matter of the screen.
 *
 * <p>Owned by the screen's thread. Colours are 0xRRGGBB; dynamic colours are numbered by their OSC,
 * indexed ones by {@link #INDEXED} + index.
 */
final class Palette {

    static final int FOREGROUND = 10;
    static final int BACKGROUND = 11;
    static final int CURSOR = 12;
    static final int LAST_DYNAMIC = 19;

    /** Above the numbers of the dynamic colours. */
    static final int INDEXED = 256;

    private final Map<Integer, Integer> changed = new TreeMap<>();

    void reset() {
        changed.clear();
    }

    void set(int which, int colour) {
        changed.put(which, colour);
    }

    void reset(int which) {
        changed.remove(which);
    }

    void resetIndexed() {
        changed.keySet().removeIf(which -> which >= INDEXED);
    }

    Map<Integer, Integer> changed() {
        return changed;
    }

    /** The colour as a program would see it. */
    int get(int which, TerminalFacts facts) {
        Integer own = changed.get(which);
        if (own != null) return own;
        if (which >= INDEXED) return indexed(which - INDEXED, facts);
        return switch (which) {
            // Foreground, pointer foreground, Tektronix foreground, highlight foreground.
            case 10, 13, 15, 19 -> facts.foreground();
            case 12, 18 -> facts.cursor();
            default -> facts.background();
        };
    }

    private static int indexed(int index, TerminalFacts facts) {
        if (index < facts.palette().size()) return facts.palette().get(index);
        return standard(index);
    }

    private static final int[] SIXTEEN = {
        0x000000, 0xcd0000, 0x00cd00, 0xcdcd00, 0x0000ee, 0xcd00cd, 0x00cdcd, 0xe5e5e5,
        0x7f7f7f, 0xff0000, 0x00ff00, 0xffff00, 0x5c5cff, 0xff00ff, 0x00ffff, 0xffffff
    };

    /** xterm's 256 colours. */
    static int standard(int index) {
        if (index < 16) return SIXTEEN[index];
        if (index >= 232) {
            int grey = 8 + 10 * (index - 232);
            return grey << 16 | grey << 8 | grey;
        }
        int cube = index - 16;
        return step(cube / 36) << 16 | step(cube / 6 % 6) << 8 | step(cube % 6);
    }

    private static int step(int level) {
        return level == 0 ? 0 : 55 + 40 * level;
    }
}
