package dev.wormhole.bench.keys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.List;

class RowTest {

    @Test
    void aRowWithoutAKeyboardIsOnTheOneOfTheUs() {
        assertThat(Row.of("shift+ctrl")).isEqualTo(Row.of("us:shift+ctrl"));
        assertThat(Row.of("shift+ctrl").codes()).containsExactly(50, 37);
    }

    @Test
    void nothingIsHeldForADash() {
        assertThat(Row.of("num:-").codes()).isEmpty();
        assertThat(Row.of("num:-").lock()).isPositive();
    }

    @ParameterizedTest
    @ValueSource(strings = {"xy:-", "fn", "shift+", "de:dead+shift"})
    void whatIsNoRowIsRefused(String written) {
        assertThatThrownBy(() -> Row.of(written)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void noTwoStrokesOfARowHaveTheSameName() {
        List<String> names = Row.of("-").strokes().stream().map(Stroke::name).toList();

        assertThat(names).doesNotHaveDuplicates().contains("Esc", "\\", "KPEnter");
        assertThat(Row.of("intl:dead").strokes()).allMatch(stroke -> stroke.codes().size() == 2);
    }
}
