package dev.wormhole.client.link;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Calls code that is not the link's: what it throws is its own affair and costs no connection. */
final class Callback {

    private static final Logger log = LoggerFactory.getLogger(Callback.class);

    private Callback() {}

    /** Runs the call; {@code callee} is for the log, such as "sink of 1a2b3c4d". */
    static void run(String callee, Runnable call) {
        try {
            call.run();
        } catch (RuntimeException | AssertionError | LinkageError | StackOverflowError e) {
            log.error("{}: a call failed", callee, e);
        }
    }
}
