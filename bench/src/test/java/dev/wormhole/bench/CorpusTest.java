package dev.wormhole.bench;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wormhole.terminal.screen.Screen;
import dev.wormhole.terminal.screen.ScreenListener;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class CorpusTest {

    private static final int LINES = 900;

    @ParameterizedTest
    @EnumSource
    void isTheSameAtEveryRunAndAsLongAsAskedFor(Corpus corpus) {
        assertThat(corpus.bytes(12_345)).hasSize(12_345).isEqualTo(corpus.bytes(12_345));
    }

    @Test
    void aMixedLineTakesOneRowAndAboutAsManyBytesAsInThePublishedFigures() {
        byte[] text = Corpus.MIXED.lines(LINES);
        var screen = new Screen(80, LINES + 1, 0, new ScreenListener() {});

        screen.feed(text, 0, text.length);

        assertThat(screen.cursorRow()).isEqualTo(LINES);
        assertThat(text.length / (double) LINES).isBetween(86.0, 106.0);
    }
}
