package dev.wormhole.server;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Duration;

/**
 * Has the history of tasks tidied up once an hour: tasks grow old while nothing happens.
 *
 * <p>Owned by the {@code task-historian} thread.
 */
final class TaskHistorian implements Runnable {

    private static final Logger log = LoggerFactory.getLogger(TaskHistorian.class);

    private static final Duration PAUSE = Duration.ofHours(1);

    private final Runnable tidy;

    TaskHistorian(Runnable tidy) {
        this.tidy = tidy;
    }

    /** Until it is interrupted. */
    @Override
    public void run() {
        try {
            while (true) {
                Thread.sleep(PAUSE);
                try {
                    tidy.run();
                } catch (RuntimeException e) {
                    log.error("the history of tasks was not tidied up", e);
                }
            }
        } catch (InterruptedException _) {
            // The server stops.
        }
    }
}
