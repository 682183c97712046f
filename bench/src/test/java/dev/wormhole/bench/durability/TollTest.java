package dev.wormhole.bench.durability;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.stream.LongStream;

class TollTest {

    private static final long MILLI = 1_000_000;

    /** One line each millisecond, the first at 1 ms. */
    private static PrintLog lines(int count) {
        ByteBuffer file = ByteBuffer.allocate(8 + 16 * count).put(PrintLog.head(7));
        for (int i = 1; i <= count; i++) file.put(PrintLog.note(i, i * MILLI));
        return PrintLog.parse(file.flip());
    }

    private static List<Long> numbers(long from, long to) {
        return LongStream.range(from, to).boxed().toList();
    }

    @Test
    void whoSeesEveryLineHasLostNothing() {
        assertThat(Toll.of(lines(10), numbers(0, 10), 10 * MILLI, false))
                .isEqualTo(new Toll(10, 0, 0, 0));
    }

    @Test
    void whatWasPrintedAfterTheDeathIsNotMissed() {
        assertThat(Toll.of(lines(10), numbers(0, 6), 6 * MILLI, false))
                .isEqualTo(new Toll(6, 0, 0, 0));
    }

    @Test
    void whatIsSeenBeyondTheDeathIsNoGain() {
        assertThat(Toll.of(lines(10), numbers(0, 9), 6 * MILLI, false))
                .isEqualTo(new Toll(6, 0, 0, 0));
    }

    @Test
    void theOldestLostLineSaysHowMuchTimeWasLost() {
        // Lines 7, 8 and 9 are gone; 7 was printed at 8 ms.
        assertThat(Toll.of(lines(10), numbers(0, 7), 10 * MILLI, false))
                .isEqualTo(new Toll(10, 3, 0, 2));
    }

    @Test
    void aHoleInTheMiddleIsLost() {
        assertThat(Toll.of(lines(5), List.of(0L, 1L, 3L, 4L), 5 * MILLI, false))
                .isEqualTo(new Toll(5, 1, 0, 2));
    }

    @Test
    void aLineThatStandsTwiceOrTooLateIsSaid() {
        assertThat(Toll.of(lines(4), List.of(0L, 1L, 1L, 2L, 3L), 4 * MILLI, false).misplaced())
                .isEqualTo(1);
        Toll swapped = Toll.of(lines(4), List.of(0L, 2L, 1L, 3L), 4 * MILLI, false);
        assertThat(swapped.misplaced()).isEqualTo(1);
        assertThat(swapped.lost()).isZero();
    }

    @Test
    void whoSeesNothingHasLostAll() {
        assertThat(Toll.of(lines(10), List.of(), 10 * MILLI, false))
                .isEqualTo(new Toll(10, 10, 0, 9));
        assertThat(Toll.of(lines(10), List.of(), 10 * MILLI, true).lost()).isEqualTo(10);
    }

    @Test
    void linesThatLeftTheScrollbackAreLostOnlyWhereNoneMayLeaveIt() {
        assertThat(Toll.of(lines(10), numbers(4, 9), 10 * MILLI, true))
                .isEqualTo(new Toll(10, 1, 0, 0));
        assertThat(Toll.of(lines(10), numbers(4, 9), 10 * MILLI, false).lost()).isEqualTo(5);
    }

    @Test
    void tollsAreAddedAndTheWorseTimeStays() {
        assertThat(new Toll(10, 3, 1, 2).plus(new Toll(5, 1, 0, 7)))
                .isEqualTo(new Toll(15, 4, 1, 7));
    }
}
