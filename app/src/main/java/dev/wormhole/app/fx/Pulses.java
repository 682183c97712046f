package dev.wormhole.app.fx;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodType;

/**
 * Asks JavaFX for a pulse now. Its own clock ticks 60 times a second whatever happens, so that what
 * was typed waits for 8 ms on average and 17 at worst before anything is painted of it; a faster
 * clock would wake an idle window for nothing (docs/decisions/0011).
 *
 * <p>There is no public way to do that: this calls what the clock itself calls. Where the method is
 * not to be had (another release of JavaFX, a start without {@code --add-opens}) the next tick
 * does.
 */
public final class Pulses {

    private static final Logger log = LoggerFactory.getLogger(Pulses.class);
    private static final @Nullable MethodHandle POST = find();

    /**
     * A key's echo is worth a pulse of its own, a flood is not; and each is one for the whole
     * window, whoever asks.
     */
    private static final long REST_NANOS = 12_000_000;

    // Owned by the FX thread.
    private static long last = System.nanoTime() - REST_NANOS;

    private Pulses() {}

    /**
     * A pulse follows as soon as the FX thread has done what it is doing, if an animation or a
     * change of the scene waits for one; unless somebody else asked just now: then the clock's next
     * tick does. On the FX thread.
     */
    public static void now() {
        FxThread.assertFx();
        RestingClock.awake();
        long now = System.nanoTime();
        if (POST == null || now - last < REST_NANOS) return;
        last = now;
        try {
            POST.invoke();
        } catch (Throwable e) {
            throw new IllegalStateException("JavaFX took no pulse", e);
        }
    }

    /** Whether {@link #now} does anything. */
    public static boolean arePrompt() {
        return POST != null;
    }

    private static @Nullable MethodHandle find() {
        try {
            Object toolkit = Quantum.toolkit();
            Class<?> type = toolkit.getClass();
            return Quantum.inside(type)
                    .findVirtual(type, "postPulse", MethodType.methodType(void.class))
                    .bindTo(toolkit);
        } catch (ReflectiveOperationException | RuntimeException e) {
            log.info("window: keys are painted at the clock's next tick: {}", e.toString());
            return null;
        }
    }
}
