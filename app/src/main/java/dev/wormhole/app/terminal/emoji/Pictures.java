package dev.wormhole.app.terminal.emoji;

import javafx.scene.image.Image;
import javafx.scene.image.PixelFormat;
import javafx.scene.image.WritableImage;

import org.jspecify.annotations.Nullable;

import java.io.ByteArrayInputStream;
import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * Makes images of PNG files, so small that they fit into a room of pixels.
 *
 * <p>Pure; needs JavaFX, but not its thread.
 */
final class Pictures {

    private static final long SIGNATURE = 0x89504e470d0a1a0aL;
    private static final int HEADER = 24;
    private static final int WIDTH_AT = 16;
    private static final int HEIGHT_AT = 20;

    /** Pictures of emoji have 136; a file may claim any size, and room would be made for it. */
    private static final int LARGEST = 1024;

    private Pictures() {}

    /**
     * The picture as large as fits into the room, in its own proportions, but never larger than it
     * is itself; null where it cannot be read.
     */
    static @Nullable Image decode(byte[] png, int width, int height) {
        if (!isOfSoundSize(png)) return null;
        var image = new Image(new ByteArrayInputStream(png));
        if (image.isError() || image.getPixelReader() == null) return null;
        int w = (int) image.getWidth();
        int h = (int) image.getHeight();
        int[] pixels = new int[w * h];
        image.getPixelReader()
                .getPixels(0, 0, w, h, PixelFormat.getIntArgbPreInstance(), pixels, 0, w);
        double scale = Math.min(1, Math.min((double) width / w, (double) height / h));
        int toWidth = Math.max(1, (int) Math.round(w * scale));
        int toHeight = Math.max(1, (int) Math.round(h * scale));
        var scaled = new WritableImage(toWidth, toHeight);
        scaled.getPixelWriter()
                .setPixels(
                        0,
                        0,
                        toWidth,
                        toHeight,
                        PixelFormat.getIntArgbPreInstance(),
                        shrink(pixels, w, h, toWidth, toHeight),
                        0,
                        toWidth);
        return scaled;
    }

    private static boolean isOfSoundSize(byte[] png) {
        if (png.length < HEADER) return false;
        var bytes = ByteBuffer.wrap(png);
        int width = bytes.getInt(WIDTH_AT);
        int height = bytes.getInt(HEIGHT_AT);
        return bytes.getLong(0) == SIGNATURE
                && width > 0
                && width <= LARGEST
                && height > 0
                && height <= LARGEST;
    }

    /** Each pixel is the mean of those that it covers; of premultiplied colours, in both ways. */
    static int[] shrink(int[] pixels, int width, int height, int toWidth, int toHeight) {
        float[] rows = new float[toWidth * height * 4];
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < toWidth; x++) {
                double from = (double) x * width / toWidth;
                double to = (double) (x + 1) * width / toWidth;
                for (int i = (int) from; i < Math.min(width, Math.ceil(to)); i++) {
                    double share = (Math.min(i + 1, to) - Math.max(i, from)) / (to - from);
                    int pixel = pixels[y * width + i];
                    for (int channel = 0; channel < 4; channel++) {
                        rows[(y * toWidth + x) * 4 + channel] +=
                                (float) (share * ((pixel >>> (8 * channel)) & 0xff));
                    }
                }
            }
        }
        int[] small = new int[toWidth * toHeight];
        float[] sum = new float[4];
        for (int y = 0; y < toHeight; y++) {
            double from = (double) y * height / toHeight;
            double to = (double) (y + 1) * height / toHeight;
            for (int x = 0; x < toWidth; x++) {
                Arrays.fill(sum, 0);
                for (int i = (int) from; i < Math.min(height, Math.ceil(to)); i++) {
                    double share = (Math.min(i + 1, to) - Math.max(i, from)) / (to - from);
                    for (int channel = 0; channel < 4; channel++) {
                        sum[channel] += (float) (share * rows[(i * toWidth + x) * 4 + channel]);
                    }
                }
                int pixel = 0;
                for (int channel = 0; channel < 4; channel++) {
                    pixel |= Math.min(0xff, Math.round(sum[channel])) << (8 * channel);
                }
                small[y * toWidth + x] = pixel;
            }
        }
        return small;
    }
}
