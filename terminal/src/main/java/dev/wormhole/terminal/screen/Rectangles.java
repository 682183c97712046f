package dev.wormhole.terminal.screen;

import dev.wormhole.terminal.Csi;
import dev.wormhole.terminal.text.CharacterWidth;

import org.jspecify.annotations.Nullable;

/**
 * The rectangular area operations of the VT420 (ctlseqs, DECFRA and its kin).
 *
 * <p>Owned by the screen's thread.
 */
final class Rectangles {

    private final State s;

    Rectangles(State state) {
        s = state;
    }

    /** 0-based, ends exclusive; the ends are on the screen. */
    private record Area(int top, int left, int bottom, int right) {}

    /** Reads top, left, bottom, right; null when it is none. */
    private @Nullable Area area(Csi csi, int first) {
        Area area = span(csi, first);
        return area.top < area.bottom && area.left < area.right ? area : null;
    }

    /** The same of DECCARA: a stream of characters may end left of where it begins. */
    private @Nullable Area attributeArea(Csi csi) {
        if (s.rectangles) return area(csi, 0);
        Area area = span(csi, 0);
        int lines = area.bottom - area.top;
        return lines > 1 || (lines == 1 && area.left < area.right) ? area : null;
    }

    private Area span(Csi csi, int first) {
        int baseY = s.is(Mode.ORIGIN) ? s.top : 0;
        int baseX = s.is(Mode.ORIGIN) ? s.left : 0;
        int maxY = s.is(Mode.ORIGIN) ? s.bottom : s.rows();
        int maxX = s.is(Mode.ORIGIN) ? s.right : s.columns();
        int top = baseY + or(csi, first, 1) - 1;
        int left = baseX + or(csi, first + 1, 1) - 1;
        int bottom = Math.min(baseY + or(csi, first + 2, maxY - baseY), maxY);
        int right = Math.min(baseX + or(csi, first + 3, maxX - baseX), maxX);
        return new Area(top, left, bottom, right);
    }

    private static int or(Csi csi, int index, int otherwise) {
        int value = csi.param(index, 0);
        return value == 0 ? otherwise : value;
    }

    /** DECFRA. */
    void fill(Csi csi) {
        int c = csi.param(0, 0);
        boolean printable = (c >= 32 && c <= 126) || (c >= 160 && c <= 255);
        Area area = area(csi, 1);
        if (area == null || !printable || CharacterWidth.of(c) != 1) return;
        fill(area, s.ink() | c);
    }

    /** DECERA. */
    void erase(Csi csi) {
        Area area = area(csi, 0);
        if (area != null) fill(area, s.eraser());
    }

    private void fill(Area area, long cell) {
        for (int y = area.top; y < area.bottom; y++) {
            s.grid.row(y).fill(area.left, area.right, cell);
        }
    }

    /** DECSERA. */
    void eraseUnprotected(Csi csi) {
        Area area = area(csi, 0);
        if (area == null) return;
        for (int y = area.top; y < area.bottom; y++) {
            Row row = s.grid.row(y);
            for (int x = area.left; x < area.right; x++) {
                long cell = row.cells[x];
                if (Cells.isBlank(cell) || s.styles.get(Cells.style(cell)).has(Style.PROTECTED)) {
                    continue;
                }
                row.splitBefore(x);
                row.splitBefore(x + 1);
                row.cells[x] = Cells.blanked(row.cells[x]);
            }
        }
    }

    /** DECCRA; there is one page. */
    void copy(Csi csi) {
        Area area = area(csi, 0);
        if (area == null) return;
        int toTop = (s.is(Mode.ORIGIN) ? s.top : 0) + or(csi, 5, 1) - 1;
        int toLeft = (s.is(Mode.ORIGIN) ? s.left : 0) + or(csi, 6, 1) - 1;
        s.grid.copy(area.top, area.left, area.bottom, area.right, toTop, toLeft);
    }

    /** DECCARA, or DECRARA where it reverses. */
    void attributes(Csi csi, boolean reverse) {
        Area area = attributeArea(csi);
        if (area == null) return;
        var pen = new Pen();
        for (int y = area.top; y < area.bottom; y++) {
            Row row = s.grid.row(y);
            // DECSACE: a stream of characters runs through the whole lines between its ends.
            row.reach = s.columns();
            int from = s.rectangles || y == area.top ? area.left : 0;
            int to = s.rectangles || y == area.bottom - 1 ? area.right : s.columns();
            for (int x = from; x < to; x++) {
                long cell = row.cells[x];
                if (!s.rectangles && Cells.isBlank(cell)) continue;
                // A wide character is of one style: its first half decides.
                if (Cells.isTail(cell)) continue;
                pen.set(s.styles.get(Cells.style(cell)));
                change(csi, pen, reverse);
                if (s.styles.isFull()) s.sweep();
                long style = Cells.styled(s.styles.id(pen.style()));
                row.cells[x] = style | (Cells.text(cell) & 0xffffffffL);
                if (Cells.isWide(cell)) row.cells[x + 1] = style | Cells.TAIL;
            }
        }
    }

    /** Bold, underline, blink, inverse; xterm adds invisible for DECCARA's off forms. */
    private static void change(Csi csi, Pen pen, boolean reverse) {
        for (int i = 4; i < Math.max(csi.count(), 5); i++) {
            int code = csi.param(i, 0);
            if (reverse) {
                switch (code) {
                    case 0 -> {
                        pen.flags ^= Style.BOLD | Style.BLINK | Style.INVERSE;
                        pen.underline((pen.flags & Style.UNDERLINE_MASK) == 0 ? 1 : 0);
                    }
                    case 1 -> pen.flags ^= Style.BOLD;
                    case 4 -> pen.underline((pen.flags & Style.UNDERLINE_MASK) == 0 ? 1 : 0);
                    case 5 -> pen.flags ^= Style.BLINK;
                    case 7 -> pen.flags ^= Style.INVERSE;
                    case 8 -> pen.flags ^= Style.INVISIBLE;
                    default -> {}
                }
            } else {
                switch (code) {
                    case 0 -> {
                        pen.off(Style.BOLD | Style.BLINK | Style.INVERSE | Style.INVISIBLE);
                        pen.underline(0);
                    }
                    case 1 -> pen.on(Style.BOLD);
                    case 4 -> pen.underline(1);
                    case 5 -> pen.on(Style.BLINK);
                    case 7 -> pen.on(Style.INVERSE);
                    case 8 -> pen.on(Style.INVISIBLE);
                    case 22 -> pen.off(Style.BOLD);
                    case 24 -> pen.underline(0);
                    case 25 -> pen.off(Style.BLINK);
                    case 27 -> pen.off(Style.INVERSE);
                    case 28 -> pen.off(Style.INVISIBLE);
                    default -> {}
                }
            }
        }
    }

    /**
     * DECRQCRA's sum as xterm computes it by default: character codes and the weights of the
     * attributes, negated, 16 bits; blanks count as spaces that were drawn.
     */
    int checksum(Csi csi) {
        Area area = area(csi, 2);
        if (area == null) return 0;
        int sum = 0;
        for (int y = area.top; y < area.bottom; y++) {
            Row row = s.grid.row(y);
            for (int x = area.left; x < area.right; x++) {
                long cell = row.cells[x];
                if (Cells.isTail(cell)) continue;
                sum += Cells.isBlank(cell) ? ' ' : character(cell);
                Style style = s.styles.get(Cells.style(cell));
                if (style.has(Style.PROTECTED)) sum += 0x4;
                if (style.has(Style.INVISIBLE)) sum += 0x8;
                if (style.underline() != 0) sum += 0x10;
                if (style.has(Style.INVERSE)) sum += 0x20;
                if (style.has(Style.BLINK)) sum += 0x40;
                if (style.has(Style.BOLD)) sum += 0x80;
            }
        }
        return -sum & 0xffff;
    }

    private int character(long cell) {
        return Cells.isCluster(cell) ? s.clusters.get(Cells.value(cell))[0] : Cells.value(cell);
    }
}
