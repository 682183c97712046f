package dev.wormhole.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;

import java.util.List;

class DurabilityOptionsTest {

    @Test
    void killsAreCounted() {
        DurabilityOptions options =
                DurabilityOptions.parse(List.of("--kills", "200", "--only", "server,all"));

        assertThat(options.kills()).isEqualTo(200);
        assertThat(options.only()).containsExactly("server", "all");
        assertThat(DurabilityOptions.parse(List.of()).kills()).isZero();
    }

    @Test
    void whatItDoesNotKnowIsRefusedByName() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> DurabilityOptions.parse(List.of("--kills", "0")))
                .withMessageContaining("--kills");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> DurabilityOptions.parse(List.of("--kills")))
                .withMessageContaining("--kills");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> DurabilityOptions.parse(List.of("--passes", "3")))
                .withMessageContaining("--passes");
    }
}
