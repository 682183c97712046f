package dev.wormhole.app.workspace;

import dev.wormhole.app.layout.LayoutDocument;
import dev.wormhole.protocol.json.Json;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Writes layouts when they have been quiet for {@link #QUIET}, and at once on demand.
 *
 * <p>Safe from any thread: every call is a message to the layout-saver thread.
 */
public final class LayoutSaver {

    /** Dragging a divider changes the layout sixty times a second. */
    static final Duration QUIET = Duration.ofMillis(500);

    /** The thread and its time. */
    interface Timer {

        /** Runs the job on the thread, after the ones given before. */
        void execute(Runnable job);

        /** Runs the job on the thread later; the answer calls it off. */
        Runnable after(Duration delay, Runnable job);

        /** No more jobs. */
        void close();
    }

    private final LayoutStore store;
    private final Timer timer;
    private final Consumer<String> problems;

    // Owned by the layout-saver thread.
    private final Map<String, Optional<LayoutDocument>> unsaved = new LinkedHashMap<>();
    private @Nullable Runnable callOff;
    private boolean failed;

    /**
     * @param problems hears once, on the layout-saver thread, when saving begins to fail
     */
    LayoutSaver(LayoutStore store, Timer timer, Consumer<String> problems) {
        this.store = store;
        this.timer = timer;
        this.problems = problems;
    }

    /** A saver with its own thread, which ends on {@link #close}. */
    public static LayoutSaver start(LayoutStore store, Consumer<String> problems) {
        return new LayoutSaver(store, new SaverThread(), problems);
    }

    LayoutStore store() {
        return store;
    }

    /** The host's layout is another one now; empty: it has none. */
    public void changed(String host, Optional<LayoutDocument> layout) {
        timer.execute(
                () -> {
                    unsaved.put(host, layout);
                    if (callOff != null) callOff.run();
                    callOff = timer.after(QUIET, this::write);
                });
    }

    /** Keeps a copy of a layout that cannot be read. */
    void setAside(String host, Json layout) {
        timer.execute(() -> attempt(() -> store.setAside(host, layout)));
    }

    /** Writes what is unsaved now; completes when that is done. */
    public CompletableFuture<Void> flush() {
        return CompletableFuture.runAsync(this::write, timer::execute);
    }

    /** Writes what is unsaved and ends the thread. */
    public CompletableFuture<Void> close() {
        return flush().whenComplete((_, _) -> timer.close());
    }

    private void write() {
        if (callOff != null) callOff.run();
        callOff = null;
        // What cannot be written stays unsaved: the next change tries again.
        unsaved.entrySet()
                .removeIf(entry -> attempt(() -> write(entry.getKey(), entry.getValue())));
    }

    private void write(String host, Optional<LayoutDocument> layout) throws IOException {
        if (layout.isPresent()) store.save(host, layout.get().toJson());
        else store.remove(host);
    }

    private interface Writing {
        void run() throws IOException;
    }

    private boolean attempt(Writing writing) {
        try {
            writing.run();
            failed = false;
            return true;
        } catch (IOException e) {
            if (!failed) problems.accept("The layout cannot be saved: " + e.getMessage());
            failed = true;
            return false;
        }
    }

    /** The thread {@code layout-saver} and the system's clock. */
    private static final class SaverThread implements Timer {

        private final ScheduledThreadPoolExecutor thread =
                new ScheduledThreadPoolExecutor(
                        1, Thread.ofVirtual().name("layout-saver").factory());

        @Override
        public void execute(Runnable job) {
            thread.execute(job);
        }

        @Override
        public Runnable after(Duration delay, Runnable job) {
            var scheduled = thread.schedule(job, delay.toMillis(), TimeUnit.MILLISECONDS);
            return () -> scheduled.cancel(false);
        }

        @Override
        public void close() {
            thread.shutdownNow();
        }
    }
}
