package dev.wormhole.server.pty;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Signals to processes of this machine.
 *
 * <p>Safe from any thread.
 */
public final class PosixSignals {

    public static final int TERM = 15;
    public static final int KILL = PosixProcess.SIGKILL;

    private static final Logger log = LoggerFactory.getLogger(PosixSignals.class);

    private PosixSignals() {}

    /**
     * @param target a pid, or the negative number of a group
     */
    public static void send(int target, int number) {
        PosixProcess.Result result = PosixProcess.kill(target, number);
        if (result.value() < 0)
            log.debug("pid {}: signal {} not sent: errno {}", target, number, result.errno());
    }
}
