package dev.wormhole.server;

import dev.wormhole.server.session.RingBuffer;
import dev.wormhole.server.session.TaskLimits;
import dev.wormhole.server.task.HistoryBounds;

import org.jspecify.annotations.Nullable;

import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/**
 * How a server is to run, checked.
 *
 * <p>Immutable.
 *
 * @param tlsCertificate PEM chain, given together with {@code tlsKey} or not at all
 * @param token what clients have to show; null: a new one at every start
 */
public record ServerSettings(
        Path dataDirectory,
        InetSocketAddress address,
        @Nullable Path tlsCertificate,
        @Nullable Path tlsKey,
        @Nullable String token,
        Set<String> allowedHosts,
        Set<String> allowedOrigins,
        Map<SettingsTable, Long> values) {

    public ServerSettings {
        allowedHosts = Set.copyOf(allowedHosts);
        allowedOrigins = Set.copyOf(allowedOrigins);
        values = Map.copyOf(values);
        if (address.isUnresolved()) {
            throw new IllegalArgumentException("no such host: " + address.getHostString());
        }
        if ((tlsCertificate == null) != (tlsKey == null)) {
            throw new IllegalArgumentException("--tls-cert and --tls-key belong together");
        }
        if (!address.getAddress().isLoopbackAddress() && tlsCertificate == null) {
            throw new IllegalArgumentException(
                    "outside loopback only with TLS: add --tls-cert FILE --tls-key FILE, or leave"
                            + " --host away");
        }
    }

    /** A plain server on loopback; {@code given} are settings by name. */
    public static ServerSettings of(
            Path dataDirectory, InetSocketAddress address, Map<String, String> given) {
        return new ServerSettings(
                dataDirectory,
                address,
                null,
                null,
                null,
                Set.of(),
                Set.of(),
                SettingsTable.readAll(given));
    }

    RingBuffer.Caps ringCaps() {
        return new RingBuffer.Caps(
                intOf(SettingsTable.RING_BYTES), intOf(SettingsTable.RING_ENTRIES));
    }

    int historyLines() {
        return intOf(SettingsTable.HISTORY_LINES);
    }

    Duration checkpointInterval() {
        return Duration.ofMillis(SettingsTable.valueOf(values, SettingsTable.CHECKPOINT_INTERVAL));
    }

    /** Empty: exited sessions stay. */
    Optional<Duration> exitedAge() {
        long days = SettingsTable.valueOf(values, SettingsTable.EXITED_DAYS);
        return days == 0 ? Optional.empty() : Optional.of(Duration.ofDays(days));
    }

    long storeBytes() {
        return SettingsTable.valueOf(values, SettingsTable.STORE_BYTES);
    }

    long keeperSpill() {
        return SettingsTable.valueOf(values, SettingsTable.KEEPER_SPILL);
    }

    boolean keeperRestart() {
        return SettingsTable.valueOf(values, SettingsTable.KEEPER_RESTART) == 1;
    }

    TaskLimits taskLimits() {
        return new TaskLimits(
                SettingsTable.valueOf(values, SettingsTable.TASKS_OUTPUT_BYTES),
                Duration.ofMillis(SettingsTable.valueOf(values, SettingsTable.TASKS_GRACE)));
    }

    HistoryBounds taskHistory() {
        long days = SettingsTable.valueOf(values, SettingsTable.TASKS_DAYS);
        return new HistoryBounds(
                days == 0 ? Optional.empty() : Optional.of(Duration.ofDays(days)),
                intOf(SettingsTable.TASKS_COUNT),
                SettingsTable.valueOf(values, SettingsTable.TASKS_BYTES),
                taskLimits().outputBytes());
    }

    boolean endsTasks() {
        return SettingsTable.valueOf(values, SettingsTable.TASKS_STOP) == 1;
    }

    /** Where tasks are served over HTTP, 0 for any port; empty: nowhere. */
    OptionalInt httpPort() {
        return SettingsTable.valueOf(values, SettingsTable.HTTP_ENABLED) == 1
                ? OptionalInt.of(intOf(SettingsTable.HTTP_PORT))
                : OptionalInt.empty();
    }

    int maxSessions() {
        return intOf(SettingsTable.SESSIONS_MAX);
    }

    int maxConnections() {
        return intOf(SettingsTable.CONNECTIONS_MAX);
    }

    Optional<Path> certificate() {
        return Optional.ofNullable(tlsCertificate);
    }

    private int intOf(SettingsTable setting) {
        return Math.toIntExact(SettingsTable.valueOf(values, setting));
    }
}
