package dev.wormhole.app.terminal.shape;

import javafx.scene.SnapshotParameters;
import javafx.scene.canvas.Canvas;
import javafx.scene.canvas.GraphicsContext;
import javafx.scene.image.PixelFormat;
import javafx.scene.image.WritableImage;
import javafx.scene.paint.Color;

import org.testfx.util.WaitForAsyncUtils;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;

/** What was painted on an empty sheet: for each device pixel how much of it, from 0 to 255. */
final class Ink {

    static final int FULL = 255;

    private static final int TIMEOUT_SECONDS = 100;

    // The pixels may be those of a larger sheet, of which this one is a part.
    private final byte[] pixels;
    private final int stride;
    private final int left;
    private final int top;
    private final int width;
    private final int height;

    private Ink(byte[] pixels, int stride, int left, int top, int width, int height) {
        this.pixels = pixels;
        this.stride = stride;
        this.left = left;
        this.top = top;
        this.width = width;
        this.height = height;
    }

    int width() {
        return width;
    }

    int height() {
        return height;
    }

    /** A sheet of device pixels; the painter draws in logical ones, with an opaque fill. */
    static Ink of(int width, int height, double scale, Consumer<GraphicsContext> painter) {
        try {
            return WaitForAsyncUtils.waitFor(
                    TIMEOUT_SECONDS,
                    TimeUnit.SECONDS,
                    WaitForAsyncUtils.asyncFx(() -> painted(width, height, scale, painter)));
        } catch (TimeoutException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Ink painted(
            int width, int height, double scale, Consumer<GraphicsContext> painter) {
        var canvas = new Canvas(width, height);
        GraphicsContext g = canvas.getGraphicsContext2D();
        g.scale(scale, scale);
        g.setFill(Color.WHITE);
        painter.accept(g);
        var parameters = new SnapshotParameters();
        parameters.setFill(Color.TRANSPARENT);
        WritableImage image = canvas.snapshot(parameters, null);
        int[] argb = new int[width * height];
        image.getPixelReader()
                .getPixels(0, 0, width, height, PixelFormat.getIntArgbInstance(), argb, 0, width);
        byte[] pixels = new byte[argb.length];
        for (int i = 0; i < argb.length; i++) pixels[i] = (byte) (argb[i] >>> 24);
        return new Ink(pixels, width, 0, 0, width, height);
    }

    Ink part(int x, int y, int partWidth, int partHeight) {
        return new Ink(pixels, stride, left + x, top + y, partWidth, partHeight);
    }

    int at(int x, int y) {
        return Byte.toUnsignedInt(pixels[(top + y) * stride + left + x]);
    }

    /** The amounts in all pixels, added up. */
    long sum() {
        long sum = 0;
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) sum += at(x, y);
        }
        return sum;
    }

    int most() {
        int most = 0;
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) most = Math.max(most, at(x, y));
        }
        return most;
    }

    /** The largest difference between two sheets of a size in any pixel. */
    int difference(Ink other) {
        int most = 0;
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                most = Math.max(most, Math.abs(at(x, y) - other.at(x, y)));
            }
        }
        return most;
    }

    /** A column from top to bottom, # where something is painted: {@code "..##.."}. */
    String column(int x) {
        var text = new StringBuilder();
        for (int y = 0; y < height; y++) text.append(at(x, y) > 0 ? '#' : '.');
        return text.toString();
    }

    String row(int y) {
        var text = new StringBuilder();
        for (int x = 0; x < width; x++) text.append(at(x, y) > 0 ? '#' : '.');
        return text.toString();
    }
}
