package dev.wormhole.server.keeper.process;

import java.time.Duration;
import java.util.List;

/**
 * How long a keeper waits for what.
 *
 * <p>Immutable.
 *
 * @param empty without processes and server, before it ends
 * @param hello for the first words of a connection
 * @param hangUp for a program to end after SIGHUP, before SIGKILL
 * @param restart before each attempt to start the server again; the last one is repeated
 */
public record KeeperPauses(
        Duration empty, Duration hello, Duration hangUp, List<Duration> restart) {

    public static final KeeperPauses STANDARD =
            new KeeperPauses(
                    Duration.ofSeconds(10),
                    Duration.ofSeconds(10),
                    Duration.ofSeconds(2),
                    List.of(
                            Duration.ofSeconds(1),
                            Duration.ofSeconds(5),
                            Duration.ofSeconds(30),
                            Duration.ofMinutes(5)));

    public KeeperPauses {
        restart = List.copyOf(restart);
        if (restart.isEmpty()) throw new IllegalArgumentException("restart: empty");
    }
}
