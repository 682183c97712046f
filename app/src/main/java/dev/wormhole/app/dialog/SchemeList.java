package dev.wormhole.app.dialog;

import dev.wormhole.app.terminal.scheme.Scheme;
import dev.wormhole.app.view.Appearance;

import javafx.scene.control.Label;
import javafx.scene.control.ListView;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;
import javafx.util.Subscription;

import org.jspecify.annotations.Nullable;

/**
 * The dark or the light schemes, each as it looks; the selected one is the one that is used.
 *
 * <p>Owned by the FX thread.
 */
final class SchemeList extends VBox {

    private final Appearance appearance;
    private final boolean isDark;
    private final ListView<Scheme> list = new ListView<>();
    private final Label used = new Label("shown now");

    SchemeList(Appearance appearance, boolean dark) {
        this.appearance = appearance;
        isDark = dark;
        getStyleClass().add("wh-scheme-list");
        HBox.setHgrow(this, Priority.ALWAYS);
        var caption = new Label(dark ? "In the dark" : "In the light");
        caption.getStyleClass().add("wh-caption");
        caption.setLabelFor(list);
        used.getStyleClass().addAll("text-muted", "text-small");
        var head = new HBox(caption, used);
        head.getStyleClass().add("wh-scheme-head");
        list.setId(dark ? "schemes-dark" : "schemes-light");
        list.getStyleClass().add("wh-schemes");
        list.setCellFactory(_ -> new SchemeCell());
        VBox.setVgrow(list, Priority.ALWAYS);
        getChildren().setAll(head, list);
    }

    /** Follows what is chosen, and lets choose. */
    Subscription begin() {
        list.getItems().setAll(appearance.schemesProperty().get().all(isDark));
        return Subscription.combine(
                appearance.schemeProperty(isDark).subscribe(_ -> show()),
                list.getSelectionModel().selectedItemProperty().subscribe(this::choose),
                appearance.darkProperty().subscribe(now -> used.setVisible(now == isDark)));
    }

    void focusList() {
        list.requestFocus();
    }

    private void show() {
        Scheme scheme = appearance.scheme(isDark);
        if (scheme.equals(list.getSelectionModel().getSelectedItem())) return;
        list.getSelectionModel().select(scheme);
        list.scrollTo(scheme);
    }

    /** A name without a scheme stays until another is really chosen. */
    private void choose(@Nullable Scheme scheme) {
        if (scheme == null || scheme.equals(appearance.scheme(isDark))) return;
        appearance.schemeProperty(isDark).set(scheme.name());
    }
}
