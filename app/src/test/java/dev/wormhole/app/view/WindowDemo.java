package dev.wormhole.app.view;

import dev.wormhole.app.dialog.AppearancePanel;
import dev.wormhole.app.dialog.FileChoice;
import dev.wormhole.app.dialog.PanelLayer;
import dev.wormhole.app.dialog.RecoveryPanel;
import dev.wormhole.app.dialog.RunTaskPanel;
import dev.wormhole.app.dialog.TaskListPanel;
import dev.wormhole.app.dialog.TaskMemory;
import dev.wormhole.app.dialog.TaskRecipe;
import dev.wormhole.app.fx.FxThread;
import dev.wormhole.app.terminal.InstalledFonts;
import dev.wormhole.app.terminal.PrimarySelection;
import dev.wormhole.app.terminal.ScreenSurface;
import dev.wormhole.app.terminal.emoji.EmojiImages;
import dev.wormhole.app.workspace.KeyBindings;
import dev.wormhole.app.workspace.LayoutSaver;
import dev.wormhole.app.workspace.LayoutStore;
import dev.wormhole.app.workspace.Workspace;
import dev.wormhole.client.link.LinkProblem;
import dev.wormhole.protocol.ServerMessage;
import dev.wormhole.protocol.json.Json;

import javafx.application.Application;
import javafx.beans.property.SimpleObjectProperty;
import javafx.scene.Scene;
import javafx.scene.layout.StackPane;
import javafx.stage.Stage;

import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ForkJoinPool;
import java.util.function.Supplier;

/**
 * The window on real shells without a server, to look at. Words as arguments: {@code dark}, {@code
 * light}, {@code recovered}, {@code tasks}.
 */
public final class WindowDemo {

    private WindowDemo() {}

    static void main(String[] args) {
        Application.launch(Window.class, args);
    }

    /** The window; apart from main, which must not be an Application's on the class path. */
    public static final class Window extends Application {

        @Override
        public void start(Stage stage) {
            List<String> words = getParameters().getRaw();
            var appearance = new Appearance();
            if (words.contains("dark")) appearance.modeProperty().set(Appearance.Mode.DARK);
            if (words.contains("light")) appearance.modeProperty().set(Appearance.Mode.LIGHT);
            var server = new ArrayList<DemoServer>();
            var saver = LayoutSaver.start(new NoLayouts(), _ -> {});
            var workspace =
                    new Workspace(
                            "local",
                            listener -> {
                                server.add(new DemoServer(listener));
                                return server.getFirst();
                            },
                            saver,
                            FxThread::later);
            workspace.start();
            if (words.contains("recovered")) server.getFirst().recovered();
            if (words.contains("tasks")) server.getFirst().hasTasks();
            var panels = new SimpleObjectProperty<PanelLayer>();
            var primary = new PrimarySelection();
            var emoji = EmojiImages.ofThisSystem();
            var view =
                    new WindowView(
                            new SimpleObjectProperty<>(workspace),
                            (theme, listener) -> new ScreenSurface(theme, listener, primary, emoji),
                            appearance,
                            KeyBindings.defaults(),
                            new Actions(server, appearance, workspace, panels::get));
            panels.set(new PanelLayer(view::focusTerminal));
            stage.setTitle("Wormhole");
            stage.setScene(new Scene(new StackPane(view, panels.get()), 1180, 740));
            stage.show();
            System.err.println("wish: shown");
        }
    }

    /** The other buttons lose the connection, for want of dialogs. */
    private record Actions(
            List<DemoServer> server,
            Appearance appearance,
            Workspace workspace,
            Supplier<PanelLayer> panels)
            implements WindowActions {

        @Override
        public void showHosts() {
            server.getFirst()
                    .lost(
                            Duration.ofSeconds(14),
                            LinkProblem.Kind.UNREACHABLE,
                            "Nobody answers at 127.0.0.1:4711.");
        }

        @Override
        public void showSessions() {
            server.getFirst()
                    .lost(
                            Duration.ofSeconds(30),
                            LinkProblem.Kind.REFUSED,
                            "The server refused the token: save the host again with the right"
                                    + " one.");
        }

        @Override
        public void showRunTask() {
            panels.get().show(new RunTaskPanel(workspace, new Forgetful(), Optional.empty()));
        }

        @Override
        public void showTasks() {
            panels.get()
                    .show(
                            new TaskListPanel(
                                    workspace,
                                    new NoDisk(),
                                    InstantSource.system(),
                                    FxThread::run,
                                    ForkJoinPool.commonPool()));
        }

        @Override
        public void showAppearance() {
            var fonts = new InstalledFonts(ForkJoinPool.commonPool());
            panels.get().show(new AppearancePanel(appearance, fonts, FxThread::run));
        }

        @Override
        public void showRecovery(ServerMessage.Recovery report) {
            panels.get().show(new RecoveryPanel(report));
        }

        @Override
        public SeenReports reports() {
            return new Unseen();
        }

        @Override
        public void openLink(String address) {
            System.err.println("link " + address);
        }
    }

    /** Remembers what is to be seen. */
    static final class Forgetful implements TaskMemory {

        @Override
        public List<TaskRecipe> recent() {
            return List.of(
                    new TaskRecipe("make test", "tests before the release", "/srv/app", "30 min"),
                    new TaskRecipe("npm run build && npm test", "", "/srv/www", ""));
        }

        @Override
        public void keep(TaskRecipe recipe) {}
    }

    private static final class NoDisk implements FileChoice {

        @Override
        public Optional<Path> directory(String title, Optional<Path> from) {
            return Optional.empty();
        }

        @Override
        public Optional<Path> newFile(String title, String name) {
            return Optional.empty();
        }
    }

    static final class NoLayouts implements LayoutStore {

        @Override
        public Optional<Json> load(String host) {
            return Optional.empty();
        }

        @Override
        public void save(String host, Json layout) {}

        @Override
        public void remove(String host) {}

        @Override
        public void setAside(String host, Json layout) {}
    }
}
