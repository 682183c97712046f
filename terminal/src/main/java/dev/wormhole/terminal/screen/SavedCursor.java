package dev.wormhole.terminal.screen;

import dev.wormhole.terminal.text.CharacterSet;

import java.util.List;

/**
 * What DECSC keeps (VT510, "Save Cursor").
 *
 * <p>Immutable.
 */
record SavedCursor(
        int x,
        int y,
        boolean pendingWrap,
        boolean origin,
        Style style,
        List<CharacterSet> sets,
        int left,
        int right) {

    static SavedCursor home() {
        return new SavedCursor(
                0, 0, false, false, Style.DEFAULT, CharacterSets.initial(), 0, CharacterSets.G2);
    }

    SavedCursor at(int newX, int newY, boolean pending) {
        return new SavedCursor(newX, newY, pending, origin, style, sets, left, right);
    }
}
