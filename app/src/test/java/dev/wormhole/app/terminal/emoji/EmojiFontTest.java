package dev.wormhole.app.terminal.emoji;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

class EmojiFontTest {

    private static final int ROCKET = 0x1f680;
    private static final int HEART = 0x2764;
    private static final int MAN = 0x1f468;
    private static final int GIRL = 0x1f467;
    private static final int THUMB = 0x1f44d;
    private static final int TONE = 0x1f3fd;
    private static final int ZWJ = 0x200d;
    private static final int D = 0x1f1e9;
    private static final int E = 0x1f1ea;

    @TempDir Path folder;

    @ParameterizedTest
    @ValueSource(ints = {4, 12})
    void aCharacterHasItsPicture(int format) throws IOException {
        TinyFont font =
                new TinyFont()
                        .cmapFormat(format)
                        .map(0x231a, 1)
                        .map(0x231b, 2)
                        .map(0x23f0, 3)
                        .map(HEART, 4)
                        .pictures(109, 1, 17, 1, bytes("a"), bytes("b"), bytes("c"), bytes("d"));

        assertThat(png(font, "\u231a")).isEqualTo("a");
        assertThat(png(font, "\u231b")).isEqualTo("b");
        assertThat(png(font, "\u23f0")).isEqualTo("c");
        assertThat(png(font, "❤")).isEqualTo("d");
        assertThat(png(font, "\u231c")).isNull();
        assertThat(png(font, "\uffff")).isNull();
        assertThat(png(font, "🚀")).isNull();
    }

    @ParameterizedTest
    @CsvSource({
        "1, 17", "2, 17", "3, 17", "4, 17", "5, 17", "1, 18", "2, 18", "5, 18", "1, 19", "2, 19",
        "3, 19", "5, 19"
    })
    void picturesAreFoundInEveryFormat(int index, int image) throws IOException {
        TinyFont font =
                new TinyFont()
                        .map('a', 7)
                        .map('b', 8)
                        .map('c', 9)
                        .map('d', 10)
                        .pictures(20, 1, 17, 3, bytes("before"))
                        .pictures(20, index, image, 7, bytes("one"), bytes("second"), bytes("3"));

        assertThat(png(font, "a")).isEqualTo("one");
        assertThat(png(font, "b")).isEqualTo("second");
        assertThat(png(font, "c")).isEqualTo("3");
        assertThat(png(font, "d")).isNull();
    }

    @ParameterizedTest
    @CsvSource({"10, 20", "20, 20", "21, 40", "40, 40", "41, 128", "500, 128"})
    void theSmallestPictureThatIsLargeEnoughIsTaken(int wanted, String taken) throws IOException {
        Path file =
                new TinyFont()
                        .map(ROCKET, 1)
                        .pictures(128, 1, 17, 1, bytes("128"))
                        .pictures(20, 1, 17, 1, bytes("20"))
                        .pictures(40, 1, 17, 1, bytes("40"))
                        .write(folder);

        try (EmojiFont font = EmojiFont.open(file)) {
            assertThat(font.png("🚀", wanted)).asString().isEqualTo(taken);
        }
    }

    @Test
    void aSmallPictureIsBetterThanNone() throws IOException {
        TinyFont font =
                new TinyFont()
                        .map(ROCKET, 1)
                        .pictures(10, 1, 17, 1, bytes("small"))
                        .pictures(40, 1, 17, 2, bytes("other"));

        assertThat(png(font, "🚀")).isEqualTo("small");
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void sequencesHavePicturesOfTheirOwn(boolean isExtended) throws IOException {
        TinyFont font = sequences();
        if (isExtended) font.extended();

        assertThat(png(font, "👨‍👧")).isEqualTo("family");
        assertThat(png(font, "👍🏽")).isEqualTo("brown");
        assertThat(png(font, "🇩🇪")).isEqualTo("flag");
        assertThat(png(font, "1️⃣")).isEqualTo("key");
        assertThat(png(font, "👨")).isEqualTo("man");
    }

    @Test
    void aSequenceThatTheFontDoesNotKnowHasThePictureOfItsBeginning() throws IOException {
        TinyFont font = sequences();

        assertThat(png(font, "👍🏽‍🚀")).isEqualTo("brown");
        assertThat(png(font, "👍‍👨")).isEqualTo("thumb");
        assertThat(png(font, "👨🏽")).isEqualTo("man");
        assertThat(png(font, "🇪🇩")).isNull();
        assertThat(png(font, "🇩🇺")).isNull();
        assertThat(png(font, "3️⃣")).isNull();
        assertThat(png(font, "👨" + "\u0301".repeat(1_000_000))).isNull();
        assertThat(png(font, "\ud83d")).isNull();
        assertThat(png(font, "")).isNull();
    }

    private static TinyFont sequences() {
        return new TinyFont()
                .map('1', 20)
                .map('3', 21)
                .map(ZWJ, 22)
                .map(0x20e3, 23)
                .map(MAN, 1)
                .map(GIRL, 2)
                .map(THUMB, 3)
                .map(TONE, 4)
                .map(D, 5)
                .map(E, 6)
                .ligature(30, 1, 22, 2)
                .ligature(31, 3, 4)
                .ligature(32, 5, 6)
                .ligature(33, 20, 23)
                .pictures(40, 1, 17, 1, bytes("man"), bytes("girl"), bytes("thumb"))
                .pictures(40, 3, 17, 5, bytes("D"), bytes("E"))
                .pictures(40, 1, 17, 20, bytes("1"), bytes("3"))
                .pictures(
                        40,
                        1,
                        17,
                        30,
                        bytes("family"),
                        bytes("brown"),
                        bytes("flag"),
                        bytes("key"));
    }

    @Test
    void theEmojiStyleMayHaveAGlyphOfItsOwn() throws IOException {
        TinyFont font =
                new TinyFont()
                        .map(HEART, 1)
                        .map(0x2600, 2)
                        .variation(HEART, 3)
                        .variation(0x2600, 0)
                        .pictures(40, 1, 17, 1, bytes("black"), bytes("sun"), bytes("red"));

        assertThat(png(font, "❤")).isEqualTo("black");
        assertThat(png(font, "❤️")).isEqualTo("red");
        assertThat(png(font, "☀️")).isEqualTo("sun");
    }

    @Test
    void ligaturesMayNameTheEmojiStyle() throws IOException {
        TinyFont font =
                new TinyFont()
                        .map(HEART, 1)
                        .map(0xfe0f, 2)
                        .ligature(3, 1, 2)
                        .pictures(40, 1, 17, 1, bytes("black"))
                        .pictures(40, 1, 17, 3, bytes("red"));

        assertThat(png(font, "❤️")).isEqualTo("black");
        assertThat(
                        png(
                                new TinyFont()
                                        .map(HEART, 1)
                                        .map(0xfe0f, 2)
                                        .map(ZWJ, 4)
                                        .map(ROCKET, 5)
                                        .ligature(3, 1, 2, 4, 5)
                                        .pictures(40, 1, 17, 1, bytes("black"))
                                        .pictures(40, 1, 17, 3, bytes("joined")),
                                "❤️‍🚀"))
                .isEqualTo("joined");
    }

    @Test
    void whatHasNoPicturesIsRefused() throws IOException {
        Path text = Files.writeString(folder.resolve("text"), "no font at all, but a long text");
        Path empty = Files.write(folder.resolve("empty"), new byte[0]);
        Path none = Files.write(folder.resolve("none"), new TinyFont().map(ROCKET, 1).bytes());

        assertThatThrownBy(() -> EmojiFont.open(text)).isInstanceOf(IOException.class);
        assertThatThrownBy(() -> EmojiFont.open(empty)).isInstanceOf(IOException.class);
        assertThatThrownBy(() -> EmojiFont.open(none)).isInstanceOf(IOException.class);
        assertThatThrownBy(() -> EmojiFont.open(folder.resolve("absent")))
                .isInstanceOf(IOException.class);
    }

    private String png(TinyFont tiny, String cluster) throws IOException {
        try (EmojiFont font = EmojiFont.open(tiny.write(folder))) {
            byte[] png = font.png(cluster, 20);
            return png == null ? null : new String(png, StandardCharsets.US_ASCII);
        }
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
