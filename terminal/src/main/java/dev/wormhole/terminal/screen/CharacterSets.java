package dev.wormhole.terminal.screen;

import dev.wormhole.terminal.text.CharacterSet;

import java.util.Collections;
import java.util.List;

/**
 * The four designated sets and which of them is shifted in (ECMA-35; ctlseqs, "Controls beginning
 * with ESC"). With UTF-8 the right half is characters of their own: only GL maps.
 *
 * <p>Owned by the screen's thread.
 */
final class CharacterSets {

    static final int G2 = 2;

    private static final int NONE = -1;

    private CharacterSet[] sets = initial().toArray(CharacterSet[]::new);
    private int left;
    private int right = G2;

    /** The set of the next character alone (SS2, SS3). */
    private int single = NONE;

    static List<CharacterSet> initial() {
        return Collections.nCopies(4, CharacterSet.ASCII);
    }

    void reset() {
        sets = initial().toArray(CharacterSet[]::new);
        left = 0;
        right = G2;
        single = NONE;
    }

    boolean isPlain() {
        return single == NONE && sets[left] == CharacterSet.ASCII;
    }

    /** Whether DEL shows a character, as it does in sets of 96. */
    boolean hasDelete() {
        return next().is96();
    }

    private CharacterSet next() {
        return sets[single == NONE ? left : single];
    }

    int map(int ascii) {
        CharacterSet set = next();
        single = NONE;
        return set.map(ascii);
    }

    void designate(int g, CharacterSet set) {
        sets[g] = set;
    }

    void shiftLeft(int g) {
        left = g;
    }

    void shiftRight(int g) {
        right = g;
    }

    void shiftOnce(int g) {
        single = g;
    }

    List<CharacterSet> sets() {
        return List.of(sets);
    }

    int left() {
        return left;
    }

    int right() {
        return right;
    }

    int single() {
        return single;
    }

    void restore(List<CharacterSet> newSets, int newLeft, int newRight, int newSingle) {
        sets = newSets.toArray(CharacterSet[]::new);
        left = newLeft;
        right = newRight;
        single = newSingle;
    }
}
