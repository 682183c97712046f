package dev.wormhole.app.view;

import dev.wormhole.app.terminal.TerminalTheme;

import javafx.beans.binding.Bindings;
import javafx.beans.binding.ObjectBinding;
import javafx.beans.property.IntegerProperty;
import javafx.beans.property.SimpleIntegerProperty;
import javafx.beans.value.ObservableObjectValue;
import javafx.util.Subscription;

/**
 * How much larger or smaller the text of one window is than the preferences say. Not kept, as in
 * other terminals: it is for the moment somebody looks over one's shoulder.
 *
 * <p>Owned by the FX thread.
 */
final class TextZoom {

    private static final double STEP = 1;

    private final ObservableObjectValue<TerminalTheme> base;
    private final IntegerProperty steps = new SimpleIntegerProperty(this, "steps");
    private final ObjectBinding<TerminalTheme> theme;
    private final Subscription subscription;

    TextZoom(ObservableObjectValue<TerminalTheme> base) {
        this.base = base;
        theme = Bindings.createObjectBinding(this::zoomed, base, steps);
        // Who chooses a size means the one that is then seen.
        subscription =
                base.subscribe(
                        (before, now) -> {
                            if (before.fontSize() != now.fontSize()) reset();
                        });
    }

    /** What the window's terminals look like. */
    ObservableObjectValue<TerminalTheme> themeProperty() {
        return theme;
    }

    /** Makes text larger, or smaller by negative steps, of a pixel each. */
    void enlarge(int by) {
        double wished = base.get().fontSize() + (steps.get() + by) * STEP;
        boolean isPossible =
                TerminalTheme.MIN_FONT_SIZE <= wished && wished <= TerminalTheme.MAX_FONT_SIZE;
        if (isPossible) steps.set(steps.get() + by);
    }

    void reset() {
        steps.set(0);
    }

    void dispose() {
        subscription.unsubscribe();
        theme.dispose();
    }

    private TerminalTheme zoomed() {
        TerminalTheme plain = base.get();
        double size = plain.fontSize() + steps.get() * STEP;
        return plain.with(plain.fontFamily(), size, plain.lineSpacing());
    }
}
