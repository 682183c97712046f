package dev.wormhole.app.fx;

import javafx.application.Platform;

/**
 * The one door onto the FX thread.
 *
 * <p>Safe from any thread: every call is a message to the FX thread.
 */
public final class FxThread {

    private FxThread() {}

    /** Runs it now when already on the FX thread, else as soon as that thread comes to it. */
    public static void run(Runnable action) {
        if (Platform.isFxApplicationThread()) action.run();
        else Platform.runLater(action);
    }

    /** Runs it after what the FX thread is doing now. */
    public static void later(Runnable action) {
        Platform.runLater(action);
    }

    /** Fails when the caller is not on the FX thread. */
    public static void assertFx() {
        if (!Platform.isFxApplicationThread()) {
            throw new IllegalStateException("on thread: " + Thread.currentThread().getName());
        }
    }
}
