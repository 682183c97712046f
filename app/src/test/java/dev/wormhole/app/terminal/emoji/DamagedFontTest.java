package dev.wormhole.app.terminal.emoji;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;

/**
 * A font is somebody else's file: whatever is in it, reading ends, and ends with an IOException.
 */
class DamagedFontTest {

    private static final int ROUNDS = 500;

    private static final String[] CLUSTERS = {"🚀", "❤️", "👨‍👧", "👍🏽", "🇩🇪", "1️⃣", "☀️"};

    @TempDir Path folder;

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void damageIsTold(long seed) throws IOException {
        var random = new Random(seed);
        for (int round = 0; round < ROUNDS; round++) {
            byte[] sound = font(random).bytes();
            byte[] bytes = damaged(sound, random);
            Path file = Files.write(folder.resolve("Damaged.ttf"), bytes);
            try (EmojiFont font = EmojiFont.open(file)) {
                for (String cluster : CLUSTERS) read(font, cluster);
            } catch (IOException e) {
                assertThat(e).hasMessageMatching(".+");
            } catch (RuntimeException | Error e) {
                throw new AssertionError("seed " + seed + ", round " + round, e);
            }
        }
    }

    private static void read(EmojiFont font, String cluster) {
        try {
            font.png(cluster, 20);
        } catch (IOException e) {
            assertThat(e).hasMessageMatching(".+");
        }
    }

    private static TinyFont font(Random random) {
        var font = new TinyFont().cmapFormat(4);
        int[] codes = {'1', 0x200d, 0x20e3, 0x2600, 0x2764, 0xfe0f};
        for (int i = 0; i < codes.length; i++) font.map(codes[i], i + 1);
        if (random.nextInt(8) > 0) {
            int[] others = {0x1f1e9, 0x1f1ea, 0x1f3fd, 0x1f44d, 0x1f467, 0x1f468, 0x1f680};
            for (int i = 0; i < others.length; i++) font.cmapFormat(12).map(others[i], i + 7);
        }
        font.variation(0x2764, 14).variation(0x2600, 0);
        if (random.nextBoolean()) font.extended();
        font.ligature(15, 12, 2, 11).ligature(16, 10, 9).ligature(17, 7, 8).ligature(18, 1, 3);
        for (int first = 1; first < 19; first += 3) {
            byte[] picture = new byte[20];
            int image = 17 + random.nextInt(3);
            font.pictures(20, 1 + random.nextInt(5), image, first, picture, picture, picture);
        }
        return font;
    }

    private static byte[] damaged(byte[] sound, Random random) {
        byte[] bytes = sound.clone();
        switch (random.nextInt(4)) {
            case 0 -> bytes = Arrays.copyOf(bytes, random.nextInt(bytes.length));
            case 1 -> bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
            case 2 -> {
                for (int i = random.nextInt(20); i >= 0; i--) {
                    bytes[random.nextInt(bytes.length)] = (byte) (random.nextBoolean() ? -1 : 0);
                }
            }
            default -> {
                int from = random.nextInt(bytes.length);
                int to = Math.min(bytes.length, from + 1 + random.nextInt(40));
                for (int i = from; i < to; i++) bytes[i] = (byte) random.nextInt(256);
            }
        }
        return bytes;
    }

    @Test
    void whatWouldTakeForEverIsGivenUp() throws IOException {
        var table = new FontTable("test", new byte[4]);
        table.allow(2);

        table.u16(0);
        table.u32(0);
        assertThatThrownBy(() -> table.u8(0)).hasMessageContaining("too long");
    }

    @ParameterizedTest
    @ValueSource(longs = {-1, 1, 4, 0x7fffffff, 0xffffffffL, Long.MAX_VALUE, Long.MIN_VALUE})
    void nothingIsReadOutside(long at) {
        var table = new FontTable("test", new byte[4]);
        table.allow(100);

        assertThatThrownBy(() -> table.u32(at)).isInstanceOf(DamagedFontException.class);
    }
}
