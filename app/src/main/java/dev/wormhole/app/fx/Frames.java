package dev.wormhole.app.fx;

/**
 * At which pulses the panes of the window are painted. Painting at a pulse while the renderer still
 * draws would make the FX thread wait for it, so nothing is painted then. Panes that change all the
 * time are painted together. Where more comes than can be shown they rest afterwards for as long as
 * their frame took: that leaves room to what somebody types, and to the flood itself
 * (docs/decisions/0016).
 *
 * <p>Owned by the FX thread.
 */
public final class Frames {

    /** What is said once for all panes at a pulse. */
    private enum Turn {
        NOBODY,
        CALM,
        ALL
    }

    private static long pulse = -1;
    private static Turn turn = Turn.NOBODY;

    /** Panes that flood are being drawn. */
    private static boolean isFloodDrawn;

    /** One of them leaves out output. */
    private static boolean skips;

    private static long floodNotBefore = System.nanoTime();

    /** Somebody hears when the renderer is idle. */
    private static boolean isAwaited;

    private Frames() {}

    /**
     * Whether a pane may be painted at this pulse. If not because the renderer is busy, another
     * pulse follows as soon as it is not.
     *
     * @param pulse as an {@link javafx.animation.AnimationTimer} is told it: the same for all panes
     * @param floods whether it changes all the time and nobody types into it
     */
    public static boolean mayPaint(long pulse, boolean floods) {
        FxThread.assertFx();
        if (pulse != Frames.pulse) {
            Frames.pulse = pulse;
            turn = turn();
        }
        return turn == Turn.ALL || (turn == Turn.CALM && !floods);
    }

    private static Turn turn() {
        if (Renderer.isBusy()) {
            if (!isAwaited) Renderer.whenDrawn(Frames::drawn);
            isAwaited = true;
            return Turn.NOBODY;
        }
        boolean isRest = isFloodDrawn || System.nanoTime() - floodNotBefore < 0;
        return isRest ? Turn.CALM : Turn.ALL;
    }

    private static void drawn() {
        isAwaited = false;
        Pulses.now();
    }

    /**
     * A pane that floods was painted at this pulse.
     *
     * @param leavesOut whether more comes to it than it shows
     */
    public static void flooded(boolean leavesOut) {
        FxThread.assertFx();
        skips |= leavesOut;
        if (isFloodDrawn) return;
        isFloodDrawn = true;
        long begun = System.nanoTime();
        // What this pulse changed goes to the renderer when it ends.
        FxThread.later(() -> Renderer.whenDrawn(() -> floodDrawn(begun)));
    }

    private static void floodDrawn(long begun) {
        long now = System.nanoTime();
        floodNotBefore = skips ? now + (now - begun) : now;
        isFloodDrawn = false;
        skips = false;
    }
}
