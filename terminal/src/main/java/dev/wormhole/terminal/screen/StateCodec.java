package dev.wormhole.terminal.screen;

import dev.wormhole.terminal.text.CharacterSet;

import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;

/**
 * What a snapshot's standard sequences cannot say, or not exactly: everything of a screen but its
 * cells and its history, as bytes.
 */
final class StateCodec {

    private static final int MAX_TEXT = 4 * Titles.MAX_LENGTH;
    private static final int MAX_SIZE = 2000;

    private StateCodec() {}

    static byte[] write(State s) {
        var out = new Bytes(1024);
        out.varint(Screen.VERSION);
        out.varint(s.columns());
        out.varint(s.rows());
        out.put(s.isAlternate() ? 1 : 0);
        out.varint(s.x);
        out.varint(s.y);
        out.put((s.pendingWrap ? 1 : 0) | (s.canJoin ? 2 : 0) | (s.rectangles ? 4 : 0));
        out.varint(s.lastGraphic);
        StyleCodec.write(out, s.pen.style());
        out.varint(s.cursorShape);
        out.varint(s.top);
        out.varint(s.bottom);
        out.varint(s.left);
        out.varint(s.right);
        out.varint(s.modes.bits());
        out.varint(s.modes.savedBits());
        sets(out, s.sets.sets(), s.sets.left(), s.sets.right());
        out.varint(s.sets.single() + 1);
        saved(out, s.savedPrimary);
        saved(out, s.savedAlternate);
        for (int x = 0; x < s.columns(); x++) out.put(s.tabs.isSet(x) ? 1 : 0);
        out.varint(s.palette.changed().size());
        for (Map.Entry<Integer, Integer> colour : s.palette.changed().entrySet()) {
            out.varint(colour.getKey());
            out.varint(colour.getValue());
        }
        stack(out, s.keyboard.primary);
        stack(out, s.keyboard.alternate);
        out.varint(s.keyboard.modifyOtherKeys);
        out.varint(s.keyboard.formatOtherKeys);
        out.string(s.titles.title);
        out.string(s.titles.icon);
        texts(out, s.titles.titleStack);
        texts(out, s.titles.iconStack);
        rows(out, s.primary);
        rows(out, s.alternate);
        return out.toArray();
    }

    private static void sets(Bytes out, List<CharacterSet> sets, int left, int right) {
        for (CharacterSet set : sets) out.varint((long) set.id() << 1 | (set.is96() ? 1 : 0));
        out.varint(left);
        out.varint(right);
    }

    private static void saved(Bytes out, SavedCursor saved) {
        out.varint(saved.x());
        out.varint(saved.y());
        out.put((saved.pendingWrap() ? 1 : 0) | (saved.origin() ? 2 : 0));
        StyleCodec.write(out, saved.style());
        sets(out, saved.sets(), saved.left(), saved.right());
    }

    private static void stack(Bytes out, Keyboard.Stack stack) {
        out.varint(stack.flags);
        out.varint(stack.below.size());
        for (int flags : stack.below) out.varint(flags);
    }

    private static void texts(Bytes out, Deque<String> texts) {
        out.varint(texts.size());
        for (String text : texts) out.string(text);
    }

    private static void rows(Bytes out, Grid grid) {
        for (int y = 0; y < grid.rows(); y++) {
            Row row = grid.row(y);
            int head = (row.wrapped ? 1 : 0) | (row.spacer ? 2 : 0) | row.lineSize << 2;
            out.varint(head | row.marks.length << 4);
            for (long mark : row.marks) out.varint(mark);
        }
    }

    /**
     * Sets everything; the grids have their size and cells already.
     *
     * @throws IllegalArgumentException if the bytes are of another version or damaged
     */
    static void read(byte[] bytes, State s) {
        var in = new Bytes.Reader(bytes, 0, bytes.length);
        if (in.varint() != Screen.VERSION
                || in.varint() != s.columns()
                || in.varint() != s.rows()) {
            throw new IllegalArgumentException("another version or size");
        }
        s.grid = in.get() == 1 ? s.alternate : s.primary;
        s.x = in.varint(s.columns() - 1);
        s.y = in.varint(s.rows() - 1);
        int flags = in.get();
        s.pendingWrap = (flags & 1) != 0;
        s.canJoin = (flags & 2) != 0;
        s.rectangles = (flags & 4) != 0;
        s.lastGraphic = in.varint(Character.MAX_CODE_POINT);
        s.pen.set(StyleCodec.read(in));
        s.penChanged();
        s.cursorShape = in.varint(6);
        margins(in, s);
        s.modes.bits(in.varint(), in.varint());
        List<CharacterSet> sets = sets(in);
        s.sets.restore(sets, in.varint(3), in.varint(3), in.varint(4) - 1);
        s.savedPrimary = saved(in);
        s.savedAlternate = saved(in);
        s.tabs.clearAll();
        for (int x = 0; x < s.columns(); x++) if (in.get() == 1) s.tabs.set(x);
        s.palette.reset();
        int colours = in.varint(Palette.INDEXED + 256);
        for (int i = 0; i < colours; i++) {
            int which = in.varint(Palette.INDEXED + 255);
            s.palette.set(which, in.varint(0xffffff));
        }
        stack(in, s.keyboard.primary);
        stack(in, s.keyboard.alternate);
        s.keyboard.modifyOtherKeys = in.varint(2);
        s.keyboard.formatOtherKeys = in.varint(1);
        s.titles.title = in.string(MAX_TEXT);
        s.titles.icon = in.string(MAX_TEXT);
        texts(in, s.titles.titleStack);
        texts(in, s.titles.iconStack);
        rows(in, s.primary);
        rows(in, s.alternate);
    }

    private static void margins(Bytes.Reader in, State s) {
        int top = in.varint(s.rows() - 1);
        int bottom = in.varint(s.rows());
        int left = in.varint(s.columns() - 1);
        int right = in.varint(s.columns());
        if (top >= bottom || left >= right) throw new IllegalArgumentException("margins");
        s.top = top;
        s.bottom = bottom;
        s.left = left;
        s.right = right;
    }

    private static List<CharacterSet> sets(Bytes.Reader in) {
        List<CharacterSet> sets = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            int packed = in.varint(0x1ffff);
            CharacterSet set = CharacterSet.of(packed >> 1, (packed & 1) != 0);
            if (set == null) throw new IllegalArgumentException("character set " + packed);
            sets.add(set);
        }
        return sets;
    }

    private static SavedCursor saved(Bytes.Reader in) {
        int x = in.varint(MAX_SIZE);
        int y = in.varint(MAX_SIZE);
        int flags = in.get();
        Style style = StyleCodec.read(in);
        List<CharacterSet> sets = sets(in);
        int left = in.varint(3);
        int right = in.varint(3);
        return new SavedCursor(x, y, (flags & 1) != 0, (flags & 2) != 0, style, sets, left, right);
    }

    private static void stack(Bytes.Reader in, Keyboard.Stack stack) {
        stack.reset();
        stack.flags = in.varint(Keyboard.ALL_FLAGS);
        int depth = in.varint(Keyboard.MAX_DEPTH);
        for (int i = 0; i < depth; i++) stack.below.addLast(in.varint(Keyboard.ALL_FLAGS));
    }

    private static void texts(Bytes.Reader in, Deque<String> texts) {
        List<String> read = new ArrayList<>();
        int count = in.varint(Titles.MAX_DEPTH);
        for (int i = 0; i < count; i++) read.add(in.string(MAX_TEXT));
        texts.clear();
        texts.addAll(read);
    }

    private static void rows(Bytes.Reader in, Grid grid) {
        for (int y = 0; y < grid.rows(); y++) {
            Row row = grid.row(y);
            int head = in.varint(LineMarks.MAX << 4 | 0xf);
            row.wrapped = (head & 1) != 0;
            row.spacer = (head & 2) != 0;
            row.lineSize = head >> 2 & 3;
            row.clearMarks();
            for (int i = head >> 4; i > 0; i--) {
                long mark = in.varint();
                row.addMark(
                        LineMarks.pack(
                                (int) Math.min(mark >>> 40, MAX_SIZE),
                                LineMarks.kind((int) (mark >>> 32) & 0xff),
                                (int) mark));
            }
        }
    }
}
