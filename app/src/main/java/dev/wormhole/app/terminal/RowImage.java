package dev.wormhole.app.terminal;

import dev.wormhole.terminal.screen.ViewRow;

import javafx.scene.image.ImageView;
import javafx.scene.image.PixelBuffer;
import javafx.scene.image.PixelFormat;
import javafx.scene.image.WritableImage;

import org.jspecify.annotations.Nullable;

import java.nio.IntBuffer;

/**
 * The image of one row of cells. It stays with its row when that moves, so that scrolling paints
 * what is new alone; and what JavaFX has to draw after a change is as small as the row.
 *
 * <p>Owned by the FX thread. The renderer may read the pixels of the frame before while new ones
 * are written; what it gets then is drawn again with the next frame, as each change asks for one.
 */
final class RowImage {

    private final PixelBuffer<IntBuffer> buffer;
    private final Raster raster;
    private final ImageView view;

    private @Nullable ViewRow row;
    private int[] marks = Highlights.NONE;

    /**
     * @param width in device pixels, as is height
     * @param scale device pixels for a logical one
     */
    RowImage(int width, int height, double scale) {
        var pixels = new int[width * height];
        raster = new Raster(pixels, width, height);
        buffer =
                new PixelBuffer<>(
                        width, height, IntBuffer.wrap(pixels), PixelFormat.getIntArgbPreInstance());
        view = new ImageView(new WritableImage(buffer));
        view.setFitWidth(width / scale);
        view.setFitHeight(height / scale);
        view.setSmooth(false);
        view.setMouseTransparent(true);
    }

    ImageView view() {
        return view;
    }

    Raster raster() {
        return raster;
    }

    /** What is painted, or null if it is to be painted anew. */
    @Nullable ViewRow row() {
        return row;
    }

    int[] marks() {
        return marks;
    }

    /** Its colours are not those of now. */
    void forget() {
        row = null;
    }

    /** The raster was written to. */
    void painted(@Nullable ViewRow painted, int[] lit) {
        row = painted;
        marks = lit;
        buffer.updateBuffer(_ -> null);
    }
}
