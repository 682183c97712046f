package dev.wormhole.client.local;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;

/**
 * Ends the local server in order: asks the process that holds the lock with SIGTERM and waits until
 * the lock is free, which is the server's last act.
 */
public final class ServerStop {

    private static final Duration BEAT = Duration.ofMillis(20);

    private ServerStop() {}

    /** How a stop went. */
    public sealed interface Outcome {

        /** The lock is free. */
        record Ended(long pid) implements Outcome {}

        /** Nobody held the lock. */
        record NotRunning() implements Outcome {}

        /**
         * The lock is still held when patience ended, or cannot be asked for; the reason is a
         * sentence.
         */
        record Failed(String reason) implements Outcome {}
    }

    /** Never kills: what does not end by itself is reported. */
    public static Outcome stop(Path dataDirectory, Duration patience) throws InterruptedException {
        var lock = new ServerLock(dataDirectory);
        try {
            var problem = PrivateDirectory.problem(dataDirectory);
            if (problem.isPresent()) return new Outcome.Failed(problem.get());
            Set<Long> holders = lock.holders();
            if (holders.isEmpty()) return new Outcome.NotRunning();
            long pid = holders.iterator().next();
            var process = ProcessHandle.of(pid);
            if (process.isEmpty()) {
                if (!lock.isHeldBy(pid)) return new Outcome.Ended(pid);
                return new Outcome.Failed(
                        "the lock of " + dataDirectory + " is held by a process out of sight");
            }
            // False also when it ended between the two looks; the lock says which.
            boolean asked = process.get().destroy();
            long deadline = System.nanoTime() + patience.toNanos();
            while (lock.isHeldBy(pid)) {
                if (!asked)
                    return new Outcome.Failed(
                            "process " + pid + " cannot be asked to stop: it is not yours");
                if (System.nanoTime() - deadline > 0) {
                    return new Outcome.Failed(
                            "process %d still stops after %d seconds: see %s"
                                    .formatted(
                                            pid,
                                            patience.toSeconds(),
                                            dataDirectory.resolve("server.log")));
                }
                Thread.sleep(BEAT);
            }
            return new Outcome.Ended(pid);
        } catch (IOException e) {
            return new Outcome.Failed(Failures.reason(e));
        }
    }
}
