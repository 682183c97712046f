package dev.wormhole.terminal.screen;

import org.jspecify.annotations.Nullable;

import java.util.Arrays;
import java.util.Objects;

/**
 * Numbers for the styles in use, so that a cell holds one in an int. Number 0 is the default style.
 * A program that draws in true colour makes ever new ones: when {@link #isFull}, the owner tells
 * which are in use and the rest is given up.
 *
 * <p>Owned by the screen's thread. The parts of the styles lie packed side by side, for every SGR
 * looks one up.
 */
final class StyleTable {

    private static final int FIRST_LIMIT = 4096;

    private int[] packed = new int[64 * BlockStyles.INTS];
    private @Nullable Hyperlink[] links = new @Nullable Hyperlink[64];

    /** Made when somebody asks. */
    private @Nullable Style[] styles = new @Nullable Style[64];

    private Ids free = new Ids();
    private int[] slots = new int[256];
    private int count;
    private int end;
    private int limit = FIRST_LIMIT;
    private int[] freeIds = new int[0];
    private int freeCount;

    StyleTable() {
        id(0, 0, 0, 0, null);
    }

    Style get(int id) {
        Style style = styles[id];
        if (style == null) {
            int at = id * BlockStyles.INTS;
            style =
                    new Style(
                            packed[at], packed[at + 1], packed[at + 2], packed[at + 3], links[id]);
            styles[id] = style;
        }
        return style;
    }

    /** Copies the parts of a style, as {@link BlockStyles} packs them. */
    void copy(int id, int[] into, int at) {
        System.arraycopy(packed, id * BlockStyles.INTS, into, at, BlockStyles.INTS);
    }

    @Nullable Hyperlink link(int id) {
        return links[id];
    }

    int id(Style s) {
        return id(s.foreground(), s.background(), s.underlineColor(), s.flags(), s.link());
    }

    int id(int foreground, int background, int underline, int flags, @Nullable Hyperlink link) {
        int slot = hash(foreground, background, underline, flags, link) & (slots.length - 1);
        while (slots[slot] != 0) {
            int id = slots[slot] - 1;
            int at = id * BlockStyles.INTS;
            if (packed[at] == foreground
                    && packed[at + 1] == background
                    && packed[at + 2] == underline
                    && packed[at + 3] == flags
                    && Objects.equals(links[id], link)) {
                return id;
            }
            slot = (slot + 1) & (slots.length - 1);
        }
        int id = freeCount > 0 ? freeIds[--freeCount] : end++;
        if (id == styles.length) {
            styles = Arrays.copyOf(styles, id * 2);
            links = Arrays.copyOf(links, id * 2);
            packed = Arrays.copyOf(packed, packed.length * 2);
        }
        int at = id * BlockStyles.INTS;
        packed[at] = foreground;
        packed[at + 1] = background;
        packed[at + 2] = underline;
        packed[at + 3] = flags;
        links[id] = link;
        free.release(id);
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
        free = new Ids();
        freeIds = new int[end];
        freeCount = 0;
        for (int id = end - 1; id > 0; id--) {
            if (used.isUsed(id)) continue;
            free.use(id);
            styles[id] = null;
            links[id] = null;
            freeIds[freeCount++] = id;
        }
        count = end - freeCount;
        limit = Math.max(FIRST_LIMIT, count * 2);
        rehash(Integer.highestOneBit(Math.max(128, count)) * 4);
    }

    private void rehash(int size) {
        slots = new int[size];
        for (int id = 0; id < end; id++) {
            if (free.isUsed(id)) continue;
            int at = id * BlockStyles.INTS;
            int slot =
                    hash(packed[at], packed[at + 1], packed[at + 2], packed[at + 3], links[id])
                            & (size - 1);
            while (slots[slot] != 0) slot = (slot + 1) & (size - 1);
            slots[slot] = id + 1;
        }
    }

    private static int hash(
            int foreground, int background, int underline, int flags, @Nullable Hyperlink link) {
        int h = foreground * 0x9e3779b1 + background;
        h = h * 0x85ebca6b + underline;
        h = h * 0xc2b2ae35 + flags;
        if (link != null) h = h * 31 + link.hashCode();
        h ^= h >>> 15;
        h *= 0x2c1b3c6d;
        return h ^ h >>> 13;
    }
}
