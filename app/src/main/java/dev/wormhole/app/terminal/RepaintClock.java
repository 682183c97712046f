package dev.wormhole.app.terminal;

import dev.wormhole.app.fx.Frames;
import dev.wormhole.app.fx.FxThread;
import dev.wormhole.app.fx.Pulses;
import dev.wormhole.app.fx.RestingClock;

import javafx.animation.AnimationTimer;

import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;

/**
 * When a terminal is painted: at once when something changed after a rest, at the next pulse while
 * it goes on changing, together with others that do once it floods ({@link Frames}), and not at all
 * while nothing changes or nobody sees it.
 *
 * <p>Owned by the FX thread; {@link #request} may be called from any.
 */
final class RepaintClock {

    /** As many paints within {@link #FLOOD_NANOS} are a flood. */
    private static final int FLOOD = 4;

    private static final long FLOOD_NANOS = 500_000_000;

    /** What somebody types into is no flood for so long: what it prints is an answer. */
    private static final long TYPED_NANOS = 200_000_000;

    private final Runnable paint;
    private final BooleanSupplier skips;
    private final AnimationTimer timer =
            new AnimationTimer() {
                @Override
                public void handle(long now) {
                    pulse(now);
                }
            };

    private volatile boolean wanted;
    private volatile boolean active = true;
    private volatile boolean running;

    // Owned by the FX thread.
    private final long[] recent = new long[FLOOD];
    private long typed = System.nanoTime() - TYPED_NANOS;
    private final AtomicLong paints = new AtomicLong();

    /**
     * @param skips whether more changes than is painted anyway
     */
    RepaintClock(Runnable paint, BooleanSupplier skips) {
        this.paint = paint;
        this.skips = skips;
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

    /** Something was sent to the program. On the FX thread. */
    void typed() {
        typed = System.nanoTime();
    }

    /** Nothing is wanted and no pulse is waited for. */
    boolean isAtRest() {
        return !wanted && !running;
    }

    private void start() {
        if (!active) return;
        if (!running) timer.start();
        running = true;
        // A flood takes the clock's own ticks, and keeps it from resting.
        if (floods()) RestingClock.awake();
        else Pulses.now();
    }

    private void stop() {
        running = false;
        timer.stop();
    }

    /** How often was painted; readable from any thread. */
    long paints() {
        return paints.get();
    }

    /** Whether it changes all the time, and nobody types into it. On the FX thread. */
    boolean floods() {
        long now = System.nanoTime();
        int oldest = (int) (paints.get() % FLOOD);
        return paints.get() >= FLOOD
                && now - recent[oldest] < FLOOD_NANOS
                && now - typed >= TYPED_NANOS;
    }

    private void pulse(long now) {
        if (!wanted) {
            stop();
            return;
        }
        boolean floods = floods();
        if (!Frames.mayPaint(now, floods)) return;
        wanted = false;
        recent[(int) (paints.getAndIncrement() % FLOOD)] = System.nanoTime();
        paint.run();
        if (floods) Frames.flooded(skips.getAsBoolean());
    }
}
