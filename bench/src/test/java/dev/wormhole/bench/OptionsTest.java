package dev.wormhole.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;

import java.util.List;

class OptionsTest {

    @Test
    void namesAreGivenInOneWord() {
        Options options =
                Options.parse(List.of("peers", "--quick", "--only", "cat,echo", "--passes", "5"));

        assertThat(options.only()).containsExactly("cat", "echo");
        assertThat(options.passes()).isEqualTo(5);
        assertThat(options.quick()).isTrue();
        assertThat(options.markdown()).isFalse();
    }

    @Test
    void whatItDoesNotKnowIsRefusedByName() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Options.parse(List.of("peers", "--fast")))
                .withMessageContaining("--fast");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Options.parse(List.of("peers", "--only")))
                .withMessageContaining("--only");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Options.parse(List.of("peers", "--passes", "many")))
                .withMessageContaining("many");
    }

    @Test
    void eachTableHasItsOwnWordForItsColumns() {
        Options options = Options.parse(List.of("window", "--terminals", "wormhole,kitty"));

        assertThat(options.table()).isEqualTo(Options.Table.WINDOW);
        assertThat(options.peers()).containsExactly("wormhole", "kitty");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Options.parse(List.of("window", "--peers", "tmux")))
                .withMessageContaining("--peers");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Options.parse(List.of("speed")))
                .withMessageContaining("speed");
    }
}
