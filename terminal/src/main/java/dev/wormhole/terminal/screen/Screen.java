package dev.wormhole.terminal.screen;

import dev.wormhole.terminal.KeyModes;
import dev.wormhole.terminal.MouseModes;
import dev.wormhole.terminal.Parser;

import java.util.Map;

/**
 * A terminal's screen: feed it output and it is what the program drew. It parses, keeps both grids,
 * the scrollback, modes, colours and cursor, and tells its listener what is to be heard outside.
 *
 * <p>The same output with the same sizes at the same places makes equal screens, however it is
 * split. Nothing that output may contain makes it throw or grow without bound.
 *
 * <p>Owned by the thread that feeds it.
 */
public final class Screen {

    /** Version of the screen's behaviour: two screens of one version agree on every output. */
    public static final int VERSION = 1;

    /** Lines of scrollback unless told. */
    public static final int DEFAULT_HISTORY = 10_000;

    /** The least and the most that a size may be; DESIGN's limits of the wire. */
    public static final int MIN_COLUMNS = 2;

    public static final int MAX_COLUMNS = 2000;
    public static final int MAX_ROWS = 1000;

    private final State s;
    private final Commands commands;
    private Parser parser;

    /**
     * An empty screen.
     *
     * @param columns 2 to 2000
     * @param rows 1 to 1000
     * @param historyLines how many lines of scrollback are kept, 0 or more
     */
    public Screen(int columns, int rows, int historyLines, ScreenListener listener) {
        checkSize(columns, rows);
        if (historyLines < 0) throw new IllegalArgumentException("historyLines: " + historyLines);
        s = new State(columns, rows, historyLines, listener);
        commands = new Commands(s);
        parser = new Parser(commands);
    }

    private static void checkSize(int columns, int rows) {
        if (columns < MIN_COLUMNS || columns > MAX_COLUMNS || rows < 1 || rows > MAX_ROWS) {
            throw new IllegalArgumentException("size: " + columns + "x" + rows);
        }
    }

    /** Who hears from now on. */
    public void listener(ScreenListener listener) {
        s.listener = listener;
    }

    /** Takes output; a sequence or character may be split anywhere between calls. */
    public void feed(byte[] bytes, int offset, int length) {
        parser.feed(bytes, offset, length);
    }

    /**
     * Changes the size here in the stream; the primary screen reflows.
     *
     * @throws IllegalArgumentException beyond the limits
     */
    public void resize(int columns, int rows) {
        checkSize(columns, rows);
        if (columns == columns() && rows == rows()) return;
        boolean isAlternate = s.isAlternate();
        SavedCursor saved = s.savedPrimary;
        var savedPlace = new Reflow.Place(saved.x(), saved.y(), saved.pendingWrap());
        var cursor = isAlternate ? savedPlace : new Reflow.Place(s.x, s.y, s.pendingWrap);
        clamp(savedPlace);
        new Reflow(s, columns, rows, cursor, savedPlace).run();
        s.savedPrimary = saved.at(savedPlace.x, savedPlace.y, savedPlace.pending);
        s.alternate.crop(columns, rows);
        if (isAlternate) {
            if (s.x >= columns) s.pendingWrap = false;
            s.x = Math.min(s.x, columns - 1);
            s.y = Math.min(s.y, rows - 1);
            if (s.x != columns - 1) s.pendingWrap = false;
        } else {
            s.x = cursor.x;
            s.y = cursor.y;
            s.pendingWrap = cursor.pending;
        }
        s.resetMargins();
        s.tabs.resize(columns);
        s.canJoin = false;
        if (s.is(Mode.RESIZE_REPORTS)) commands.reports().size();
    }

    private void clamp(Reflow.Place place) {
        place.x = Math.min(place.x, columns() - 1);
        place.y = Math.min(place.y, rows() - 1);
    }

    /** As after creation, with the present size and limits; numbers of lines begin anew. */
    public void reset() {
        parser = new Parser(commands);
        s.restoring = false;
        s.recorder = null;
        Resets.full(s);
        s.history.restart(0, false);
    }

    // ---- snapshots

    /**
     * Bytes that make another screen equal to this one, see {@link #beginSnapshot}; other terminals
     * show the same after a reset. Equal screens have equal snapshots.
     */
    public byte[] snapshot(SnapshotDepth depth) {
        return new SnapshotWriter(s).write(depth, parser.unfinished());
    }

    /**
     * The bytes fed until {@link #endSnapshot} are a snapshot: resets what the snapshot will tell.
     *
     * @param columns the size at which it was taken
     * @param keepHistory the scrollback stays as it is, but for what the snapshot tells
     */
    public void beginSnapshot(int columns, int rows, boolean keepHistory) {
        checkSize(columns, rows);
        parser = new Parser(commands);
        s.recorder = null;
        s.primary.crop(columns, rows);
        s.alternate.crop(columns, rows);
        s.tabs.resize(columns);
        Resets.full(s);
        s.restoring = true;
        s.keepHistory = keepHistory;
        if (!keepHistory) s.history.restart(0, false);
    }

    public void endSnapshot() {
        s.restoring = false;
        s.keepHistory = false;
        s.recorder = null;
        commands.endSnapshot();
    }

    /**
     * A hash of everything that a {@link SnapshotDepth#RECENT} snapshot carries; equal screens have
     * equal ones, on every machine. As expensive as a snapshot.
     */
    public long hash() {
        // FNV-1a, 64 bits: no secret is kept by it.
        long hash = 0xcbf29ce484222325L;
        for (byte b : snapshot(SnapshotDepth.RECENT)) hash = (hash ^ (b & 0xff)) * 0x100000001b3L;
        return hash;
    }

    /**
     * Output that takes back what a program that is gone has set and not reset: alternate screen,
     * margins, rendition, character sets, modes, keyboard; empty where it left nothing. The text
     * stays. CAN has to stand before it, because it may have died inside a sequence; the cursor's
     * shape ({@link #cursorShape}) is left to the caller.
     */
    public String leftovers() {
        return Leftovers.of(s);
    }

    /** What only a person's terminal knows; queries are answered from it. */
    public void facts(TerminalFacts facts) {
        TerminalFacts before = s.facts;
        s.facts = facts;
        if (s.is(Mode.FOCUS) && before.focused() != facts.focused()) commands.reports().focus();
        if (s.is(Mode.SCHEME_UPDATES) && before.dark() != facts.dark()) commands.reports().scheme();
    }

    // ---- looking at it

    public int columns() {
        return s.columns();
    }

    public int rows() {
        return s.rows();
    }

    /** 0-based. */
    public int cursorRow() {
        return s.y;
    }

    /** 0-based; on the last column while a wrap is pending. */
    public int cursorColumn() {
        return s.x;
    }

    /** The next character goes to the next row first. */
    public boolean isWrapPending() {
        return s.pendingWrap;
    }

    public boolean isCursorVisible() {
        return s.is(Mode.CURSOR_VISIBLE);
    }

    /** DECSCUSR: 0 the user's own, 1 and 2 block, 3 and 4 underline, 5 and 6 bar; even: steady. */
    public int cursorShape() {
        return s.cursorShape;
    }

    public boolean isAlternate() {
        return s.isAlternate();
    }

    /** Mode 2026: the program is in the midst of a picture. */
    public boolean isSynchronized() {
        return s.is(Mode.SYNCHRONIZED);
    }

    public boolean isReverseVideo() {
        return s.is(Mode.REVERSE_VIDEO);
    }

    public boolean isBracketedPaste() {
        return s.is(Mode.BRACKETED_PASTE);
    }

    public boolean wantsFocusReports() {
        return s.is(Mode.FOCUS);
    }

    /** Whether the wheel sends arrows on the alternate screen when no mouse tracking is on. */
    public boolean isAlternateScroll() {
        return s.is(Mode.ALTERNATE_SCROLL);
    }

    /** Mode 2027: characters join into grapheme clusters. */
    public boolean isJoiningGraphemes() {
        return s.is(Mode.GRAPHEMES);
    }

    public MouseModes mouseModes() {
        return s.modes.mouse();
    }

    public KeyModes keyModes() {
        return KeyModes.DEFAULT
                .withApplicationCursor(s.is(Mode.APPLICATION_CURSOR))
                .withApplicationKeypad(s.is(Mode.APPLICATION_KEYPAD))
                .withNewline(s.is(Mode.NEWLINE))
                .withBackarrowIsBackspace(s.is(Mode.BACKARROW))
                .withAltSendsEscape(s.is(Mode.META_SENDS_ESCAPE))
                .withKittyFlags(s.keyboardStack().flags)
                .withModifyOtherKeys(s.keyboard.modifyOtherKeys)
                .withFormatOtherKeys(s.keyboard.formatOtherKeys);
    }

    public String title() {
        return s.titles.title;
    }

    /** The colour of a number of OSC 10 to 19, where a program changed it; else -1. */
    public int dynamicColour(int number) {
        return s.palette.changed().getOrDefault(number, -1);
    }

    /** The colour of a palette index, where a program changed it; else -1. */
    public int paletteColour(int index) {
        return s.palette.changed().getOrDefault(Palette.INDEXED + index, -1);
    }

    /**
     * The colours that a program has changed, 0xRRGGBB: of OSC 10 to 19 by their numbers, of the
     * palette by 256 + index.
     */
    public Map<Integer, Integer> changedColours() {
        Map<Integer, Integer> changed = s.palette.changed();
        return changed.isEmpty() ? Map.of() : Map.copyOf(changed);
    }

    /** The colour of a palette index, 0 to 255, where neither theme nor program has another. */
    public static int standardColour(int index) {
        return Palette.standard(index);
    }

    /** Whether the row's text goes on in the next one. */
    public boolean isWrapped(int row) {
        return s.grid.row(row).wrapped;
    }

    /** 0 single width, 1 double width, 2 and 3 upper and lower half of double height. */
    public int lineSize(int row) {
        return s.grid.row(row).lineSize;
    }

    /** Tells the cells of a row of the visible grid, up to the last that is not blank. */
    public void row(int row, LineSink sink) {
        Row cells = s.grid.row(row);
        for (long mark : cells.marks) {
            sink.mark(LineMarks.column(mark), LineMarks.kind(mark), LineMarks.exitCode(mark));
        }
        int used = cells.used();
        int[] single = new int[1];
        for (int x = 0; x < used; x++) {
            long cell = cells.cells[x];
            if (Cells.isTail(cell)) continue;
            Style style = s.styles.get(Cells.style(cell));
            if (Cells.isBlank(cell)) {
                sink.blanks(1, style);
            } else if (Cells.isCluster(cell)) {
                int[] text = s.clusters.get(Cells.value(cell));
                sink.cell(text, text.length, Cells.isWide(cell), style);
            } else {
                single[0] = Cells.value(cell);
                sink.cell(single, 1, Cells.isWide(cell), style);
            }
        }
    }

    /** A row of the visible grid as text, without trailing blanks. */
    public String text(int row) {
        var text = new LineText();
        row(row, text);
        return text.toString().stripTrailing();
    }

    /** The text as it is now, for search and extraction on other threads. */
    public ScreenCopy copy() {
        return ScreenCopy.of(s);
    }

    /** Forgets the scrollback, as ED 3 does. */
    public void clearHistory() {
        s.history.clear();
    }

    /** The scrollback. */
    public History history() {
        return s.history;
    }

    /** For tests: the state itself. */
    State state() {
        return s;
    }
}
