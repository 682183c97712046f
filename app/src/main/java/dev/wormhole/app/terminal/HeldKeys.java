package dev.wormhole.app.terminal;

import dev.wormhole.terminal.KeyStroke;

import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The keys that are down, and the strokes of their presses. Keys without a code are told apart by
 * what they type.
 *
 * <p>Owned by the FX thread.
 */
final class HeldKeys {

    private record Place(KeyCode code, String text) {

        static Place of(KeyEvent event) {
            boolean hasCode = event.getCode() != KeyCode.UNDEFINED;
            return new Place(event.getCode(), hasCode ? "" : event.getText());
        }
    }

    private final Map<Place, KeyStroke> strokes = new HashMap<>();

    void press(KeyEvent event, KeyStroke stroke) {
        strokes.put(Place.of(event), stroke);
    }

    boolean isDown(KeyEvent event) {
        return strokes.containsKey(Place.of(event));
    }

    /** The stroke of the press that this release ends. */
    Optional<KeyStroke> release(KeyEvent event) {
        KeyStroke stroke = strokes.remove(Place.of(event));
        if (stroke != null || event.getCode() != KeyCode.UNDEFINED) {
            return Optional.ofNullable(stroke);
        }
        // Shift was let go first, which changed its text: it is the only such key, or any of them.
        List<Place> nameless =
                strokes.keySet().stream().filter(key -> key.code() == KeyCode.UNDEFINED).toList();
        Optional<KeyStroke> only =
                nameless.size() == 1
                        ? Optional.ofNullable(strokes.get(nameless.getFirst()))
                        : Optional.empty();
        nameless.forEach(strokes::remove);
        return only;
    }

    void clear() {
        strokes.clear();
    }
}
