package dev.wormhole.app.terminal.emoji;

import static org.assertj.core.api.Assertions.assertThat;

import javafx.scene.image.Image;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.testfx.framework.junit5.ApplicationExtension;

import java.nio.ByteBuffer;
import java.util.Arrays;

@ExtendWith(ApplicationExtension.class)
class PicturesTest {

    @ParameterizedTest
    @CsvSource({"18, 20, 18, 17", "40, 16, 17, 16", "1000, 1000, 136, 128", "1, 1, 1, 1"})
    void aPictureFitsItsRoomInItsProportions(int width, int height, int w, int h) {
        Image image = Pictures.decode(TinyFont.png(136, 128, 0xff336699), width, height);

        assertThat(image.getWidth()).isEqualTo(w);
        assertThat(image.getHeight()).isEqualTo(h);
        assertThat(image.getPixelReader().getArgb(0, 0)).isEqualTo(0xff336699);
        assertThat(image.getPixelReader().getArgb(w - 1, h - 1)).isEqualTo(0xff336699);
    }

    @Test
    void theMeanOfPixelsIsTaken() {
        int[] pixels = {0xff0000ff, 0xff0000ff, 0, 0, 0xff0000ff, 0xff0000ff, 0, 0};

        assertThat(Pictures.shrink(pixels, 4, 2, 2, 1)).containsExactly(0xff0000ff, 0);
        assertThat(Pictures.shrink(pixels, 4, 2, 1, 1)).containsExactly(0x80000080);
        assertThat(Pictures.shrink(new int[] {0xff000000, 0, 0}, 3, 1, 2, 1))
                .containsExactly(0xaa000000, 0);
    }

    @Test
    void whatIsNoPictureIsNone() {
        byte[] png = TinyFont.png(8, 8, 0xff336699);
        byte[] huge = ByteBuffer.wrap(png.clone()).putInt(16, 60_000).putInt(20, 60_000).array();
        byte[] empty = ByteBuffer.wrap(png.clone()).putInt(16, 0).array();

        assertThat(Pictures.decode(new byte[0], 8, 8)).isNull();
        assertThat(Pictures.decode(new byte[100], 8, 8)).isNull();
        assertThat(Pictures.decode(Arrays.copyOf(png, 30), 8, 8)).isNull();
        assertThat(Pictures.decode(huge, 8, 8)).isNull();
        assertThat(Pictures.decode(empty, 8, 8)).isNull();
    }
}
