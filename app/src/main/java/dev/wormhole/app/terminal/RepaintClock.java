package dev.wormhole.app.terminal;

import dev.wormhole.app.fx.FxThread;
import dev.wormhole.app.fx.Pulses;

import javafx.animation.AnimationTimer;

import java.util.concurrent.atomic.AtomicLong;

/**
 * When a terminal is painted: at once when something changed after a rest, at the next pulse while
 * it goes on changing, and not at all while nothing changes or nobody sees it.
 *
 * <p>Owned by the FX thread; {@link #request} may be called from any.
 */
final class RepaintClock {

    /** Painting gets at most a third of the FX thread. */
    private static final int REST_PER_WORK = 2;

    private final Runnable paint;
    private final AnimationTimer timer =
            new AnimationTimer() {
                @Override
                public void handle(long now) {
                    pulse();
                }
            };

    private volatile boolean wanted;
    private volatile boolean active = true;
    private volatile boolean running;

    // Owned by the FX thread.
    private long notBefore = System.nanoTime();
    private final AtomicLong paints = new AtomicLong();

    RepaintClock(Runnable paint) {
        this.paint = paint;
    }

    /** Cheap when asked for already: the painter asks for every picture that came. */
    void request() {
        if (wanted) return;
        wanted = true;
        if (active) FxThread.run(this::start);
    }

    void active(boolean active) {
        this.active = active;
        if (active) {
            wanted = true;
            start();
        } else {
            stop();
        }
    }

    /** Nothing is wanted and no pulse is waited for. */
    boolean isAtRest() {
        return !wanted && !running;
    }

    private void start() {
        if (!active) return;
        if (!running) timer.start();
        running = true;
        Pulses.now();
    }

    private void stop() {
        running = false;
        timer.stop();
    }

    /** How often was painted; readable from any thread. */
    long paints() {
        return paints.get();
    }

    private void pulse() {
        long begun = System.nanoTime();
        if (begun - notBefore < 0) return;
        if (!wanted) {
            stop();
            return;
        }
        wanted = false;
        paints.incrementAndGet();
        paint.run();
        long ended = System.nanoTime();
        notBefore = ended + REST_PER_WORK * (ended - begun);
    }
}
