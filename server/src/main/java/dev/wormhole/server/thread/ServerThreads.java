package dev.wormhole.server.thread;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Starts the server's threads: the one place that names them, chooses platform or virtual (DESIGN
 * section 3) and installs the handler that logs what a thread died of.
 *
 * <p>Safe from any thread.
 */
public final class ServerThreads {

    private static final Logger log = LoggerFactory.getLogger(ServerThreads.class);

    /**
     * For work that is busy for long or blocks in native code. Daemon: only the ordered stop keeps
     * the JVM waiting.
     */
    public Thread platform(String name, Runnable work) {
        return Thread.ofPlatform()
                .daemon()
                .name(name)
                .uncaughtExceptionHandler(ServerThreads::died)
                .start(work);
    }

    /** For work that mostly waits. */
    public Thread virtual(String name, Runnable work) {
        return Thread.ofVirtual()
                .name(name)
                .uncaughtExceptionHandler(ServerThreads::died)
                .start(work);
    }

    private static void died(Thread thread, Throwable cause) {
        log.error("thread {} died", thread.getName(), cause);
    }
}
