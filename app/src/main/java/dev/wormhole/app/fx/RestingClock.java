package dev.wormhole.app.fx;

import javafx.collections.ListChangeListener;
import javafx.event.EventHandler;
import javafx.scene.input.InputEvent;
import javafx.stage.Window;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.time.Duration;

/**
 * Slows JavaFX's own clock down while nothing happens: on Linux it wakes the FX thread 60 times a
 * second whether there is anything to paint or not, which is most of what an idle window costs
 * (docs/decisions/0011).
 *
 * <p>There is no public way: this starts the clock's timer anew, as JavaFX itself does. Where that
 * is not to be had, the clock goes on as it is.
 *
 * <p>Owned by the FX thread.
 */
public final class RestingClock {

    private static final Logger log = LoggerFactory.getLogger(RestingClock.class);

    /** After so long without input, a pulse that was asked for, or an animation. */
    private static final Duration PATIENCE = Duration.ofSeconds(2);

    /** What nobody asked a pulse for, such as a cursor that blinks, is seen so much later. */
    private static final int RESTING_MILLIS = 100;

    private static final EventHandler<InputEvent> WAKING = _ -> awake();

    /** The parts of JavaFX that are used: its timer's start, its period, and what animates. */
    private record Parts(MethodHandle start, int millis, MethodHandle animates) {}

    private static final @Nullable Parts PARTS = find();

    private static final Beat LOOK = new Beat(PATIENCE, RestingClock::look);

    private static boolean rests;
    private static boolean began;
    private static long last;

    private RestingClock() {}

    /** To be called once: from then on the clock of this program rests when its windows do. */
    public static void begin() {
        FxThread.assertFx();
        if (PARTS == null || began) return;
        began = true;
        Window.getWindows().forEach(RestingClock::hear);
        Window.getWindows()
                .addListener(
                        (ListChangeListener<Window>)
                                change -> {
                                    while (change.next()) {
                                        change.getRemoved().forEach(RestingClock::leave);
                                        change.getAddedSubList().forEach(RestingClock::hear);
                                    }
                                });
        last = System.nanoTime();
        LOOK.start();
    }

    private static void hear(Window window) {
        window.addEventFilter(InputEvent.ANY, WAKING);
        awake();
    }

    private static void leave(Window window) {
        window.removeEventFilter(InputEvent.ANY, WAKING);
        awake();
    }

    /** Something happens: the clock ticks as JavaFX has it. */
    public static void awake() {
        if (!began) return;
        last = System.nanoTime();
        if (!rests) return;
        rests = false;
        tick(PARTS == null ? 0 : PARTS.millis());
        LOOK.start();
    }

    /** Whether the clock is slow now. */
    static boolean isResting() {
        return rests;
    }

    private static void look() {
        boolean isQuiet = System.nanoTime() - last >= PATIENCE.toNanos();
        if (!isQuiet || rests || animates()) return;
        rests = true;
        LOOK.stop();
        tick(RESTING_MILLIS);
    }

    private static boolean animates() {
        try {
            return PARTS == null || (boolean) PARTS.animates().invoke();
        } catch (Throwable e) {
            throw new IllegalStateException("JavaFX does not tell what it animates", e);
        }
    }

    private static void tick(int millis) {
        if (PARTS == null) return;
        try {
            PARTS.start().invoke(millis);
        } catch (Throwable e) {
            throw new IllegalStateException("JavaFX's clock was not set", e);
        }
    }

    private static @Nullable Parts find() {
        try {
            Object toolkit = Quantum.toolkit();
            Class<?> type = toolkit.getClass();
            MethodHandles.Lookup inside = Quantum.inside(type);
            Class<?> timer = Class.forName("com.sun.glass.ui.Timer");
            Object clock = inside.findGetter(type, "pulseTimer", timer).invoke(toolkit);
            if (clock == null) return null;
            Class<?> task = Quantum.type("QuantumToolkit$PulseTask");
            Object animation = inside.findGetter(type, "animationRunning", task).invoke(toolkit);
            int millis = (int) inside.findGetter(type, "PULSE_INTERVAL", int.class).invoke(toolkit);
            MethodHandle start =
                    MethodHandles.lookup()
                            .findVirtual(
                                    timer, "start", MethodType.methodType(void.class, int.class));
            MethodHandle animates =
                    inside.findVirtual(task, "get", MethodType.methodType(boolean.class));
            return new Parts(start.bindTo(clock), millis, animates.bindTo(animation));
        } catch (Throwable e) {
            log.info("window: JavaFX's clock does not rest: {}", e.toString());
            return null;
        }
    }
}
