package dev.wormhole.server.connection;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wormhole.server.connection.DeliveryWindow.Flight;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Random;

/** The window against a modelled connection: a pipe of some rate, some milliseconds long. */
class DeliveryWindowTest {

    private static final int FRAME = 16 << 10;

    private long now = 1_000_000_000L;
    private final DeliveryWindow window = new DeliveryWindow(() -> now);

    private record Arrival(Flight flight, long at) {}

    /** When the pipe is free again. */
    private long pipeFreeAt;

    private final Deque<Arrival> arrivals = new ArrayDeque<>();

    private void send(int bytes, int waiting, double bytesPerSecond, long roundTripNanos) {
        Flight flight = window.sent(bytes, waiting);
        pipeFreeAt = Math.max(pipeFreeAt, now) + (long) (bytes * 1e9 / bytesPerSecond);
        arrivals.add(new Arrival(flight, pipeFreeAt + roundTripNanos));
    }

    /** Sends as much as the window lets, for so long; the bytes that arrived. */
    private long flood(double bytesPerSecond, double roundTripMillis, double seconds) {
        long roundTrip = (long) (roundTripMillis * 1e6);
        long end = now + (long) (seconds * 1e9);
        long arrived = 0;
        while (now < end) {
            while (window.room() >= FRAME || window.inFlight() == 0) {
                send(FRAME, FRAME, bytesPerSecond, roundTrip);
            }
            Arrival next = arrivals.removeFirst();
            now = Math.max(now, next.at());
            window.acknowledged(next.flight());
            arrived += next.flight().bytes();
        }
        return arrived;
    }

    private void drain() {
        while (!arrivals.isEmpty()) {
            Arrival next = arrivals.removeFirst();
            now = Math.max(now, next.at());
            window.acknowledged(next.flight());
        }
    }

    @Test
    void beforeAnythingIsMeasuredItIsSixtyFourKibibytes() {
        assertThat(window.size()).isEqualTo(64 << 10);
        assertThat(window.room()).isEqualTo(64 << 10);
        assertThat(window.rate()).isEqualTo(DeliveryWindow.UNKNOWN_RATE);
    }

    @ParameterizedTest
    @CsvSource({"1e6, 20", "1e7, 5", "1e7, 100", "2e5, 50", "3e7, 1"})
    void aFloodFillsThePipeAndTheWindowIsTwiceWhatItHolds(double rate, double millis) {
        long arrived = flood(rate, millis, 6);

        assertThat(arrived / 6.0).isGreaterThan(rate * 0.8);
        double held = rate * millis / 1e3;
        // The frame's own time on the pipe is part of its round trip.
        double frameTime = 2 * FRAME;
        assertThat((double) window.size())
                .isBetween(
                        Math.clamp(1.6 * held, 16 << 10, 4 << 20),
                        Math.clamp(2.4 * held + frameTime + 1024, 16 << 10, 4 << 20));
        assertThat((double) window.rate()).isBetween(rate * 0.8, rate * 1.25);
    }

    @Test
    void aPipeThatBecomesSlowerIsNoticedWithinSeconds() {
        flood(2e7, 20, 3);
        int before = window.size();

        flood(1e6, 20, 3);

        assertThat(before).isGreaterThan(500_000);
        assertThat(window.size()).isLessThan(120_000);
        assertThat((double) window.rate()).isBetween(0.8e6, 1.3e6);
    }

    @Test
    void aPipeThatBecomesFasterIsNoticedAtOnce() {
        flood(1e6, 20, 3);

        flood(2e7, 20, 1);

        assertThat((double) window.rate()).isGreaterThan(1.5e7);
    }

    @Test
    void someoneWhoTypesShowsNothingOfWhatTheConnectionCanDo() {
        for (int i = 0; i < 100; i++) {
            send(20, 0, 1e7, 20_000_000);
            drain();
            now += 100_000_000;
        }

        assertThat(window.rate()).isEqualTo(DeliveryWindow.UNKNOWN_RATE);
        assertThat(window.size()).isEqualTo(64 << 10);
    }

    /** Snapshots of a flood come one by one: each is alone on its way. */
    @Test
    void sessionsThatBringLittleAtATimeDoNotMakeTheConnectionSlow() {
        flood(2e7, 5, 3);
        drain();
        long before = window.rate();

        for (int i = 0; i < 1000; i++) {
            send(6000, 0, 2e7, 30_000_000);
            drain();
        }

        assertThat(window.rate()).isEqualTo(before);
    }

    @Test
    void aPauseOfTheClientDoesNotMakeItsConnectionSlow() {
        flood(2e7, 5, 3);
        long before = window.rate();

        now += 5_000_000_000L;
        drain();

        assertThat(window.rate()).isGreaterThan(before / 2);
    }

    @Test
    void whatIsForgottenLeavesTheWindow() {
        Flight flight = window.sent(FRAME, 0);
        window.forgotten(flight);

        assertThat(window.inFlight()).isZero();
        assertThat(window.rate()).isEqualTo(DeliveryWindow.UNKNOWN_RATE);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void whateverHappensItStaysWithinItsBoundsAndCountsRight(long seed) {
        var random = new Random(seed);
        var flights = new ArrayDeque<Flight>();
        int limit = random.nextBoolean() ? DeliveryWindow.MAX : 64 << 10;
        window.limit(limit);
        int inFlight = 0;
        for (int i = 0; i < 20_000; i++) {
            now += random.nextInt(random.nextInt(10) == 0 ? 1_000_000_000 : 100_000);
            if (!flights.isEmpty() && random.nextBoolean()) {
                Flight flight = flights.removeFirst();
                inFlight -= flight.bytes();
                if (random.nextInt(20) == 0) window.forgotten(flight);
                else window.acknowledged(flight);
            } else if (window.room() > 0) {
                int bytes = 1 + random.nextInt(Math.min(FRAME, window.room()));
                inFlight += bytes;
                flights.add(window.sent(bytes, random.nextInt(FRAME)));
                assertThat(window.inFlight()).isLessThanOrEqualTo(limit);
            }
            assertThat(window.inFlight()).isEqualTo(inFlight);
            assertThat(window.size()).isBetween(16 << 10, limit);
            assertThat(window.rate()).isPositive();
        }
    }
}
