package dev.wormhole.app.dialog;

import atlantafx.base.theme.PrimerDark;

import javafx.application.Application;
import javafx.scene.Scene;
import javafx.scene.control.TextField;
import javafx.scene.layout.StackPane;
import javafx.stage.Stage;

/** A window with something that has the keyboard behind the panels. */
final class PanelStage {

    final TextField behind = new TextField();
    final PanelLayer layer = new PanelLayer(behind::requestFocus);

    PanelStage(Stage stage) {
        Application.setUserAgentStylesheet(new PrimerDark().getUserAgentStylesheet());
        behind.setId("behind");
        stage.setScene(new Scene(new StackPane(behind, layer), 1000, 800));
        stage.show();
        behind.requestFocus();
    }
}
