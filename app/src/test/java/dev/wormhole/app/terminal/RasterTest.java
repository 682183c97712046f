package dev.wormhole.app.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.Arrays;

class RasterTest {

    private static final int WIDTH = 12;
    private static final int HEIGHT = 4;
    private static final int GROUND = 0x102030;
    private static final int INK = 0xf0e0d0;
    private static final int OPAQUE = 0xff000000;

    private final int[] pixels = new int[WIDTH * HEIGHT];
    private final Raster raster = new Raster(pixels, WIDTH, HEIGHT);

    @Test
    void groundsFillTheirColumnsAndNoMore() {
        raster.clear(GROUND);
        raster.fill(3, 5, INK);

        for (int y = 0; y < HEIGHT; y++) {
            for (int x = 0; x < WIDTH; x++) {
                assertThat(at(x, y)).isEqualTo(x == 3 || x == 4 ? INK : GROUND);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {-100, -3, -1, 0, 5, 9, 11, 12, 100})
    void whatReachesBeyondTheRowIsCutOff(int x) {
        for (int y = -5; y <= HEIGHT + 1; y++) {
            int across = Math.max(0, Math.min(WIDTH, x + 3) - Math.max(0, x));
            int down = Math.max(0, Math.min(HEIGHT, y + 3) - Math.max(0, y));
            long seen = (long) across * down;

            raster.clear(GROUND);
            raster.stamp(full(3, 3), x, y, INK);
            assertThat(inked()).as("stamp").isEqualTo(seen);

            raster.clear(GROUND);
            raster.draw(picture(3, 3, OPAQUE | INK), x, y, 255);
            assertThat(inked()).as("picture").isEqualTo(seen);

            raster.clear(GROUND);
            raster.tile(full(3, 3), 3, x, x + 3, y, INK);
            assertThat(inked()).as("tile").isEqualTo(seen);
        }
    }

    @Test
    void groundsBeyondTheRowAreCutOff() {
        raster.clear(GROUND);
        raster.fill(-5, 2, INK);
        raster.fill(10, 40, INK);
        raster.fill(40, 50, INK);
        raster.fill(-9, -2, INK);

        assertThat(inked()).isEqualTo(4L * HEIGHT);
    }

    /** To within one level of what the colours' shares give, and exact where all or nothing is. */
    @Test
    void inkMixesByItsShare() {
        for (int cover = 0; cover < 256; cover++) {
            raster.clear(GROUND);
            raster.stamp(new Sprite(0, 0, 1, 1, new byte[] {(byte) cover}, null), 0, 0, INK);

            for (int shift = 0; shift <= 16; shift += 8) {
                double ground = GROUND >> shift & 0xff;
                double ink = INK >> shift & 0xff;
                double right = ground + (ink - ground) * cover / 255;
                assertThat((double) (at(0, 0) >> shift & 0xff))
                        .as("cover %d", cover)
                        .isBetween(right - 1.01, right + 1.01);
            }
            if (cover == 0) assertThat(at(0, 0)).isEqualTo(GROUND);
            if (cover == 255) assertThat(at(0, 0)).isEqualTo(INK);
        }
    }

    @Test
    void aPictureKeepsItsColoursAndItsClearParts() {
        raster.clear(GROUND);
        var argb = new int[] {OPAQUE | 0xff0000, 0};
        raster.draw(new Sprite(1, 0, 2, 1, null, argb), 0, 0, 255);

        assertThat(at(1, 0)).isEqualTo(0xff0000);
        assertThat(at(2, 0)).isEqualTo(GROUND);
    }

    @Test
    void aFaintPictureLetsTheGroundThrough() {
        raster.clear(0);
        raster.draw(picture(1, 1, 0xffffffff), 0, 0, 128);

        assertThat(at(0, 0)).isEqualTo(0x808080);
    }

    /** Two runs that touch look as one does. */
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 5, 7})
    void linesGoOnFromRunToRun(int period) {
        var ink = new byte[period];
        for (int x = 0; x < period; x++) ink[x] = (byte) (x % 2 == 0 ? 0xff : 0x40);
        var sprite = new Sprite(0, 2, period, 1, ink, null);
        raster.clear(GROUND);
        raster.tile(sprite, period, 0, WIDTH, 0, INK);
        int[] whole = pixels.clone();

        for (int cut = 1; cut < WIDTH; cut++) {
            raster.clear(GROUND);
            raster.tile(sprite, period, 0, cut, 0, INK);
            raster.tile(sprite, period, cut, WIDTH, 0, INK);
            assertThat(pixels).as("cut at %d", cut).isEqualTo(whole);
        }
    }

    private long inked() {
        return Arrays.stream(pixels).filter(pixel -> pixel == (OPAQUE | INK)).count();
    }

    private int at(int x, int y) {
        int pixel = pixels[y * WIDTH + x];
        assertThat(pixel >>> 24).isEqualTo(0xff);
        return pixel & 0xffffff;
    }

    private static Sprite full(int width, int height) {
        var ink = new byte[width * height];
        Arrays.fill(ink, (byte) 0xff);
        return new Sprite(0, 0, width, height, ink, null);
    }

    private static Sprite picture(int width, int height, int argb) {
        var colours = new int[width * height];
        Arrays.fill(colours, argb);
        return new Sprite(0, 0, width, height, null, colours);
    }
}
