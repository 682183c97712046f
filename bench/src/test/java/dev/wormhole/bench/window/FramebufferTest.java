package dev.wormhole.bench.window;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

class FramebufferTest {

    private static final int HEADER = 100;
    private static final int COLOURS = 2;
    private static final int STRIDE = 16;

    /** Three by two pixels as Xvfb writes them, in lines of four. */
    private static ByteBuffer file(int bitsPerPixel) {
        var file = ByteBuffer.allocate(HEADER + COLOURS * 12 + 2 * STRIDE);
        file.putInt(0, HEADER).putInt(4 * 4, 3).putInt(5 * 4, 2);
        file.putInt(11 * 4, bitsPerPixel).putInt(12 * 4, STRIDE).putInt(19 * 4, COLOURS);
        return file;
    }

    @Test
    void aPixelIsReadBehindHeaderAndColours() throws IOException {
        ByteBuffer file = file(32).order(ByteOrder.nativeOrder());
        file.putInt(HEADER + COLOURS * 12 + STRIDE + 2 * 4, 0xff123456);

        Framebuffer picture = Framebuffer.of(file);

        assertThat(picture.width()).isEqualTo(3);
        assertThat(picture.height()).isEqualTo(2);
        assertThat(picture.rgb(2, 1)).isEqualTo(0x123456);
        assertThat(picture.rgb(2, 0)).isZero();
    }

    @Test
    void aPictureOfAnotherDepthIsRefused() {
        assertThatExceptionOfType(IOException.class)
                .isThrownBy(() -> Framebuffer.of(file(8)))
                .withMessageContaining("8 bits");
    }
}
