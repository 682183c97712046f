package dev.wormhole.app.terminal.emoji;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;

/** What the font of this machine says, where it has one; distributions have different versions. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class InstalledFontsTest {

    private static final byte[] SIGNATURE = {(byte) 0x89, 'P', 'N', 'G'};

    private EmojiFont font;

    @BeforeAll
    void open() {
        font = InstalledFonts.open();
        assumeTrue(font != null, "no font with pictures of emoji is installed here");
    }

    @AfterAll
    void close() throws IOException {
        if (font != null) font.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "🚀",
                "❤️",
                "☺️",
                "🇩🇪",
                "🇯🇵",
                "👍🏽",
                "☝🏽",
                "1️⃣",
                "#️⃣",
                "👨‍👩‍👧‍👦",
                "👩🏿‍🚀",
                "🏳️‍🌈",
                "🏴󠁧󠁢󠁥󠁮󠁧󠁿"
            })
    void wellKnownEmojiHavePictures(String cluster) throws IOException {
        assertThat(font.png(cluster, 20)).startsWith(SIGNATURE);
    }

    @Test
    void sequencesDifferFromTheirBeginnings() throws IOException {
        assertThat(font.png("👍🏽", 20)).isNotEqualTo(font.png("👍", 20));
        assertThat(font.png("👨‍👩‍👧‍👦", 20)).isNotEqualTo(font.png("👨", 20));
        assertThat(font.png("🇩🇪", 20)).isNotEqualTo(font.png("🇯🇵", 20));
    }

    @ParameterizedTest
    @ValueSource(strings = {"漢", "a", "🇦🇦", "\ud83d", "\udbff\udfff"})
    void whatIsNoEmojiHasNone(String cluster) throws IOException {
        assertThat(font.png(cluster, 20)).isNull();
    }
}
