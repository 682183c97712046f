package dev.wormhole.terminal.screen;

import org.jspecify.annotations.Nullable;

import java.util.List;

/**
 * The styles of a block of history, packed: a picture in true colour has thousands.
 *
 * <p>Immutable.
 */
final class BlockStyles {

    /** A style's foreground, background, underline colour and flags. */
    static final int INTS = 4;

    private final int[] packed;

    /** One for each style, or none at all. */
    private final @Nullable Hyperlink[] links;

    BlockStyles(int[] packed, @Nullable Hyperlink[] links) {
        this.packed = packed;
        this.links = links;
    }

    static BlockStyles of(List<Style> styles) {
        var packed = new int[styles.size() * INTS];
        boolean linked = styles.stream().anyMatch(style -> style.link() != null);
        var links = new @Nullable Hyperlink[linked ? styles.size() : 0];
        for (int i = 0; i < styles.size(); i++) {
            Style style = styles.get(i);
            packed[INTS * i] = style.foreground();
            packed[INTS * i + 1] = style.background();
            packed[INTS * i + 2] = style.underlineColor();
            packed[INTS * i + 3] = style.flags();
            if (linked) links[i] = style.link();
        }
        return new BlockStyles(packed, links);
    }

    int size() {
        return packed.length / INTS;
    }

    /** A copy of the parts. */
    int[] packed() {
        return packed.clone();
    }

    Style get(int i) {
        int at = INTS * i;
        Hyperlink link = links.length == 0 ? null : links[i];
        return new Style(packed[at], packed[at + 1], packed[at + 2], packed[at + 3], link);
    }

    /** Bytes that they take in memory, about; a link is counted for every style that has it. */
    int bytes() {
        int sum = packed.length * Integer.BYTES;
        for (Hyperlink link : links) {
            if (link != null) sum += 64 + link.uri().length() + link.id().length();
        }
        return sum;
    }
}
