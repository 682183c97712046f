package dev.wormhole.terminal.screen;

import dev.wormhole.terminal.text.CharacterSet;
import dev.wormhole.terminal.text.CharacterWidth;

import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.Map;

/**
 * Writes a screen as bytes that rebuild it on an empty terminal. Standard sequences say everything
 * that other terminals have as well; what they cannot say goes into private strings ({@link
 * SnapshotReader}), which other terminals ignore.
 *
 * <p>The scrollback comes first, as lines of text; then both grids, row by row with automatic wrap
 * off; then modes and cursor. What is blank is stepped over, not written.
 *
 * <p>Used once, on the screen's thread.
 */
final class SnapshotWriter {

    /** Modes that other terminals must not be put into: they would stop painting, or answer. */
    private static final List<Mode> OURS_ALONE =
            List.of(
                    Mode.COLUMNS_132,
                    Mode.ALLOW_132,
                    Mode.KEEP_SCREEN_132,
                    Mode.SAVE_CURSOR,
                    Mode.ALTERNATE_47,
                    Mode.ALTERNATE_1047,
                    Mode.ALTERNATE_1049,
                    Mode.ORIGIN,
                    Mode.LEFT_RIGHT_MARGINS,
                    Mode.SYNCHRONIZED,
                    Mode.SCHEME_UPDATES,
                    Mode.RESIZE_REPORTS);

    private final State s;
    private final Bytes out = new Bytes(16 << 10);
    private Style style = Style.DEFAULT;

    SnapshotWriter(State state) {
        s = state;
    }

    byte[] write(SnapshotDepth depth, byte[] unfinished) {
        int scrolled = history(depth);
        // Other terminals: what was told so far leaves the screen at its top.
        if (scrolled > 0) {
            out.ascii("\033[" + s.rows() + ";1H");
            for (int i = Math.min(scrolled, s.rows()); i > 0; i--) out.put('\n');
        }
        kind(SnapshotReader.PAINT);
        out.ascii("\033[?7l");
        grid(s.primary);
        if (s.isAlternate()) {
            saved(s.savedPrimary, false);
            out.ascii("\033[?1049h");
            style(Style.DEFAULT);
            grid(s.alternate);
            // Terminals that have one saved cursor for both screens keep the primary's: it comes
            // back.
            boolean unused = s.savedAlternate.x() == 0 && s.savedAlternate.y() == 0;
            saved(s.savedAlternate, !unused);
        } else {
            saved(s.savedPrimary, true);
        }
        colours();
        titles();
        margins();
        out.ascii("\033[?7h");
        cursor();
        modes();
        kind(SnapshotReader.STATE, java.util.Base64.getEncoder().encode(StateCodec.write(s)));
        out.put(unfinished);
        return out.toArray();
    }

    private void kind(int kind) {
        kind(kind, new byte[0]);
    }

    private void kind(int kind, byte[] data) {
        out.ascii("\033P>" + kind + "w");
        out.put(data);
        out.ascii("\033\\");
    }

    // ---- scrollback

    /** Rows that another terminal has on its screen after it. */
    private int history(SnapshotDepth depth) {
        History history = s.history;
        long first =
                switch (depth) {
                    case GRIDS -> history.endLine();
                    case RECENT -> history.sealedEnd();
                    case ALL -> Math.min(history.firstLine(), history.sealedEnd());
                };
        List<HistoryBlock> sealed =
                depth == SnapshotDepth.ALL ? history.sealedFrom(first) : List.of();
        long next = sealed.isEmpty() ? first : Math.max(first, sealed.getFirst().firstLine());
        if (sealed.isEmpty() && depth == SnapshotDepth.ALL) next = history.sealedEnd();
        // Only a whole snapshot tells of lines that it does not carry.
        long kept =
                depth == SnapshotDepth.ALL
                        ? history.firstLine()
                        : Math.max(next, history.firstLine());
        String numbers = Math.min(kept, history.endLine()) + ";" + next;
        kind(SnapshotReader.HISTORY, numbers.getBytes(java.nio.charset.StandardCharsets.US_ASCII));
        long rows = 0;
        if (depth != SnapshotDepth.GRIDS) {
            for (HistoryBlock block : sealed) {
                rows += lines(block, Math.max(next, block.firstLine()));
                blockEnd(true);
            }
            HistoryBlock closed = history.closed();
            if (closed != null) {
                rows += lines(closed, closed.firstLine());
                blockEnd(false);
            }
            HistoryBlock open = history.openCopy();
            rows += lines(open, open.firstLine());
        }
        boolean goesOn = depth != SnapshotDepth.GRIDS && history.isPartial();
        if (goesOn) {
            cells(history.partialCells(), history.partialLength(), history.partialMarks());
            rows += 1 + history.partialLength() / s.columns();
        }
        style(Style.DEFAULT);
        out.ascii("\033P>" + SnapshotReader.HISTORY_END + ";" + (goesOn ? 1 : 0) + "w\033\\");
        return (int) Math.min(rows, s.rows());
    }

    private void blockEnd(boolean isSealed) {
        out.ascii("\033P>" + SnapshotReader.BLOCK_END + ";" + (isSealed ? 1 : 0) + "w\033\\");
    }

    private long lines(HistoryBlock block, long from) {
        long rows = 0;
        for (long n = from; n < block.endLine(); n++) {
            var line = new Line();
            block.line(n, line);
            line.finish();
            rows += 1 + Math.max(0, line.columns - 1) / s.columns();
            out.put('\r');
            out.put('\n');
        }
        return rows;
    }

    /** Writes a line that the history tells. */
    private final class Line implements LineSink {

        private int columns;
        private int blanks;
        private @Nullable Style blankStyle;

        /** Marks come first, but each belongs before its column. */
        private long[] marks = {};

        private int nextMark;

        @Override
        public void mark(int column, MarkKind kind, int exitCode) {
            marks = java.util.Arrays.copyOf(marks, marks.length + 1);
            marks[marks.length - 1] = LineMarks.pack(column, kind, exitCode);
        }

        @Override
        public void blanks(int count, Style of) {
            if (blankStyle != null && !of.equals(blankStyle)) flush();
            blankStyle = of;
            blanks += count;
        }

        @Override
        public void cell(int[] codePoints, int length, boolean wide, Style of) {
            flush();
            marksHere();
            text(codePoints, length, wide, of);
            columns += wide ? 2 : 1;
        }

        private void marksHere() {
            for (int i = nextMark; i < marks.length; i++) {
                if (LineMarks.column(marks[i]) > columns) return;
                SnapshotWriter.this.mark(marks[i]);
                nextMark = i + 1;
            }
        }

        private void flush() {
            Style of = blankStyle;
            if (of == null) return;
            while (blanks > 0) {
                marksHere();
                boolean split = nextMark < marks.length;
                int n = split ? LineMarks.column(marks[nextMark]) - columns : blanks;
                n = Math.min(n, blanks);
                blank(n, of);
                columns += n;
                blanks -= n;
            }
            blankStyle = null;
        }

        void finish() {
            flush();
            for (int i = nextMark; i < marks.length; i++) SnapshotWriter.this.mark(marks[i]);
        }
    }

    private void mark(long mark) {
        out.ascii(
                "\033P>%d;%d;%dw\033\\"
                        .formatted(
                                SnapshotReader.MARK,
                                LineMarks.kind(mark).number,
                                LineMarks.exitCode(mark) + 1));
    }

    // ---- cells

    private void grid(Grid grid) {
        for (int y = 0; y < grid.rows(); y++) {
            Row row = grid.row(y);
            int used = row.used();
            if (used == 0 && row.lineSize == Row.SINGLE) continue;
            out.ascii("\033[" + (y + 1) + "H");
            cells(row.cells, used, new long[0]);
            if (row.lineSize != Row.SINGLE) out.ascii("\033#" + "5634".charAt(row.lineSize));
        }
        style(Style.DEFAULT);
    }

    private void cells(long[] cells, int count, long[] marks) {
        int mark = 0;
        int x = 0;
        while (x < count) {
            while (mark < marks.length && LineMarks.column(marks[mark]) <= x) mark(marks[mark++]);
            long cell = cells[x];
            Style of = s.styles.get(Cells.style(cell));
            if (Cells.isBlank(cell)) {
                int n = 1;
                int next = mark < marks.length ? LineMarks.column(marks[mark]) : count;
                while (x + n < Math.min(count, next) && cells[x + n] == cell) n++;
                blank(n, of);
                x += n;
                continue;
            }
            boolean wide = Cells.isWide(cell);
            if (Cells.isCluster(cell)) {
                int[] text = s.clusters.get(Cells.value(cell));
                text(text, text.length, wide, of);
            } else {
                style(of);
                int c = Cells.value(cell);
                if (c < 0x7f) out.put(c);
                else text(new int[] {c}, 1, wide, of);
            }
            x += wide ? 2 : 1;
        }
        while (mark < marks.length) mark(marks[mark++]);
    }

    private void text(int[] codePoints, int length, boolean wide, Style of) {
        style(of);
        int width = CharacterWidth.of(codePoints[0]);
        if (length > 1 || width == 0 || wide != (width == 2)) {
            out.ascii("\033P>%d;%d;%dw\033\\".formatted(SnapshotReader.CELL, length, wide ? 1 : 0));
        }
        for (int i = 0; i < length; i++) out.utf8(codePoints[i]);
    }

    private void blank(int count, Style of) {
        if (!of.equals(Style.DEFAULT)) {
            style(of);
            out.ascii("\033[" + count + "X");
        }
        out.ascii("\033[" + count + "C");
    }

    private void style(Style next) {
        if (next.equals(style)) return;
        if (!java.util.Objects.equals(next.link(), style.link())) link(next.link());
        if (next.has(Style.PROTECTED) != style.has(Style.PROTECTED)) {
            out.ascii("\033[" + (next.has(Style.PROTECTED) ? 1 : 0) + "\"q");
        }
        out.ascii("\033[" + Sgr.parameters(next) + "m");
        style = next;
    }

    private void link(@Nullable Hyperlink link) {
        if (link == null) {
            out.ascii("\033]8;;\033\\");
        } else {
            String id = link.id().isEmpty() ? "" : "id=" + link.id();
            out.ascii("\033]8;" + id + ";" + link.uri() + "\033\\");
        }
    }

    // ---- everything else

    private void saved(SavedCursor saved, boolean save) {
        style(saved.style());
        address(saved.x(), saved.y());
        if (save) out.ascii("\0337");
        style(Style.DEFAULT);
    }

    private void address(int x, int y) {
        out.ascii("\033[" + (y + 1) + ";" + (x + 1) + "H");
    }

    private void colours() {
        for (Map.Entry<Integer, Integer> colour : s.palette.changed().entrySet()) {
            int which = colour.getKey();
            String name = which >= Palette.INDEXED ? "4;" + (which - Palette.INDEXED) : "" + which;
            out.ascii("\033]%s;#%06x\033\\".formatted(name, colour.getValue()));
        }
    }

    private void titles() {
        if (!s.titles.icon.isEmpty()) title(1, s.titles.icon);
        if (!s.titles.title.isEmpty()) title(2, s.titles.title);
    }

    private void title(int number, String text) {
        out.ascii("\033]" + number + ";");
        out.put(text.getBytes(java.nio.charset.StandardCharsets.UTF_8));
        out.ascii("\033\\");
    }

    private void margins() {
        if (s.top > 0 || s.bottom < s.rows())
            out.ascii("\033[" + (s.top + 1) + ";" + s.bottom + "r");
        if (!s.is(Mode.LEFT_RIGHT_MARGINS)) return;
        out.ascii("\033[?69h");
        if (s.hasSideMargins()) out.ascii("\033[" + (s.left + 1) + ";" + s.right + "s");
    }

    private void cursor() {
        if (s.is(Mode.ORIGIN)) out.ascii("\033[?6h");
        int x = s.x - (s.is(Mode.ORIGIN) ? s.left : 0);
        int y = s.y - (s.is(Mode.ORIGIN) ? s.top : 0);
        long cell = s.grid.row(s.y).cells[s.x];
        // In origin mode the cursor may stand where no address reaches.
        boolean again =
                s.pendingWrap
                        && !s.is(Mode.ORIGIN)
                        && !Cells.isTail(cell)
                        && Cells.value(cell) > 0x20;
        address(Math.max(0, x), Math.max(0, y));
        // Written once more, the last character makes the wrap pend in other terminals too.
        if (again && !Cells.isCluster(cell) && !Cells.isWide(cell)) {
            text(new int[] {Cells.value(cell)}, 1, false, s.styles.get(Cells.style(cell)));
        }
        style(s.pen.style());
        List<CharacterSet> sets = s.sets.sets();
        for (int g = 0; g < sets.size(); g++) {
            if (sets.get(g) != CharacterSet.ASCII) designate(g, sets.get(g));
        }
        if (s.sets.left() == 1) out.put(0x0e);
        if (s.sets.left() == 2) out.ascii("\033n");
        if (s.sets.left() == 3) out.ascii("\033o");
        if (s.cursorShape != 0) out.ascii("\033[" + s.cursorShape + " q");
    }

    private void designate(int g, CharacterSet set) {
        out.put(0x1b);
        out.put((set.is96() ? " -./" : "()*+").charAt(g));
        if (set.id() > 0xff) out.put(set.id() >> 8);
        out.put(set.id() & 0xff);
    }

    private void modes() {
        for (Mode mode : Mode.values()) {
            if (OURS_ALONE.contains(mode) || s.is(mode) == mode.initially) continue;
            String number = (mode.isPrivate ? "?" : "") + mode.number;
            out.ascii("\033[" + number + (s.is(mode) ? "h" : "l"));
        }
        int flags = s.keyboardStack().flags;
        if (flags != 0) out.ascii("\033[=" + flags + "u");
        if (s.keyboard.modifyOtherKeys != 0) {
            out.ascii("\033[>4;" + s.keyboard.modifyOtherKeys + "m");
        }
    }
}
