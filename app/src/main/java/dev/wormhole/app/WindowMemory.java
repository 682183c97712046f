package dev.wormhole.app;

import dev.wormhole.client.preferences.Preferences;
import dev.wormhole.client.preferences.PreferencesException;
import dev.wormhole.client.preferences.PreferencesFile;
import dev.wormhole.protocol.json.Json;
import dev.wormhole.protocol.json.JsonException;
import dev.wormhole.protocol.json.JsonObject;

import javafx.geometry.Rectangle2D;
import javafx.stage.Screen;
import javafx.stage.Stage;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where the window stood, kept in the preferences' section {@code window}. What cannot be
 * understood or is off the screen is as if it had not been stored.
 *
 * <p>Owned by the FX thread, but {@link #save}, which may block.
 */
final class WindowMemory {

    private static final Logger log = LoggerFactory.getLogger(WindowMemory.class);

    private static final double WIDTH = 1180;
    private static final double HEIGHT = 760;

    /** A strip of the title bar this wide has to be on a screen, to be caught with the mouse. */
    private static final double GRIP = 120;

    private final Stage stage;

    WindowMemory(Stage stage) {
        this.stage = stage;
    }

    void restore(@Nullable JsonObject stored) {
        stage.setWidth(WIDTH);
        stage.setHeight(HEIGHT);
        stage.centerOnScreen();
        if (stored == null) return;
        try {
            restoreBounds(stored);
        } catch (JsonException | IllegalArgumentException e) {
            log.warn("the stored window is not used: {}", e.getMessage());
        }
    }

    private void restoreBounds(JsonObject stored) throws JsonException {
        Double x = stored.optNumber("x");
        Double y = stored.optNumber("y");
        Double width = stored.optNumber("width");
        Double height = stored.optNumber("height");
        if (x == null || y == null || width == null || height == null) return;
        var grip = new Rectangle2D(x, Math.max(0, y), Math.max(GRIP, width), 1);
        if (Screen.getScreensForRectangle(grip).isEmpty()) return;
        stage.setX(x);
        stage.setY(y);
        stage.setWidth(Math.max(320, width));
        stage.setHeight(Math.max(200, height));
        stage.setMaximized(stored.bool("maximized", false));
    }

    /** What to store; a maximised window keeps the bounds it had before. */
    JsonObject snapshot(@Nullable JsonObject before) {
        JsonObject kept = stage.isMaximized() ? before : null;
        return JsonObject.builder()
                .put("x", bound(kept, "x", stage.getX()))
                .put("y", bound(kept, "y", stage.getY()))
                .put("width", bound(kept, "width", stage.getWidth()))
                .put("height", bound(kept, "height", stage.getHeight()))
                .put("maximized", stage.isMaximized())
                .build();
    }

    private static @Nullable Json bound(@Nullable JsonObject kept, String name, double now) {
        return kept == null ? Json.of(now) : kept.get(name);
    }

    static void save(PreferencesFile file, JsonObject window) {
        try {
            file.update((Preferences preferences) -> preferences.withWindow(window));
        } catch (PreferencesException e) {
            log.warn("the window's place is not stored: {}", e.getMessage());
        }
    }
}
