package dev.wormhole.server;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * Has the history of tasks tidied up: soon after one ended, and once an hour, since tasks grow old
 * while nothing happens.
 *
 * <p>Owned by the {@code task-historian} thread; {@link #wake} is safe from any.
 */
final class TaskHistorian {

    private static final Logger log = LoggerFactory.getLogger(TaskHistorian.class);

    private static final Duration PAUSE = Duration.ofHours(1);

    /** By then a task that ended has left memory, and others that end meanwhile are as well. */
    private static final Duration GATHERING = Duration.ofSeconds(2);

    private final BlockingQueue<Boolean> wanted = new LinkedBlockingQueue<>(1);

    /** A task has ended. */
    void wake() {
        wanted.offer(true);
    }

    /**
     * Until it is interrupted.
     *
     * @param tidy removes what the history has no room for
     */
    void run(Runnable tidy) {
        try {
            while (true) {
                if (wanted.poll(PAUSE.toSeconds(), TimeUnit.SECONDS) != null)
                    Thread.sleep(GATHERING);
                wanted.clear();
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
