package dev.wormhole.terminal.screen;

import org.jspecify.annotations.Nullable;

/**
 * Everything a screen consists of. The classes that change it (writer, motion, editing, modes,
 * strings, reports) share it; none of them keeps state of its own.
 *
 * <p>Owned by the screen's thread. Rows and columns are 0-based, ends exclusive.
 */
final class State {

    final StyleTable styles = new StyleTable();
    final ClusterTable clusters = new ClusterTable();
    final History history;
    final Grid primary;
    final Grid alternate;
    Grid grid;

    // The cursor.
    int x;
    int y;

    /** The cursor stands on the last column and the next character goes to the next row. */
    boolean pendingWrap;

    final Pen pen = new Pen();
    private int penStyle;
    private boolean penChanged;

    /** How often the numbers of styles and clusters were given anew. */
    int numbering;

    final CharacterSets sets = new CharacterSets();
    SavedCursor savedPrimary = SavedCursor.home();
    SavedCursor savedAlternate = SavedCursor.home();

    // Margins.
    int top;
    int bottom;
    int left;
    int right;

    final Modes modes = new Modes();
    final TabStops tabs;
    final Palette palette = new Palette();
    final Keyboard keyboard = new Keyboard();
    final Titles titles = new Titles();

    /** DECSCUSR, 0 to 6; 0 is the user's own. */
    int cursorShape;

    /** DECSACE: rectangles of attributes are taken as they are, not as a stream of characters. */
    boolean rectangles;

    /** What REP repeats; 0: nothing. */
    int lastGraphic;

    /** The last thing was a character: the next one may join it. */
    boolean canJoin;

    TerminalFacts facts = TerminalFacts.UNKNOWN;
    ScreenListener listener;

    /** A snapshot is being fed: nothing leaves the screen. */
    boolean restoring;

    /** That snapshot leaves the scrollback as it is. */
    boolean keepHistory;

    /** The lines of a snapshot's scrollback go here, not onto the grid. */
    @Nullable LineRecorder recorder;

    State(int columns, int rows, int historyLines, ScreenListener listener) {
        history = new History(historyLines, styles, clusters);
        primary = new Grid(columns, rows);
        alternate = new Grid(columns, rows);
        grid = primary;
        tabs = new TabStops(columns);
        this.listener = listener;
        resetMargins();
    }

    int columns() {
        return grid.columns();
    }

    int rows() {
        return grid.rows();
    }

    boolean isAlternate() {
        return grid == alternate;
    }

    boolean is(Mode mode) {
        return modes.is(mode);
    }

    void resetMargins() {
        top = 0;
        bottom = rows();
        left = 0;
        right = columns();
    }

    boolean hasSideMargins() {
        return left > 0 || right < columns();
    }

    /** The end of what the cursor can reach from where it stands. */
    int limit() {
        int width = grid.row(y).width();
        return x < right ? Math.min(right, width) : width;
    }

    Keyboard.Stack keyboardStack() {
        return isAlternate() ? keyboard.alternate : keyboard.primary;
    }

    // ---- styles

    /** The pen was changed. */
    void penChanged() {
        penChanged = true;
    }

    /** The pen's style, as the upper half of a cell. */
    long ink() {
        if (penChanged) {
            if (styles.isFull()) sweepStyles();
            penStyle =
                    styles.id(
                            pen.foreground,
                            pen.background,
                            pen.underlineColor,
                            pen.flags,
                            pen.link);
            penChanged = false;
        }
        return Cells.styled(penStyle);
    }

    /** What erased cells become: the background alone stays (xterm's bce). */
    long eraser() {
        if (pen.background == 0) return 0;
        if (styles.isFull()) sweepStyles();
        return Cells.styled(styles.id(0, pen.background, 0, 0, null));
    }

    int cluster(int[] codePoints) {
        if (clusters.isFull()) sweepClusters();
        return clusters.id(codePoints);
    }

    /** Gives up the numbers of styles that no cell has. */
    void sweep() {
        sweepStyles();
    }

    private void sweepStyles() {
        Ids used = mark(true);
        styles.sweep(used);
        numbering++;
        history.forgetNumbers();
        penChanged = true;
    }

    private void sweepClusters() {
        clusters.sweep(mark(false));
        numbering++;
    }

    private Ids mark(boolean ofStyles) {
        var usedStyles = new Ids();
        var usedClusters = new Ids();
        // A run of text goes on with it, although it may stand in no cell yet.
        if (!penChanged) usedStyles.use(penStyle);
        mark(primary, usedStyles, usedClusters);
        mark(alternate, usedStyles, usedClusters);
        history.use(usedStyles, usedClusters);
        LineRecorder recording = recorder;
        if (recording != null) recording.use(usedStyles, usedClusters);
        return ofStyles ? usedStyles : usedClusters;
    }

    private static void mark(Grid grid, Ids styles, Ids clusters) {
        for (int y = 0; y < grid.rows(); y++) {
            for (long cell : grid.row(y).cells) {
                if (cell == 0) continue;
                styles.use(Cells.style(cell));
                if (Cells.isCluster(cell)) clusters.use(Cells.value(cell));
            }
        }
    }
}
