package dev.wormhole.app.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wormhole.terminal.KeyStroke;

import javafx.event.EventType;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;

import org.junit.jupiter.api.Test;

class HeldKeysTest {

    private static final KeyStroke SHARP_S = KeyStroke.text("ß");
    private static final KeyStroke UMLAUT = KeyStroke.text("ü");

    private final HeldKeys keys = new HeldKeys();

    @Test
    void aKeyIsReleasedOnceAsItWasPressed() {
        keys.press(press(KeyCode.A, "a"), KeyStroke.text("a"));

        assertThat(keys.isDown(press(KeyCode.A, "A"))).isTrue();
        assertThat(keys.release(release(KeyCode.A, "A"))).contains(KeyStroke.text("a"));
        assertThat(keys.release(release(KeyCode.A, "a"))).isEmpty();
        assertThat(keys.isDown(press(KeyCode.A, "a"))).isFalse();
    }

    @Test
    void keysWithoutACodeAreToldApartByTheirText() {
        keys.press(press(KeyCode.UNDEFINED, "ß"), SHARP_S);
        keys.press(press(KeyCode.UNDEFINED, "ü"), UMLAUT);

        assertThat(keys.isDown(press(KeyCode.UNDEFINED, "ö"))).isFalse();
        assertThat(keys.release(release(KeyCode.UNDEFINED, "ß"))).contains(SHARP_S);
        assertThat(keys.isDown(press(KeyCode.UNDEFINED, "ü"))).isTrue();
    }

    @Test
    void theOnlyKeyWithoutACodeIsReleasedWhateverItsTextIsByThen() {
        keys.press(press(KeyCode.UNDEFINED, "ß"), SHARP_S);

        assertThat(keys.release(release(KeyCode.UNDEFINED, "?"))).contains(SHARP_S);
        assertThat(keys.isDown(press(KeyCode.UNDEFINED, "ß"))).isFalse();
    }

    @Test
    void noKeyWithoutACodeStaysDownWhenItIsUnknownWhichWasReleased() {
        keys.press(press(KeyCode.UNDEFINED, "ß"), SHARP_S);
        keys.press(press(KeyCode.UNDEFINED, "ü"), UMLAUT);
        keys.press(press(KeyCode.A, "a"), KeyStroke.text("a"));

        assertThat(keys.release(release(KeyCode.UNDEFINED, "?"))).isEmpty();
        assertThat(keys.isDown(press(KeyCode.UNDEFINED, "ß"))).isFalse();
        assertThat(keys.isDown(press(KeyCode.UNDEFINED, "ü"))).isFalse();
        assertThat(keys.isDown(press(KeyCode.A, "a"))).isTrue();
    }

    private static KeyEvent press(KeyCode code, String text) {
        return event(KeyEvent.KEY_PRESSED, code, text);
    }

    private static KeyEvent release(KeyCode code, String text) {
        return event(KeyEvent.KEY_RELEASED, code, text);
    }

    private static KeyEvent event(EventType<KeyEvent> type, KeyCode code, String text) {
        return new KeyEvent(type, KeyEvent.CHAR_UNDEFINED, text, code, false, false, false, false);
    }
}
