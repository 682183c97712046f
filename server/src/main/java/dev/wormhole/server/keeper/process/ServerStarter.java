package dev.wormhole.server.keeper.process;

import dev.wormhole.server.keeper.wire.ToKeeper;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Duration;
import java.util.List;

/**
 * Starts the server again after it went without a word, with growing pauses, until one connects.
 *
 * <p>Owned by the loop.
 */
final class ServerStarter {

    private static final Logger log = LoggerFactory.getLogger(ServerStarter.class);

    /** Until a server has said another. */
    private static final long STANDARD_SPILL = 256L << 20;

    private final List<Duration> pauses;
    private final Timers timers;
    private final Spawner spawner;

    private ToKeeper.@Nullable Server words;
    private boolean stopping;
    private int attempts;
    private Timers.@Nullable Timer next;
    private @Nullable Process last;

    ServerStarter(List<Duration> pauses, Timers timers, Spawner spawner) {
        this.pauses = pauses;
        this.timers = timers;
        this.spawner = spawner;
    }

    void words(ToKeeper.Server words) {
        this.words = words;
    }

    /** Bytes of one process's output that may go to the disk. */
    long spillLimit() {
        return words == null ? STANDARD_SPILL : words.spillLimit();
    }

    void serverCame() {
        stopping = false;
        cancel();
    }

    void serverStops() {
        stopping = true;
    }

    void serverWent() {
        if (stopping || words == null || !words.restart()) {
            log.info("server gone, not to be started again");
            return;
        }
        log.warn("server gone without a word");
        plan();
    }

    /** No more attempts. */
    void cancel() {
        attempts = 0;
        if (next != null) next.cancel();
        next = null;
    }

    private void plan() {
        Duration pause = pauses.get(Math.min(attempts, pauses.size() - 1));
        next = timers.after(pause, this::attempt);
    }

    private void attempt() {
        attempts++;
        Process running = last;
        if (running != null && running.isAlive()) {
            // It reads what it has stored, perhaps for long; another one would find its lock.
            log.info("server pid {} is alive and has not connected yet", running.pid());
        } else if (words != null) {
            if (running != null) log.warn("server ended with {}", running.exitValue());
            last = null;
            spawner.start(words);
        }
        plan();
    }

    void started(Process process) {
        log.info("attempt {}: server started, pid {}", attempts, process.pid());
        last = process;
    }

    void notStarted(String message) {
        log.warn("attempt {}: server not started: {}", attempts, message);
    }
}
