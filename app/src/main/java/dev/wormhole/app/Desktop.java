package dev.wormhole.app;

import javafx.application.Application;
import javafx.stage.Stage;

import java.util.function.Consumer;

/**
 * The JavaFX application. Its only task is its name: the desktop knows the window by the name of
 * this class (WM_CLASS, StartupWMClass in the desktop entry); without one it would be "java".
 */
public final class Desktop extends Application {

    private static Consumer<Stage> onStart = _ -> {};

    /** Starts JavaFX and returns when it has ended. The calling thread must not be JavaFX's. */
    static void run(Consumer<Stage> start) {
        onStart = start;
        launch(Desktop.class);
    }

    @Override
    public void start(Stage stage) {
        onStart.accept(stage);
    }
}
