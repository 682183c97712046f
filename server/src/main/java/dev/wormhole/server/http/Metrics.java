package dev.wormhole.server.http;

import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Numbers about a running server, as they are now: none of them tells what anybody types, prints or
 * calls anything.
 *
 * <p>Immutable.
 *
 * @param viewers attached to sessions
 * @param taskViewers connected to {@code /connect}
 * @param outputBytes that programs have printed since the server started
 * @param isStoring false while output is in memory alone
 * @param flushes transactions of the store since the server started
 * @param queues what waits, in the queues of that name
 */
public record Metrics(
        long sessions,
        long viewers,
        long connections,
        long taskViewers,
        long outputBytes,
        boolean isStoring,
        Durations flushes,
        SortedMap<Queue, Long> queues) {

    public Metrics {
        queues = java.util.Collections.unmodifiableSortedMap(new TreeMap<>(queues));
    }

    /** Where something waits for a thread or a socket. */
    public enum Queue {
        SESSION_MAILBOXES("session_mailboxes", "commands"),
        STORE_MAILBOX("store_mailbox", "messages"),
        CONNECTION_MAILBOXES("connection_mailboxes", "bytes"),
        CONNECTION_OUTBOXES("connection_outboxes", "bytes");

        private final String label;
        private final String unit;

        Queue(String label, String unit) {
            this.label = label;
            this.unit = unit;
        }

        String label() {
            return label;
        }

        String unit() {
            return unit;
        }
    }

    /**
     * How long something took.
     *
     * @param buckets the shortest first
     * @param count of all
     * @param nanos of all together
     * @param longest of them, in nanoseconds
     */
    public record Durations(List<Bucket> buckets, long count, long nanos, long longest) {

        public Durations {
            buckets = List.copyOf(buckets);
        }

        /** So many took at most this long. */
        public record Bucket(long micros, long count) {}
    }
}
