package dev.wormhole.app;

import dev.wormhole.app.terminal.TerminalTheme;
import dev.wormhole.app.terminal.scheme.Schemes;
import dev.wormhole.app.view.Appearance;
import dev.wormhole.client.preferences.Preferences;
import dev.wormhole.client.preferences.PreferencesException;
import dev.wormhole.client.preferences.PreferencesFile;
import dev.wormhole.protocol.json.Json;
import dev.wormhole.protocol.json.JsonException;
import dev.wormhole.protocol.json.JsonObject;

import javafx.animation.PauseTransition;
import javafx.beans.Observable;
import javafx.util.Duration;
import javafx.util.Subscription;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Executor;

/**
 * Colours and font in the preferences: the section {@code appearance}, and a person's own schemes
 * in the section {@code schemes}. A change is kept when nothing has followed it for a moment.
 *
 * <p>Owned by the FX thread, but {@link #saveNow}, which may block.
 */
final class AppearanceMemory {

    private static final Logger log = LoggerFactory.getLogger(AppearanceMemory.class);

    private static final Duration QUIET = Duration.millis(500);

    private static final String MODE = "mode";
    private static final String DARK_SCHEME = "darkScheme";
    private static final String LIGHT_SCHEME = "lightScheme";
    private static final String FONT_FAMILY = "fontFamily";
    private static final String FONT_SIZE = "fontSize";
    private static final String LINE_SPACING = "lineSpacing";
    private static final String BLINKING_TEXT = "blinkingText";

    private final Appearance appearance;
    private final PreferencesFile file;
    private final PauseTransition quiet = new PauseTransition(QUIET);
    private Subscription changes = Subscription.EMPTY;

    /** Read under the file's lock, so that of two writers the later one has the newer state. */
    private volatile @Nullable JsonObject latest;

    AppearanceMemory(Appearance appearance, PreferencesFile file) {
        this.appearance = appearance;
        this.file = file;
    }

    /**
     * Takes what is stored. What cannot be understood stays as it is by default, one thing at a
     * time.
     *
     * @return a sentence for each thing that was not understood
     */
    List<String> restore(Preferences preferences) {
        Schemes.Extended schemes = Schemes.builtIn().with(preferences.schemes());
        appearance.schemesProperty().set(schemes.schemes());
        var problems = new ArrayList<>(schemes.problems());
        switch (preferences.appearance()) {
            case null -> {}
            case JsonObject stored -> restore(stored, problems);
            default -> problems.add("appearance: not understood, so the defaults are used");
        }
        // The window shows the last of several sentences.
        problems.forEach(problem -> log.warn("{}", problem));
        return problems;
    }

    private void restore(JsonObject stored, List<String> problems) {
        attempt(problems, MODE, () -> restoreMode(stored.optText(MODE)));
        attempt(problems, DARK_SCHEME, () -> restoreScheme(stored.optText(DARK_SCHEME), true));
        attempt(problems, LIGHT_SCHEME, () -> restoreScheme(stored.optText(LIGHT_SCHEME), false));
        attempt(
                problems,
                FONT_FAMILY,
                () -> {
                    String family = stored.optText(FONT_FAMILY);
                    if (family == null) return;
                    if (family.isBlank()) throw new JsonException("no font is named");
                    appearance.fontFamilyProperty().set(family);
                });
        attempt(
                problems,
                FONT_SIZE,
                () -> {
                    Double size = stored.optNumber(FONT_SIZE);
                    if (size == null) return;
                    requireRange(size, TerminalTheme.MIN_FONT_SIZE, TerminalTheme.MAX_FONT_SIZE);
                    appearance.fontSizeProperty().set(size);
                });
        attempt(
                problems,
                LINE_SPACING,
                () -> {
                    Double spacing = stored.optNumber(LINE_SPACING);
                    if (spacing == null) return;
                    requireRange(
                            spacing,
                            TerminalTheme.MIN_LINE_SPACING,
                            TerminalTheme.MAX_LINE_SPACING);
                    appearance.lineSpacingProperty().set(spacing);
                });
        attempt(
                problems,
                BLINKING_TEXT,
                () -> {
                    Boolean blinks = stored.optBool(BLINKING_TEXT);
                    if (blinks != null) appearance.blinkingTextProperty().set(blinks);
                });
    }

    private void restoreMode(@Nullable String name) throws JsonException {
        if (name == null) return;
        for (Appearance.Mode mode : Appearance.Mode.values()) {
            if (!word(mode).equals(name)) continue;
            appearance.modeProperty().set(mode);
            return;
        }
        throw new JsonException("it is system, dark or light, not " + name);
    }

    private void restoreScheme(@Nullable String name, boolean dark) throws JsonException {
        if (name == null) return;
        appearance.schemeProperty(dark).set(name);
        if (appearance.schemesProperty().get().find(name, dark).isEmpty())
            throw new JsonException(
                    "no " + (dark ? "dark" : "light") + " scheme is called \"" + name + "\"");
    }

    /** From now on changes are kept. */
    void keep(Executor blocking) {
        quiet.setOnFinished(_ -> blocking.execute(this::saveNow));
        changes =
                Subscription.combine(
                        watch(appearance.modeProperty()),
                        watch(appearance.schemeProperty(true)),
                        watch(appearance.schemeProperty(false)),
                        watch(appearance.fontFamilyProperty()),
                        watch(appearance.fontSizeProperty()),
                        watch(appearance.lineSpacingProperty()),
                        watch(appearance.blinkingTextProperty()));
    }

    private Subscription watch(Observable value) {
        return value.subscribe(
                () -> {
                    latest = snapshot();
                    quiet.playFromStart();
                });
    }

    /** Changes are no longer kept but by {@link #saveNow}. */
    void stop() {
        changes.unsubscribe();
        quiet.stop();
    }

    /** Stores what has changed, if anything has. Blocks on the disk. */
    void saveNow() {
        if (latest == null) return;
        try {
            file.update(
                    preferences -> {
                        @Nullable JsonObject newest = latest;
                        return newest == null ? preferences : preferences.withAppearance(newest);
                    });
        } catch (PreferencesException e) {
            log.warn("colours and font are not stored: {}", e.getMessage());
        }
    }

    private JsonObject snapshot() {
        return JsonObject.builder()
                .put(MODE, word(appearance.modeProperty().get()))
                .put(DARK_SCHEME, appearance.schemeProperty(true).get())
                .put(LIGHT_SCHEME, appearance.schemeProperty(false).get())
                .put(FONT_FAMILY, appearance.fontFamilyProperty().get())
                .put(FONT_SIZE, Json.of(appearance.fontSizeProperty().get()))
                .put(LINE_SPACING, Json.of(appearance.lineSpacingProperty().get()))
                .put(BLINKING_TEXT, appearance.blinkingTextProperty().get())
                .build();
    }

    private static String word(Appearance.Mode mode) {
        return mode.name().toLowerCase(Locale.ROOT);
    }

    private static void requireRange(double value, double min, double max) throws JsonException {
        if (!(min <= value && value <= max))
            throw new JsonException("it is from " + min + " to " + max + ", not " + value);
    }

    private interface Reading {
        void run() throws JsonException;
    }

    private static void attempt(List<String> problems, String field, Reading reading) {
        try {
            reading.run();
        } catch (JsonException e) {
            problems.add(
                    "appearance." + field + ": the default is used, because " + e.getMessage());
        }
    }
}
