package dev.wormhole.server.session;

import dev.wormhole.protocol.ByteString;
import dev.wormhole.protocol.Limits;
import dev.wormhole.server.pty.ClientKey;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Every client's numbered input of one generation, between viewers and the keeper: drops what came
 * before, and offers again what the keeper had no room for.
 *
 * <p>Owned by the session thread. Times are nanoseconds of a monotonic clock.
 *
 * <p>Bounds: the {@link #CLIENTS} that typed last; a client's unacknowledged input is bounded by
 * its window, {@link Limits#INPUT_WINDOW}, and what goes beyond twice that is not taken.
 */
final class NumberedInput {

    /** As many as a keeper remembers. */
    static final int CLIENTS = 64;

    /** Offered to a process that does not read, to find out whether it reads again. */
    static final int PROBE = 16 << 10;

    static final Duration FIRST_RETRY = Duration.ofMillis(10);
    static final Duration LAST_RETRY = Duration.ofMillis(320);

    /** Without an answer for so long the way to the keeper has been a new one. */
    static final Duration ANSWER_PATIENCE = Duration.ofSeconds(5);

    /** Where input goes. */
    interface Keeper {
        void write(ClientKey client, long from, ByteString bytes);
    }

    private final Keeper keeper;

    // Owned by the session thread; the one that typed longest ago first.
    private final Map<ClientKey, Row> rows =
            new LinkedHashMap<>(16, 0.75f, true) {
                @Override
                protected boolean removeEldestEntry(Map.Entry<ClientKey, Row> eldest) {
                    return size() > CLIENTS;
                }
            };

    NumberedInput(Keeper keeper) {
        this.keeper = keeper;
    }

    /** So many bytes of this client were taken. */
    long count(ClientKey client) {
        Row row = rows.get(client);
        return row == null ? 0 : row.taken;
    }

    /**
     * What of these bytes has not come before.
     *
     * @return null where bytes before them are missing, or far too much is under way
     */
    @Nullable ByteString fresh(ClientKey client, long from, ByteString bytes) {
        Row row = row(client);
        if (from > row.come) return null;
        int repeated = (int) Math.min(row.come - from, bytes.length());
        ByteString fresh = bytes.slice(repeated, bytes.length());
        if (row.come + fresh.length() - row.taken > 2L * Limits.INPUT_WINDOW) return null;
        row.come += fresh.length();
        return fresh;
    }

    /** Types what was {@link #fresh}, in that order. */
    void type(ClientKey client, ByteString fresh, long now) {
        row(client).add(fresh, now);
    }

    /**
     * The keeper's word; one for each write, and one for each client when a process is adopted.
     *
     * @return whether it is news
     */
    boolean accepted(ClientKey client, long count, long now) {
        return row(client).accepted(count, now);
    }

    /** When {@link #due} has something to do. */
    Optional<Long> nextDue() {
        Long earliest = null;
        for (Row row : rows.values()) {
            Long at = row.dueAt;
            if (at != null && (earliest == null || at - earliest < 0)) earliest = at;
        }
        return Optional.ofNullable(earliest);
    }

    void due(long now) {
        for (Row row : rows.values()) {
            if (row.dueAt != null && row.dueAt - now <= 0) row.again(now);
        }
    }

    private Row row(ClientKey client) {
        return rows.computeIfAbsent(client, Row::new);
    }

    /** One client's input. Numbers: taken ≤ offered ≤ taken + kept ≤ come. */
    private final class Row {

        private final ClientKey client;

        /** Typed and not known to be taken; begins with the byte numbered {@code taken}. */
        private final GrowingBytes kept = new GrowingBytes();

        private long taken;
        private long offered;

        /** Every byte below this has come from the client; some may wait for another's paste. */
        private long come;

        private int answersDue;

        /** Refused: only a probe is offered until it is taken. */
        private boolean isRefused;

        private long retry = FIRST_RETRY.toNanos();
        private @Nullable Long dueAt;

        Row(ClientKey client) {
            this.client = client;
        }

        void add(ByteString fresh, long now) {
            kept.append(fresh);
            if (!isRefused) offer(Integer.MAX_VALUE, now);
        }

        boolean accepted(long count, long now) {
            if (answersDue > 0) answersDue--;
            boolean isNews = count > taken;
            if (isNews) take(count);
            if (answersDue > 0) {
                dueAt = now + ANSWER_PATIENCE.toNanos();
            } else if (taken < offered) {
                refused(now);
            } else {
                isRefused = false;
                retry = FIRST_RETRY.toNanos();
                dueAt = null;
                offer(Integer.MAX_VALUE, now);
            }
            return isNews;
        }

        /** The time has come to try again. */
        void again(long now) {
            answersDue = 0;
            offered = taken;
            isRefused = true;
            dueAt = null;
            offer(PROBE, now);
        }

        private void refused(long now) {
            isRefused = true;
            offered = taken;
            dueAt = now + retry;
            retry = Math.min(2 * retry, LAST_RETRY.toNanos());
        }

        private void take(long count) {
            int part = (int) Math.min(count - taken, kept.length());
            kept.drop(part);
            taken = count;
            // An adopted process has taken what came over a server before this one.
            offered = Math.max(offered, count);
            come = Math.max(come, count);
        }

        private void offer(int most, long now) {
            int from = (int) (offered - taken);
            int to = (int) Math.min(kept.length(), (long) from + most);
            if (from >= to) return;
            ByteString bytes = kept.slice(from, to);
            long number = offered;
            offered += bytes.length();
            answersDue++;
            dueAt = now + ANSWER_PATIENCE.toNanos();
            keeper.write(client, number, bytes);
        }
    }
}
