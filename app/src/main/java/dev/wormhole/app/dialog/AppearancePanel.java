package dev.wormhole.app.dialog;

import dev.wormhole.app.terminal.InstalledFonts;
import dev.wormhole.app.terminal.TerminalTheme;
import dev.wormhole.app.view.Appearance;

import javafx.scene.control.Button;
import javafx.scene.control.CheckBox;
import javafx.scene.control.ComboBox;
import javafx.scene.control.Label;
import javafx.scene.control.ToggleButton;
import javafx.scene.control.ToggleGroup;
import javafx.scene.layout.GridPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import javafx.util.Subscription;

import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.Executor;

/**
 * The choice of colours and font. What is chosen is seen in the terminals beside it at once; there
 * is nothing to confirm.
 *
 * <p>Owned by the FX thread.
 */
public final class AppearancePanel implements Panel {

    private static final double SIZE_STEP = 0.5;
    private static final double SPACING_STEP = 0.05;

    private final Appearance appearance;
    private final Map<Appearance.Mode, ToggleButton> modes = new EnumMap<>(Appearance.Mode.class);
    private final ToggleGroup modeGroup = new ToggleGroup();
    private final SchemeList dark;
    private final SchemeList light;
    private final ComboBox<String> font;
    private final NumberField size;
    private final NumberField spacing;
    private final CheckBox blinking = new CheckBox("Blinking text");
    private final VBox content;

    // Owned by the FX thread.
    private Subscription subscriptions = Subscription.EMPTY;

    /**
     * @param fx runs what it is given on the FX thread
     */
    public AppearancePanel(Appearance appearance, InstalledFonts fonts, Executor fx) {
        this.appearance = appearance;
        dark = new SchemeList(appearance, true);
        light = new SchemeList(appearance, false);
        font = FontChoice.create(appearance.fontFamilyProperty(), fonts, fx);
        size =
                new NumberField(
                        appearance.fontSizeProperty(),
                        TerminalTheme.MIN_FONT_SIZE,
                        TerminalTheme.MAX_FONT_SIZE,
                        SIZE_STEP);
        size.setId("font-size");
        spacing =
                new NumberField(
                        appearance.lineSpacingProperty(),
                        TerminalTheme.MIN_LINE_SPACING,
                        TerminalTheme.MAX_LINE_SPACING,
                        SPACING_STEP);
        spacing.setId("line-spacing");
        blinking.setId("blinking-text");
        var schemes = new HBox(dark, light);
        schemes.getStyleClass().add("wh-scheme-lists");
        VBox.setVgrow(schemes, Priority.ALWAYS);
        content = new VBox(modeButtons(), schemes, text(), foot());
        content.setId("appearance-panel");
        content.getStyleClass().addAll("wh-panel", "wh-look");
    }

    @Override
    public String title() {
        return "Colours and font";
    }

    @Override
    public Region content() {
        return content;
    }

    @Override
    public boolean isBeside() {
        return true;
    }

    @Override
    public void opened(Runnable close) {
        subscriptions =
                Subscription.combine(
                        appearance.modeProperty().subscribe(this::showMode),
                        dark.begin(),
                        light.begin(),
                        size.begin(),
                        spacing.begin(),
                        beginBlinking());
        (appearance.darkProperty().get() ? dark : light).focusList();
    }

    @Override
    public boolean stepBack() {
        if (!font.isShowing()) return false;
        font.hide();
        return true;
    }

    @Override
    public void closed() {
        size.take();
        spacing.take();
        subscriptions.unsubscribe();
    }

    private Subscription beginBlinking() {
        blinking.selectedProperty().bindBidirectional(appearance.blinkingTextProperty());
        return () ->
                blinking.selectedProperty().unbindBidirectional(appearance.blinkingTextProperty());
    }

    private HBox modeButtons() {
        var buttons =
                new HBox(
                        mode(Appearance.Mode.SYSTEM, "As the system", "left-pill"),
                        mode(Appearance.Mode.DARK, "Dark", "center-pill"),
                        mode(Appearance.Mode.LIGHT, "Light", "right-pill"));
        buttons.getStyleClass().add("wh-modes");
        return buttons;
    }

    private ToggleButton mode(Appearance.Mode mode, String words, String shape) {
        var button = new ToggleButton(words);
        button.setId("mode-" + mode.name().toLowerCase(java.util.Locale.ROOT));
        button.getStyleClass().add(shape);
        button.setToggleGroup(modeGroup);
        button.setMaxWidth(Double.MAX_VALUE);
        HBox.setHgrow(button, Priority.ALWAYS);
        // The arrow keys choose among them without an action.
        button.selectedProperty()
                .subscribe(
                        is -> {
                            if (is) appearance.modeProperty().set(mode);
                        });
        // A second click would leave none of them chosen.
        button.setOnAction(_ -> showMode(mode));
        modes.put(mode, button);
        return button;
    }

    private void showMode(Appearance.Mode mode) {
        modes.forEach((its, button) -> button.setSelected(its == mode));
    }

    private GridPane text() {
        var grid = new GridPane();
        grid.getStyleClass().add("wh-form");
        font.setMaxWidth(Double.MAX_VALUE);
        GridPane.setHgrow(font, Priority.ALWAYS);
        grid.addRow(0, label("Font", font), font);
        var measures = new HBox(size, label("Line spacing", spacing), spacing);
        measures.getStyleClass().add("wh-measures");
        grid.addRow(1, label("Size", size), measures);
        grid.add(blinking, 1, 2);
        return grid;
    }

    private static Label label(String words, javafx.scene.Node of) {
        var label = new Label(words);
        label.setLabelFor(of);
        label.setMinWidth(Region.USE_PREF_SIZE);
        return label;
    }

    private HBox foot() {
        var reset = new Button("Reset");
        reset.setId("appearance-reset");
        reset.setMinWidth(Region.USE_PREF_SIZE);
        reset.setOnAction(_ -> appearance.reset());
        var hint = new Label("Zooming a window leaves this size as it is.");
        hint.getStyleClass().addAll("text-muted", "text-small");
        hint.setMaxWidth(Double.MAX_VALUE);
        HBox.setHgrow(hint, Priority.ALWAYS);
        var foot = new HBox(hint, reset);
        foot.getStyleClass().add("wh-buttons");
        return foot;
    }
}
