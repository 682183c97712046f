package dev.wormhole.app.view;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wormhole.app.workspace.InputNotice;

import org.junit.jupiter.api.Test;

class InputWordsTest {

    @Test
    void aPasteSaysHowFarItIsAndHowToStopIt() {
        assertThat(InputWords.of(new InputNotice.Pasting(3_355_443, 10 << 20)))
                .isEqualTo("pasting… 3.2 of 10 MB, Ctrl-C stops");
    }

    @Test
    void discardedInputSaysHowMuchAndWhy() {
        assertThat(InputWords.of(new InputNotice.Discarded(1)))
                .isEqualTo("1 byte of your input reached no program: it had ended");
        assertThat(InputWords.of(new InputNotice.Discarded(12_345))).startsWith("12,345 bytes of");
    }

    @Test
    void nothingNeedsNoWords() {
        assertThat(InputWords.of(new InputNotice.Nothing())).isEmpty();
    }
}
