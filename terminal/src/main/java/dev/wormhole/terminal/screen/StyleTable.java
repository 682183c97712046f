package dev.wormhole.terminal.screen;

import org.jspecify.annotations.Nullable;

import java.util.Arrays;
import java.util.Objects;

/**
 * Numbers for the styles in use, so that a cell holds one in an int. Number 0 is the default style.
 * A program that draws in true colour makes ever new ones: when {@link #isFull}, the owner tells
 * which are in use and the rest is given up.
 *
 * <p>Owned by the screen's thread.
 */
final class StyleTable {

    private static final int FIRST_LIMIT = 4096;

    private @Nullable Style[] styles = new @Nullable Style[64];
    private int[] slots = new int[256];
    private int count;
    private int end;
    private int limit = FIRST_LIMIT;
    private int[] free = new int[0];
    private int freeCount;

    StyleTable() {
        id(0, 0, 0, 0, null);
    }

    Style get(int id) {
        Style style = styles[id];
        if (style == null) throw new IllegalStateException("style " + id);
        return style;
    }

    int id(Style s) {
        return id(s.foreground(), s.background(), s.underlineColor(), s.flags(), s.link());
    }

    int id(int foreground, int background, int underline, int flags, @Nullable Hyperlink link) {
        int slot = hash(foreground, background, underline, flags, link) & (slots.length - 1);
        while (slots[slot] != 0) {
            int id = slots[slot] - 1;
            Style s = get(id);
            if (s.foreground() == foreground
                    && s.background() == background
                    && s.flags() == flags
                    && s.underlineColor() == underline
                    && Objects.equals(s.link(), link)) {
                return id;
            }
            slot = (slot + 1) & (slots.length - 1);
        }
        int id = freeCount > 0 ? free[--freeCount] : end++;
        if (id == styles.length) styles = Arrays.copyOf(styles, id * 2);
        styles[id] = new Style(foreground, background, underline, flags, link);
        slots[slot] = id + 1;
        count++;
        if (count * 2 > slots.length) rehash(slots.length * 2);
        return id;
    }

    int size() {
        return count;
    }

    boolean isFull() {
        return count >= limit;
    }

    /** Gives up what is not in use. */
    void sweep(Ids used) {
        free = new int[end];
        freeCount = 0;
        count = 0;
        for (int id = end - 1; id >= 0; id--) {
            if (id == 0 || used.isUsed(id)) {
                if (styles[id] != null) count++;
            } else {
                styles[id] = null;
                free[freeCount++] = id;
            }
        }
        limit = Math.max(FIRST_LIMIT, count * 2);
        rehash(Integer.highestOneBit(Math.max(128, count)) * 4);
    }

    private void rehash(int size) {
        slots = new int[size];
        for (int id = 0; id < end; id++) {
            Style s = styles[id];
            if (s == null) continue;
            int slot =
                    hash(s.foreground(), s.background(), s.underlineColor(), s.flags(), s.link())
                            & (size - 1);
            while (slots[slot] != 0) slot = (slot + 1) & (size - 1);
            slots[slot] = id + 1;
        }
    }

    private static int hash(int fg, int bg, int underline, int flags, @Nullable Hyperlink link) {
        int h = fg * 0x9e3779b1 + bg;
        h = h * 0x85ebca6b + underline;
        h = h * 0xc2b2ae35 + flags;
        if (link != null) h = h * 31 + link.hashCode();
        h ^= h >>> 15;
        h *= 0x2c1b3c6d;
        return h ^ h >>> 13;
    }
}
