package dev.wormhole.client.attach;

import dev.wormhole.terminal.screen.Hyperlink;
import dev.wormhole.terminal.screen.LineSink;
import dev.wormhole.terminal.screen.Style;

import org.jspecify.annotations.Nullable;

import java.util.Objects;

/**
 * Writes one row, or the part of it between two columns, so that any terminal shows it: from its
 * first column, beginning and ending in the default style, what is behind it erased.
 *
 * <p>Used once.
 */
final class RowText implements LineSink {

    /** From here on terminals differ in what they take for wide. */
    private static final int FIRST_SYMBOL = 0x2190;

    private static final int LAST_SYMBOL = 0x2bff;
    private static final int FIRST_BEYOND = 0x10000;

    private final int from;
    private final int end;
    private final boolean reachesEdge;
    private final StringBuilder out = new StringBuilder();
    private Style style = Style.DEFAULT;

    /** Columns told so far, in the whole row. */
    private int column;

    /** Blanks in the default style that were not written yet: at the end they are erased. */
    private int blanks;

    /**
     * @param from the first column that is shown
     * @param end the column after the last one
     * @param reachesEdge whether that is the terminal's edge: nothing can be erased there without
     *     erasing the last cell
     */
    RowText(int from, int end, boolean reachesEdge) {
        this.from = from;
        this.end = end;
        this.reachesEdge = reachesEdge;
    }

    @Override
    public void blanks(int count, Style of) {
        int first = Math.max(column, from);
        column += count;
        for (int i = first; i < Math.min(column, end); i++) blank(of);
    }

    @Override
    public void cell(int[] codePoints, int length, boolean wide, Style of) {
        int first = column;
        column += wide ? 2 : 1;
        if (first >= from && column <= end) {
            text(codePoints, length, wide, of);
            return;
        }
        // Half of a wide character cannot be shown.
        for (int i = Math.max(first, from); i < Math.min(column, end); i++) blank(of);
    }

    private void blank(Style of) {
        if (isPlain(of)) {
            blanks++;
            return;
        }
        flush();
        select(of);
        out.append(' ');
    }

    private void text(int[] codePoints, int length, boolean wide, Style of) {
        flush();
        select(of);
        boolean isDisputed = length > 1 || isDisputed(codePoints[0]);
        if (isDisputed && wide) out.append("\033[2X");
        // Without automatic wrap, marks at the edge would go to the character before.
        boolean wraps = length > 1 && !wide && isAtEdge();
        if (wraps) out.append("\033[?7h");
        for (int i = 0; i < length; i++) out.appendCodePoint(codePoints[i]);
        if (wraps) out.append("\033[?7l");
        if (!isDisputed || isAtEdge()) return;
        // Whatever this terminal thinks of its width: the rest stands where it belongs.
        select(Style.DEFAULT);
        out.append("\033[").append(column - from + 1).append("G\033[K");
    }

    private boolean isAtEdge() {
        return reachesEdge && column >= end;
    }

    private static boolean isDisputed(int codePoint) {
        return codePoint >= FIRST_BEYOND
                || (codePoint >= FIRST_SYMBOL
                        && codePoint <= LAST_SYMBOL
                        && !isBoxDrawing(codePoint));
    }

    /** The frames of every full-screen program. */
    private static boolean isBoxDrawing(int codePoint) {
        return codePoint >= 0x2500 && codePoint <= 0x25a0;
    }

    private void flush() {
        if (blanks == 0) return;
        select(Style.DEFAULT);
        out.repeat(' ', blanks);
        blanks = 0;
    }

    private void select(Style next) {
        if (!Objects.equals(next.link(), style.link())) link(next.link());
        String sgr = next.sgr();
        if (!sgr.equals(style.sgr()))
            out.append("\033[").append(isPlain(next) ? "" : sgr).append('m');
        style = next;
    }

    private void link(@Nullable Hyperlink link) {
        if (link == null) {
            out.append("\033]8;;\033\\");
            return;
        }
        out.append("\033]8;");
        if (!link.id().isEmpty()) out.append("id=").append(link.id());
        out.append(';').append(link.uri()).append("\033\\");
    }

    /** Whether a blank of this style is as one that was never written. */
    private static boolean isPlain(Style of) {
        return of.link() == null && of.sgr().equals(Style.DEFAULT.sgr());
    }

    /** After the last cell. */
    String finish() {
        select(Style.DEFAULT);
        int last = Math.min(column, end) - blanks;
        if (last < end || !reachesEdge) out.append("\033[K");
        return out.toString();
    }
}
