package dev.wormhole.app.dialog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TimeLimitTest {

    @ParameterizedTest
    @CsvSource({
        "90 s,90000",
        "30,1800000",
        "30 min,1800000",
        "1.5h,5400000",
        "'0,5 H',1800000",
        "2 days,172800000",
        " 7 m ,420000",
    })
    void aLimitIsReadAsPeopleWriteIt(String text, long millis) {
        assertThat(TimeLimit.parse(text)).isEqualTo(millis);
    }

    @Test
    void nothingIsNoLimit() {
        assertThat(TimeLimit.parse("  ")).isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"soon", "-1", "0", "1 fortnight", "999999999 d", "1 2", "0.000001 s"})
    void whatIsNoLimitIsRefusedWithAReason(String text) {
        assertThatThrownBy(() -> TimeLimit.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("The time limit is");
    }
}
