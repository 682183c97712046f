package dev.wormhole.app.fx;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

/**
 * Runs something again and again on the FX thread. Other than an animation it leaves JavaFX's own
 * clock alone: with one running, that would wake the window at every pulse, hundreds of times for
 * one blink of a cursor.
 *
 * <p>Owned by the FX thread.
 */
public final class Beat {

    private static final ScheduledExecutorService CLOCK =
            Executors.newSingleThreadScheduledExecutor(
                    Thread.ofPlatform().daemon().name("beat").factory());

    private final long nanos;
    private final Runnable action;
    private @Nullable ScheduledFuture<?> running;

    /** Counts starts and stops: what was on its way to the FX thread then is void. */
    private int era;

    /**
     * @param every time from one run to the next
     */
    public Beat(Duration every, Runnable action) {
        nanos = every.toNanos();
        this.action = action;
    }

    /** From now on; one that runs begins anew. The first run is one beat from now. */
    public void start() {
        stop();
        int mine = era;
        running =
                CLOCK.scheduleAtFixedRate(
                        () -> FxThread.later(() -> beat(mine)), nanos, nanos, TimeUnit.NANOSECONDS);
    }

    /** After this nothing runs any more. */
    public void stop() {
        era++;
        if (running != null) running.cancel(false);
        running = null;
    }

    private void beat(int since) {
        if (since == era) action.run();
    }
}
