package dev.wormhole.app.view;

import dev.wormhole.app.fx.FxThread;
import dev.wormhole.app.terminal.TerminalTheme;

import javafx.application.Application;
import javafx.application.ColorScheme;
import javafx.application.Platform;
import javafx.beans.binding.Bindings;
import javafx.beans.binding.BooleanBinding;
import javafx.beans.binding.ObjectBinding;
import javafx.beans.property.DoubleProperty;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.SimpleDoubleProperty;
import javafx.beans.property.SimpleObjectProperty;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;
import javafx.beans.value.ObservableBooleanValue;
import javafx.beans.value.ObservableObjectValue;

import java.net.URL;

/**
 * Light or dark, and the terminals' font: what is set here is seen everywhere at once.
 *
 * <p>Owned by the FX thread. There is one for the program: the style sheet is the application's, so
 * that dialogs and menus have it too.
 */
public final class Appearance {

    /** Where light or dark comes from. */
    public enum Mode {
        SYSTEM,
        DARK,
        LIGHT
    }

    private static final double FONT_STEP = 1;
    private static final double MIN_FONT_SIZE = 7;
    private static final double MAX_FONT_SIZE = 40;

    private final ObjectProperty<Mode> mode = new SimpleObjectProperty<>(this, "mode", Mode.SYSTEM);
    private final DoubleProperty fontSize =
            new SimpleDoubleProperty(this, "fontSize", TerminalTheme.FONT_SIZE);
    private final StringProperty fontFamily =
            new SimpleStringProperty(this, "fontFamily", TerminalTheme.FONTS);
    private final BooleanBinding dark;
    private final ObjectBinding<TerminalTheme> terminalTheme;

    public Appearance() {
        FxThread.assertFx();
        var system = Platform.getPreferences().colorSchemeProperty();
        dark =
                Bindings.createBooleanBinding(
                        () ->
                                switch (mode.get()) {
                                    case DARK -> true;
                                    case LIGHT -> false;
                                    case SYSTEM -> system.get() == ColorScheme.DARK;
                                },
                        mode,
                        system);
        terminalTheme =
                Bindings.createObjectBinding(this::newTerminalTheme, dark, fontSize, fontFamily);
        dark.addListener(_ -> applyStyleSheet());
        applyStyleSheet();
    }

    /** To be kept in the preferences. */
    public ObjectProperty<Mode> modeProperty() {
        return mode;
    }

    /** To be kept in the preferences. */
    public DoubleProperty fontSizeProperty() {
        return fontSize;
    }

    /** Comma-separated; the first installed one is taken. To be kept in the preferences. */
    public StringProperty fontFamilyProperty() {
        return fontFamily;
    }

    public ObservableBooleanValue darkProperty() {
        return dark;
    }

    public ObservableObjectValue<TerminalTheme> terminalThemeProperty() {
        return terminalTheme;
    }

    /** From light to dark or back; from then on the system's choice does not matter. */
    public void toggle() {
        mode.set(dark.get() ? Mode.LIGHT : Mode.DARK);
    }

    public void enlargeFont(int steps) {
        double wished = fontSize.get() + steps * FONT_STEP;
        fontSize.set(Math.clamp(wished, MIN_FONT_SIZE, MAX_FONT_SIZE));
    }

    public void resetFont() {
        fontSize.set(TerminalTheme.FONT_SIZE);
    }

    private TerminalTheme newTerminalTheme() {
        TerminalTheme colours = dark.get() ? TerminalTheme.dark() : TerminalTheme.light();
        return colours.with(fontFamily.get(), fontSize.get(), TerminalTheme.LINE_SPACING);
    }

    private void applyStyleSheet() {
        String file = dark.get() ? "dark.css" : "light.css";
        URL sheet = Appearance.class.getResource(file);
        if (sheet == null) throw new IllegalStateException("missing resource: " + file);
        Application.setUserAgentStylesheet(sheet.toExternalForm());
    }
}
