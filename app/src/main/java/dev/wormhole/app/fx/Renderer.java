package dev.wormhole.app.fx;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.concurrent.CountDownLatch;

/**
 * The thread on which JavaFX draws the frame that a pulse hands it. A pulse that finds something
 * changed while the frame before is still being drawn makes the FX thread wait for it; so whoever
 * changes much and often looks here before (docs/decisions/0016).
 *
 * <p>There is no public way to look. Where JavaFX's parts are not to be had the renderer never
 * seems busy, and the FX thread waits as JavaFX has it.
 *
 * <p>Owned by the FX thread.
 */
public final class Renderer {

    private static final Logger log = LoggerFactory.getLogger(Renderer.class);

    /** JavaFX's latch of frames that are being drawn; its way to give the renderer work; a job. */
    private record Parts(MethodHandle frames, MethodHandle give, MethodHandle job) {}

    private static final @Nullable Parts PARTS = find();

    private Renderer() {}

    /** Whether it draws, or is about to draw, what an earlier pulse handed it. */
    public static boolean isBusy() {
        FxThread.assertFx();
        if (PARTS == null) return false;
        try {
            return ((CountDownLatch) PARTS.frames().invoke()).getCount() > 0;
        } catch (Throwable e) {
            throw new IllegalStateException("JavaFX does not tell what it draws", e);
        }
    }

    /**
     * Runs it on the FX thread as soon as everything that was handed to the renderer so far is
     * drawn.
     */
    public static void whenDrawn(Runnable action) {
        FxThread.assertFx();
        if (PARTS == null) {
            FxThread.later(action);
            return;
        }
        try {
            Runnable told = () -> FxThread.later(action);
            PARTS.give().invoke(PARTS.job().invoke(told));
        } catch (Throwable e) {
            throw new IllegalStateException("JavaFX's renderer took no work", e);
        }
    }

    /** Whether {@link #isBusy} can tell. */
    static boolean isSeen() {
        return PARTS != null;
    }

    private static @Nullable Parts find() {
        try {
            Object toolkit = Quantum.toolkit();
            Class<?> type = Quantum.type("PaintCollector");
            MethodHandles.Lookup inside = Quantum.inside(type);
            Object collector =
                    inside.findStatic(type, "getInstance", MethodType.methodType(type)).invoke();
            MethodHandle frames =
                    inside.findGetter(type, "allWorkCompletedLatch", CountDownLatch.class)
                            .bindTo(collector);
            Class<?> job = Class.forName("com.sun.javafx.tk.RenderJob");
            MethodHandle create =
                    MethodHandles.lookup()
                            .findConstructor(
                                    job, MethodType.methodType(void.class, Runnable.class));
            MethodHandle give =
                    Quantum.inside(toolkit.getClass())
                            .unreflect(toolkit.getClass().getMethod("addRenderJob", job))
                            .bindTo(toolkit);
            return new Parts(frames, give, create);
        } catch (Throwable e) {
            log.info("window: the FX thread waits for the renderer: {}", e.toString());
            return null;
        }
    }
}
