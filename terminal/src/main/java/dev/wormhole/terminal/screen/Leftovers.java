package dev.wormhole.terminal.screen;

import dev.wormhole.terminal.text.CharacterSet;

import java.util.EnumSet;
import java.util.Set;

/**
 * The sequences that take back what a program that is gone has set and not reset: the least there
 * is, because each of them is output that every terminal sees, and some terminals do more than they
 * should on a sequence that would change nothing.
 *
 * <p>Used once, on the screen's thread.
 */
final class Leftovers {

    /** What is not undone by resetting it: it moves the cursor, or clears. */
    private static final Set<Mode> OTHERWISE =
            EnumSet.of(
                    Mode.ALTERNATE_47,
                    Mode.ALTERNATE_1047,
                    Mode.ALTERNATE_1049,
                    Mode.SAVE_CURSOR,
                    Mode.ORIGIN,
                    Mode.LEFT_RIGHT_MARGINS,
                    Mode.COLUMNS_132);

    private final State s;
    private final StringBuilder out = new StringBuilder();

    private Leftovers(State state) {
        s = state;
    }

    static String of(State state) {
        var leftovers = new Leftovers(state);
        leftovers.keys(state.keyboardStack());
        int x = state.x;
        int y = state.y;
        if (state.isAlternate()) {
            // The primary screen's cursor comes back with it.
            leftovers.out.append("\033[?1049l");
            leftovers.keys(state.keyboard.primary);
            x = state.savedPrimary.x();
            y = state.savedPrimary.y();
        }
        leftovers.margins(x, y);
        leftovers.text();
        leftovers.modes();
        return leftovers.out.toString();
    }

    private void keys(Keyboard.Stack stack) {
        if (stack.flags != 0 || !stack.below.isEmpty()) out.append("\033[<99u");
    }

    /** Margins and origin mode home the cursor: it is put back where it stands. */
    private void margins(int x, int y) {
        boolean rows = s.top > 0 || s.bottom < s.rows();
        boolean sides = s.is(Mode.LEFT_RIGHT_MARGINS);
        boolean origin = s.is(Mode.ORIGIN) || (s.isAlternate() && s.savedPrimary.origin());
        if (sides) out.append("\033[?69l");
        if (rows) out.append("\033[r");
        if (origin) out.append("\033[?6l");
        if (rows || origin) {
            out.append("\033[").append(y + 1).append(';').append(x + 1).append('H');
        }
    }

    private void text() {
        Style pen = s.isAlternate() ? s.savedPrimary.style() : s.pen.style();
        if (pen.link() != null) out.append("\033]8;;\033\\");
        if (pen.has(Style.PROTECTED)) out.append("\033[0\"q");
        Style plain = new Style(0, 0, 0, pen.flags() & Style.PROTECTED, pen.link());
        if (!pen.equals(plain)) out.append("\033[0m");
        boolean mapped =
                s.sets.left() != 0
                        || s.sets.single() >= 0
                        || s.sets.sets().stream().anyMatch(set -> set != CharacterSet.ASCII)
                        || (s.isAlternate()
                                && !s.savedPrimary.sets().equals(CharacterSets.initial()))
                        || (s.isAlternate() && s.savedPrimary.left() != 0);
        if (mapped) out.append("\033(B\033)B\033*B\033+B\017");
        if (s.rectangles) out.append("\033[0*x");
    }

    private void modes() {
        for (Mode mode : Mode.values()) {
            if (s.is(mode) == mode.initially || OTHERWISE.contains(mode)) continue;
            out.append("\033[").append(mode.isPrivate ? "?" : "").append(mode.number);
            out.append(mode.initially ? 'h' : 'l');
        }
        if (s.keyboard.modifyOtherKeys != 0) out.append("\033[>4;0m");
        if (s.keyboard.formatOtherKeys != 0) out.append("\033[>4;0f");
    }
}
