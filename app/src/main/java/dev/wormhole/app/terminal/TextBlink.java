package dev.wormhole.app.terminal;

import dev.wormhole.app.fx.FxThread;
import dev.wormhole.terminal.screen.Style;
import dev.wormhole.terminal.screen.ViewRow;

import java.util.Arrays;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;

/**
 * Text that blinks (SGR 5 and 6), at xterm's pace. The cells whose text is not seen at the moment
 * are marked {@link Highlights#HIDDEN}, so only their rows are painted anew; while no such text is
 * seen, nothing waits for anything.
 *
 * <p>Owned by the FX thread.
 */
final class TextBlink {

    private static final int SHOWN_MILLIS = 600;
    private static final int HIDDEN_MILLIS = 300;

    private final Runnable changed;
    private final Executor afterShown = after(SHOWN_MILLIS);
    private final Executor afterHidden = after(HIDDEN_MILLIS);

    /** The blinking cells of the rows that are seen and have some. */
    private IdentityHashMap<ViewRow, int[]> cells = new IdentityHashMap<>();

    private boolean isAllowed = true;
    private boolean isActive = true;
    private boolean isHidden;

    /** Counts the beats, so that one that was called off is known when it comes. */
    private int beat;

    private boolean isBeating;

    /**
     * @param changed hears that other cells are hidden than before
     */
    TextBlink(Runnable changed) {
        this.changed = changed;
    }

    private static Executor after(int millis) {
        return CompletableFuture.delayedExecutor(millis, TimeUnit.MILLISECONDS, FxThread::later);
    }

    /** Whether people want text to blink. */
    void allow(boolean allowed) {
        isAllowed = allowed;
        update();
    }

    /** Whether anything is painted. */
    void active(boolean active) {
        isActive = active;
        update();
    }

    /** These rows are seen from now on. */
    void show(List<ViewRow> rows) {
        IdentityHashMap<ViewRow, int[]> found = new IdentityHashMap<>();
        for (ViewRow row : rows) {
            int[] ofRow = blinking(row);
            if (ofRow.length > 0) found.put(row, ofRow);
        }
        cells = found;
        update();
    }

    /** Whether a beat is waited for. */
    boolean isBeating() {
        return isBeating;
    }

    /** The cells of a row whose text is not seen now, as {@link Highlights} tells them. */
    int[] of(ViewRow row) {
        return isHidden ? cells.getOrDefault(row, Highlights.NONE) : Highlights.NONE;
    }

    private void update() {
        boolean isWanted = isAllowed && isActive && !cells.isEmpty();
        if (isWanted == isBeating) return;
        beat++;
        isBeating = isWanted;
        if (isWanted) {
            await();
        } else if (isHidden) {
            isHidden = false;
            changed.run();
        }
    }

    private void await() {
        int mine = beat;
        (isHidden ? afterHidden : afterShown).execute(() -> beat(mine));
    }

    private void beat(int mine) {
        if (mine != beat) return;
        isHidden = !isHidden;
        changed.run();
        await();
    }

    private static int[] blinking(ViewRow row) {
        int[] found = Highlights.NONE;
        for (int x = 0; x < row.used(); x++) {
            if (!row.style(x).has(Style.BLINK)) continue;
            int from = x;
            while (x < row.used() && row.style(x).has(Style.BLINK)) x++;
            found = Arrays.copyOf(found, found.length + 3);
            found[found.length - 3] = from;
            found[found.length - 2] = x;
            found[found.length - 1] = Highlights.HIDDEN;
        }
        return found;
    }
}
