package dev.wormhole.terminal.screen;

import java.util.BitSet;

/**
 * Tab stops, every eight columns at first.
 *
 * <p>Owned by the screen's thread.
 */
final class TabStops {

    private static final int EVERY = 8;

    private final BitSet stops = new BitSet();
    private int columns;

    TabStops(int columns) {
        this.columns = columns;
        reset();
    }

    void reset() {
        stops.clear();
        for (int x = EVERY; x < columns; x += EVERY) stops.set(x);
    }

    /** New columns get stops every eight; the others keep theirs. */
    void resize(int newColumns) {
        for (int x = (columns + EVERY - 1) / EVERY * EVERY; x < newColumns; x += EVERY) {
            if (x > 0) stops.set(x);
        }
        if (newColumns < columns) stops.clear(newColumns, columns);
        columns = newColumns;
    }

    void set(int x) {
        stops.set(x);
    }

    void clear(int x) {
        stops.clear(x);
    }

    void clearAll() {
        stops.clear();
    }

    /** The next stop right of x, at most {@code limit}. */
    int next(int x, int limit) {
        int stop = stops.nextSetBit(x + 1);
        return stop < 0 ? limit : Math.min(stop, limit);
    }

    /** The stop left of x, at least {@code limit}. */
    int previous(int x, int limit) {
        return x <= 0 ? limit : Math.max(stops.previousSetBit(x - 1), limit);
    }

    boolean isSet(int x) {
        return stops.get(x);
    }
}
