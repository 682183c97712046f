package dev.wormhole.bench.report;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.stream.IntStream;

class StatisticsTest {

    @Test
    void theMedianIsTheMiddle() {
        assertThat(Statistics.median(List.of(9.0, 1.0, 5.0))).isEqualTo(5);
        assertThat(Statistics.median(List.of(9.0, 1.0, 5.0, 3.0))).isEqualTo(4);
    }

    @Test
    void aPercentileIsAValueThatWasMeasured() {
        List<Double> values = IntStream.rangeClosed(1, 200).mapToObj(i -> (double) i).toList();

        assertThat(Statistics.percentile(values, 99)).isEqualTo(198);
        assertThat(Statistics.percentile(List.of(7.0), 99)).isEqualTo(7);
    }
}
