package dev.wormhole.server.connection;

import dev.wormhole.server.session.Viewer;

import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * How many bytes may be on their way over one connection: twice what it delivers in its smallest
 * round trip, which keeps it busy and lets next to nothing queue up between the two ends. Knows
 * neither channels nor sockets.
 *
 * <p>Not safe for several threads at once: guarded by the outbox.
 */
final class DeliveryWindow {

    /** Before anything was measured. */
    static final int UNMEASURED = 64 << 10;

    static final int MIN = 16 << 10;
    static final int MAX = 4 << 20;

    /** The rate of a connection that was never seen at its limit, in bytes a second. */
    static final long UNKNOWN_RATE = Viewer.UNKNOWN_RATE;

    /** A slower connection shows after at most twice this; a faster one at once. */
    private static final Duration RATE_SPAN = Duration.ofSeconds(1);

    /** As {@link #RATE_SPAN}: the other way may have become longer. */
    private static final Duration ROUND_TRIP_SPAN = Duration.ofSeconds(10);

    /**
     * Bytes on their way and how things stood when they left.
     *
     * @param delivered bytes acknowledged until then
     * @param deliveredAt when the last of them were
     * @param pressed there was more to send than the window allowed
     */
    record Flight(int bytes, long sentAt, long delivered, long deliveredAt, boolean pressed) {}

    private final LongSupplier ticker;
    private int max = MAX;
    private int inFlight;
    private long delivered;
    private long deliveredAt;

    /** Bytes a second, the largest of this span and of the one before; 0 unmeasured. */
    private double rate;

    private double rateBefore;
    private long rateSince;

    /** Nanoseconds, the smallest of this span and of the one before; 0 unmeasured. */
    private long roundTrip;

    private long roundTripBefore;
    private long roundTripSince;

    /**
     * @param ticker monotonic nanoseconds
     */
    DeliveryWindow(LongSupplier ticker) {
        this.ticker = ticker;
        deliveredAt = ticker.getAsLong();
    }

    /** The window grows to at most so many bytes. */
    void limit(int bytes) {
        max = bytes;
    }

    /**
     * Notes that bytes leave.
     *
     * @param waiting bytes that are ready and wait for room
     */
    Flight sent(int bytes, int waiting) {
        long now = ticker.getAsLong();
        // Time in which nothing was on its way says nothing about the connection.
        if (inFlight == 0) deliveredAt = now;
        inFlight += bytes;
        boolean pressed = inFlight + waiting + Lanes.CRUMB > size();
        return new Flight(bytes, now, delivered, deliveredAt, pressed);
    }

    /** Notes that they have arrived. */
    void acknowledged(Flight flight) {
        long now = ticker.getAsLong();
        inFlight -= flight.bytes();
        delivered += flight.bytes();
        deliveredAt = now;
        measureRoundTrip(Math.max(1, now - flight.sentAt()), now);
        long took = Math.max(1, now - flight.deliveredAt());
        measureRate((delivered - flight.delivered()) * 1e9 / took, flight.pressed(), now);
    }

    /** Nobody will say whether they arrive: they count no more, and nothing is learnt. */
    void forgotten(Flight flight) {
        inFlight -= flight.bytes();
    }

    int inFlight() {
        return inFlight;
    }

    /** When something was acknowledged last, or began to be on its way; ticker. */
    long progressAt() {
        return deliveredAt;
    }

    /** Bytes that may be on their way. */
    int size() {
        if (best() == 0) return Math.min(UNMEASURED, max);
        double twice = 2 * best() * smallestRoundTrip() / 1e9;
        return (int) Math.clamp(twice, MIN, max);
    }

    /** Bytes that may leave now. */
    int room() {
        return Math.max(0, size() - inFlight);
    }

    /** Bytes a second, or {@link #UNKNOWN_RATE}. */
    long rate() {
        return best() == 0 ? UNKNOWN_RATE : Math.max(1, (long) best());
    }

    /** A sender that had nothing more to say does not show what the connection can do. */
    private void measureRate(double measured, boolean pressed, long now) {
        if (!pressed && (best() == 0 || measured <= best())) return;
        if (now - rateSince > RATE_SPAN.toNanos()) {
            rateBefore = rate;
            rate = 0;
            rateSince = now;
        }
        rate = Math.max(rate, measured);
    }

    private void measureRoundTrip(long measured, long now) {
        if (now - roundTripSince > ROUND_TRIP_SPAN.toNanos()) {
            roundTripBefore = roundTrip;
            roundTrip = 0;
            roundTripSince = now;
        }
        roundTrip = roundTrip == 0 ? measured : Math.min(roundTrip, measured);
    }

    private double best() {
        return Math.max(rate, rateBefore);
    }

    private long smallestRoundTrip() {
        return roundTripBefore == 0 ? roundTrip : Math.min(roundTrip, roundTripBefore);
    }
}
