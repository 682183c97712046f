package dev.wormhole.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;

import java.util.List;

class OptionsTest {

    @Test
    void namesAreGivenInOneWord() {
        Options options = Options.parse(List.of("--quick", "--only", "cat,echo", "--passes", "5"));

        assertThat(options.only()).containsExactly("cat", "echo");
        assertThat(options.passes()).isEqualTo(5);
        assertThat(options.quick()).isTrue();
        assertThat(options.markdown()).isFalse();
    }

    @Test
    void whatItDoesNotKnowIsRefusedByName() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Options.parse(List.of("--fast")))
                .withMessageContaining("--fast");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Options.parse(List.of("--only")))
                .withMessageContaining("--only");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Options.parse(List.of("--passes", "many")))
                .withMessageContaining("many");
    }
}
