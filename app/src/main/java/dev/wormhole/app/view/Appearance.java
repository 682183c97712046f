package dev.wormhole.app.view;

import dev.wormhole.app.fx.FxThread;
import dev.wormhole.app.terminal.TerminalTheme;
import dev.wormhole.app.terminal.scheme.Scheme;
import dev.wormhole.app.terminal.scheme.Schemes;

import javafx.application.Application;
import javafx.application.ColorScheme;
import javafx.application.Platform;
import javafx.beans.binding.Bindings;
import javafx.beans.binding.BooleanBinding;
import javafx.beans.binding.ObjectBinding;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.DoubleProperty;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.beans.property.SimpleDoubleProperty;
import javafx.beans.property.SimpleObjectProperty;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;
import javafx.beans.value.ObservableBooleanValue;
import javafx.beans.value.ObservableObjectValue;

import java.net.URL;

/**
 * Light or dark, and the terminals' colours and text: what is set here is seen everywhere at once,
 * and is to be kept in the preferences.
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

    private final ObjectProperty<Mode> mode = new SimpleObjectProperty<>(this, "mode", Mode.SYSTEM);
    private final DoubleProperty fontSize =
            new SimpleDoubleProperty(this, "fontSize", TerminalTheme.FONT_SIZE);
    private final StringProperty fontFamily =
            new SimpleStringProperty(this, "fontFamily", TerminalTheme.FONTS);
    private final DoubleProperty lineSpacing =
            new SimpleDoubleProperty(this, "lineSpacing", TerminalTheme.LINE_SPACING);
    private final BooleanProperty blinkingText =
            new SimpleBooleanProperty(this, "blinkingText", true);
    private final StringProperty darkScheme =
            new SimpleStringProperty(this, "darkScheme", Schemes.DARK);
    private final StringProperty lightScheme =
            new SimpleStringProperty(this, "lightScheme", Schemes.LIGHT);
    private final ObjectProperty<Schemes> schemes =
            new SimpleObjectProperty<>(this, "schemes", Schemes.builtIn());
    private final BooleanBinding dark;
    private final ReadOnlyBooleanProperty reducedMotion =
            Platform.getPreferences().reducedMotionProperty();
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
                Bindings.createObjectBinding(
                        this::newTerminalTheme,
                        dark,
                        schemes,
                        darkScheme,
                        lightScheme,
                        fontSize,
                        fontFamily,
                        lineSpacing,
                        blinkingText,
                        reducedMotion);
        dark.addListener(_ -> applyStyleSheet());
        applyStyleSheet();
    }

    public ObjectProperty<Mode> modeProperty() {
        return mode;
    }

    /** In pixels; what is out of range is taken as the nearest that is in it. */
    public DoubleProperty fontSizeProperty() {
        return fontSize;
    }

    /** Comma-separated; the first installed one is taken. */
    public StringProperty fontFamilyProperty() {
        return fontFamily;
    }

    /** As a multiple of what the font wants; out of range as the font's size. */
    public DoubleProperty lineSpacingProperty() {
        return lineSpacing;
    }

    /** Whether text blinks where a program wants it; never where the system wants little motion. */
    public BooleanProperty blinkingTextProperty() {
        return blinkingText;
    }

    /**
     * The name of the colours of the night or of the day. One that there is no scheme for is kept,
     * and the default shown: its definition may come back.
     */
    public StringProperty schemeProperty(boolean ofDark) {
        return ofDark ? darkScheme : lightScheme;
    }

    /** What there is to choose from. */
    public ObjectProperty<Schemes> schemesProperty() {
        return schemes;
    }

    /** The colours that are used in the dark or in the light. */
    public Scheme scheme(boolean ofDark) {
        return schemes.get().orDefault(schemeProperty(ofDark).get(), ofDark);
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

    /** As if nobody had ever chosen anything. */
    public void reset() {
        mode.set(Mode.SYSTEM);
        darkScheme.set(Schemes.DARK);
        lightScheme.set(Schemes.LIGHT);
        fontFamily.set(TerminalTheme.FONTS);
        fontSize.set(TerminalTheme.FONT_SIZE);
        lineSpacing.set(TerminalTheme.LINE_SPACING);
        blinkingText.set(true);
    }

    private TerminalTheme newTerminalTheme() {
        return TerminalTheme.of(scheme(dark.get()))
                .with(fontFamily.get(), fontSize.get(), lineSpacing.get())
                .withBlinking(blinkingText.get() && !reducedMotion.get());
    }

    private void applyStyleSheet() {
        String file = dark.get() ? "dark.css" : "light.css";
        URL sheet = Appearance.class.getResource(file);
        if (sheet == null) throw new IllegalStateException("missing resource: " + file);
        Application.setUserAgentStylesheet(sheet.toExternalForm());
    }
}
