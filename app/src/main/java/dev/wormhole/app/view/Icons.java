package dev.wormhole.app.view;

import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Tooltip;
import javafx.util.Duration;

import org.kordamp.ikonli.feather.Feather;
import org.kordamp.ikonli.javafx.FontIcon;

/** The small buttons of this window: an icon, a tip that names it and its key. */
final class Icons {

    private static final Duration TIP_DELAY = Duration.millis(450);

    private Icons() {}

    static FontIcon of(Feather feather) {
        return new FontIcon(feather);
    }

    static Button button(Feather feather, String tip, Runnable action) {
        Button button = button("", of(feather), tip, action);
        button.setAccessibleText(tip);
        return button;
    }

    /** Terminals have the keyboard: no button takes the focus when it is clicked. */
    static Button button(String text, Node icon, String tip, Runnable action) {
        var button = new Button(text, icon);
        button.getStyleClass().setAll("button", "wh-button");
        button.setFocusTraversable(false);
        button.setOnAction(_ -> action.run());
        tip(button, tip);
        return button;
    }

    static void tip(javafx.scene.control.Control control, String text) {
        var tooltip = new Tooltip(text);
        tooltip.setShowDelay(TIP_DELAY);
        tooltip.setWrapText(true);
        tooltip.setMaxWidth(420);
        control.setTooltip(text.isEmpty() ? null : tooltip);
    }
}
