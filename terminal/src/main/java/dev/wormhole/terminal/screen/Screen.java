package dev.wormhole.terminal.screen;

/**
 * A terminal's screen: feed it output and it is what the program drew.
 *
 * <p>Owned by the thread that feeds it.
 */
public final class Screen {

    /** Version of the screen's behaviour: two screens of one version agree on every output. */
    public static final int VERSION = 1;

    /** Lines of scrollback unless told. */
    public static final int DEFAULT_HISTORY = 10_000;

    /**
     * An empty screen.
     *
     * @param columns 2 to 2000
     * @param rows 1 to 1000
     * @param historyLines how many lines of scrollback are kept, 0 or more
     */
    public Screen(int columns, int rows, int historyLines, ScreenListener listener) {}

    /** Takes output; a sequence or character may be split anywhere between calls. */
    public void feed(byte[] bytes, int offset, int length) {}

    /** Changes the size here in the stream; the primary screen reflows. */
    public void resize(int columns, int rows) {}

    /** As after creation, with the present size and limits; numbers of lines begin anew. */
    public void reset() {}

    /**
     * The bytes fed until {@link #endSnapshot} are a snapshot: resets what the snapshot will tell.
     *
     * @param columns the size at which it was taken
     * @param keepHistory the scrollback stays as it is
     */
    public void beginSnapshot(int columns, int rows, boolean keepHistory) {}

    public void endSnapshot() {}

    /** Bytes that make another screen equal to this one, see {@link #beginSnapshot}. */
    public byte[] snapshot(SnapshotDepth depth) {
        return new byte[0];
    }

    /**
     * A hash of everything that a {@link SnapshotDepth#RECENT} snapshot carries; equal screens have
     * equal ones, on every machine.
     */
    public long hash() {
        return 0;
    }

    /** What only a person's terminal knows; queries are answered from it. */
    public void facts(TerminalFacts facts) {}

    public int columns() {
        return 0;
    }

    public int rows() {
        return 0;
    }

    /** 0-based. */
    public int cursorRow() {
        return 0;
    }

    /** 0-based; {@code columns() - 1} while a wrap is pending. */
    public int cursorColumn() {
        return 0;
    }

    public boolean isAlternate() {
        return false;
    }

    public String title() {
        return "";
    }

    /** A row of the visible grid as text, without trailing blanks. */
    public String text(int row) {
        return "";
    }

    /** The scrollback. */
    public History history() {
        throw new UnsupportedOperationException("not yet");
    }
}
