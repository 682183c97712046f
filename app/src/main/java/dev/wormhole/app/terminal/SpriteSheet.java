package dev.wormhole.app.terminal;

import javafx.geometry.Rectangle2D;
import javafx.scene.Group;
import javafx.scene.Node;
import javafx.scene.SnapshotParameters;
import javafx.scene.canvas.Canvas;
import javafx.scene.canvas.GraphicsContext;
import javafx.scene.image.PixelFormat;
import javafx.scene.image.WritableImage;
import javafx.scene.paint.Color;
import javafx.scene.shape.Rectangle;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * Has JavaFX draw many characters at once on a sheet that nobody sees, and cuts the sprites out of
 * it.
 *
 * <p>On the FX thread, which waits for the renderer. All lengths are device pixels.
 */
final class SpriteSheet {

    private static final int SHEET_SIDE = 2048;

    private SpriteSheet() {}

    /**
     * A place on the sheet and who wants what is drawn there.
     *
     * @param width without the margins
     * @param margin at the left and right, for what hangs over
     * @param canvas draws in pixels from the cell's corner
     */
    record Wanted(
            int width,
            int height,
            int margin,
            boolean isPicture,
            @Nullable Node node,
            Consumer<GraphicsContext> canvas,
            Consumer<Sprite> taker) {}

    /** Draws all of them; each taker has its sprite then. */
    static void draw(List<Wanted> wanted) {
        int next = 0;
        while (next < wanted.size()) next = sheet(wanted, next);
    }

    /** Draws those from here that find room on one sheet; the first that did not. */
    private static int sheet(List<Wanted> wanted, int from) {
        List<Rectangle2D> places = places(wanted, from);
        int width = 1;
        int height = 1;
        for (Rectangle2D place : places) {
            width = Math.max(width, (int) place.getMaxX());
            height = Math.max(height, (int) place.getMaxY());
        }
        var canvas = new Canvas(width, height);
        var sheet = new Group(canvas);
        GraphicsContext g = canvas.getGraphicsContext2D();
        g.setFill(Color.WHITE);
        for (int i = 0; i < places.size(); i++) {
            Rectangle2D place = places.get(i);
            Wanted one = wanted.get(from + i);
            if (one.node() == null) draw(g, one, place);
            else sheet.getChildren().add(placed(one.node(), one, place));
        }
        int[] argb = pixels(sheet, width, height);
        for (int i = 0; i < places.size(); i++) {
            Wanted one = wanted.get(from + i);
            one.taker()
                    .accept(Sprite.cut(argb, width, places.get(i), one.margin(), one.isPicture()));
        }
        return from + places.size();
    }

    /** One after the other, in rows. */
    private static List<Rectangle2D> places(List<Wanted> wanted, int from) {
        List<Rectangle2D> places = new ArrayList<>();
        int x = 0;
        int y = 0;
        int shelf = 0;
        for (Wanted one : wanted.subList(from, wanted.size())) {
            int width = one.width() + 2 * one.margin();
            if (x > 0 && x + width > SHEET_SIDE) {
                x = 0;
                y += shelf;
                shelf = 0;
            }
            if (y > 0 && y + one.height() > SHEET_SIDE) break;
            places.add(new Rectangle2D(x, y, width, one.height()));
            x += width;
            shelf = Math.max(shelf, one.height());
        }
        return places;
    }

    private static void draw(GraphicsContext g, Wanted one, Rectangle2D place) {
        g.save();
        g.beginPath();
        g.rect(place.getMinX(), place.getMinY(), place.getWidth(), place.getHeight());
        g.clip();
        g.translate(place.getMinX() + one.margin(), place.getMinY());
        one.canvas().accept(g);
        g.restore();
    }

    /** What is larger than its place is cut off. */
    private static Node placed(Node node, Wanted one, Rectangle2D place) {
        var group = new Group(node);
        group.setTranslateX(place.getMinX() + one.margin());
        group.setTranslateY(place.getMinY());
        group.setClip(new Rectangle(-one.margin(), 0, place.getWidth(), place.getHeight()));
        return group;
    }

    private static int[] pixels(Node sheet, int width, int height) {
        var parameters = new SnapshotParameters();
        parameters.setFill(Color.TRANSPARENT);
        parameters.setViewport(new Rectangle2D(0, 0, width, height));
        WritableImage image = sheet.snapshot(parameters, new WritableImage(width, height));
        var argb = new int[width * height];
        image.getPixelReader()
                .getPixels(
                        0, 0, width, height, PixelFormat.getIntArgbPreInstance(), argb, 0, width);
        return argb;
    }
}
