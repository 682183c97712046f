package dev.wormhole.terminal.screen;

import java.util.List;
import java.util.Objects;

/**
 * Two screens that see the same output in different pieces, and have to stay equal.
 *
 * <p>Owned by the thread that made it.
 */
final class ScreenPair {

    private final int historyLimit;
    private final EventLog wholeLog = new EventLog();
    private final EventLog splitLog = new EventLog();
    private final Screen whole;
    private Screen split;

    ScreenPair(int columns, int rows, int historyLimit) {
        this.historyLimit = historyLimit;
        whole = new Screen(columns, rows, historyLimit, wholeLog);
        split = new Screen(columns, rows, historyLimit, splitLog);
    }

    void feed(byte[] bytes, List<byte[]> pieces) {
        whole.feed(bytes, 0, bytes.length);
        for (byte[] piece : pieces) split.feed(piece, 0, piece.length);
    }

    void resize(int columns, int rows) {
        whole.resize(columns, rows);
        split.resize(columns, rows);
    }

    /** The second screen goes on as one that was rebuilt from a snapshot of it. */
    void rebuild() {
        byte[] snapshot = split.snapshot(SnapshotDepth.ALL);
        var rebuilt = new Screen(split.columns(), split.rows(), historyLimit, splitLog);
        rebuilt.beginSnapshot(split.columns(), split.rows(), false);
        rebuilt.feed(snapshot, 0, snapshot.length);
        rebuilt.endSnapshot();
        split = rebuilt;
    }

    void check() {
        same("replies", splitLog.replies(), wholeLog.replies());
        same("events", splitLog.events(), wholeLog.events());
        same("rows", ScreenText.rows(split), ScreenText.rows(whole));
        checkReplies(wholeLog.replies());
        GridCheck.check(whole.state());
        GridCheck.check(split.state());
        checkBounds(whole);
        wholeLog.clear();
        splitLog.clear();
    }

    /** All that a snapshot would carry, and the whole scrollback: much, so not after every step. */
    void checkEverything() {
        same("hash", split.hash(), whole.hash());
        same("history", ScreenText.history(split), ScreenText.history(whole));
    }

    /** Plain, so that the long run needs no library. */
    private static void same(String what, Object split, Object whole) {
        if (Objects.equals(split, whole)) return;
        throw new AssertionError(
                "%s differ%n  whole: %s%n  split: %s".formatted(what, whole, split));
    }

    /** Sequences of printable ASCII; a BEL may end one. */
    private static void checkReplies(String replies) {
        char before = '\007';
        for (int i = 0; i < replies.length(); i++) {
            char c = replies.charAt(i);
            boolean isPrintable = c >= ' ' && c <= '~';
            if (c != '\033' && (before == '\007' || !(isPrintable || c == '\007'))) {
                throw new AssertionError("replies of no known grammar: " + replies);
            }
            before = c;
        }
        if (replies.contains(HostileOutput.BAIT)) {
            throw new AssertionError("what the program wrote would be typed: " + replies);
        }
    }

    private void checkBounds(Screen screen) {
        History history = screen.history();
        long lines = history.endLine() - history.firstLine();
        if (lines < 0 || lines > historyLimit) throw new AssertionError("history: " + lines);
        String title = screen.title();
        if (title.codePointCount(0, title.length()) > 256) {
            throw new AssertionError("title: " + title.length());
        }
    }
}
