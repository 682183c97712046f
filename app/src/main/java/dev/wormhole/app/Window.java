package dev.wormhole.app;

import dev.wormhole.app.dialog.AppearancePanel;
import dev.wormhole.app.dialog.ConnectPanel;
import dev.wormhole.app.dialog.FileChoice;
import dev.wormhole.app.dialog.PanelLayer;
import dev.wormhole.app.dialog.RecoveryPanel;
import dev.wormhole.app.dialog.RunTaskPanel;
import dev.wormhole.app.dialog.SavedHosts;
import dev.wormhole.app.dialog.SessionListPanel;
import dev.wormhole.app.dialog.SystemFileChoice;
import dev.wormhole.app.dialog.TaskListPanel;
import dev.wormhole.app.fx.FxThread;
import dev.wormhole.app.fx.RestingClock;
import dev.wormhole.app.terminal.InstalledFonts;
import dev.wormhole.app.terminal.PrimarySelection;
import dev.wormhole.app.terminal.ScreenSurface;
import dev.wormhole.app.terminal.emoji.EmojiImages;
import dev.wormhole.app.view.Appearance;
import dev.wormhole.app.view.SeenReports;
import dev.wormhole.app.view.WindowActions;
import dev.wormhole.app.view.WindowView;
import dev.wormhole.app.workspace.KeyBindings;
import dev.wormhole.app.workspace.LayoutSaver;
import dev.wormhole.app.workspace.LinkSessions;
import dev.wormhole.app.workspace.Notice;
import dev.wormhole.app.workspace.PreferencesLayouts;
import dev.wormhole.app.workspace.Workspace;
import dev.wormhole.app.workspace.Workspaces;
import dev.wormhole.client.cli.SessionChoice;
import dev.wormhole.client.link.LinkTarget;
import dev.wormhole.client.local.UserManager;
import dev.wormhole.client.preferences.HostTokens;
import dev.wormhole.client.preferences.Preferences;
import dev.wormhole.client.preferences.PreferencesFile;
import dev.wormhole.protocol.ServerMessage;
import dev.wormhole.protocol.SessionEntry;

import javafx.beans.binding.Bindings;
import javafx.beans.value.ObservableValue;
import javafx.scene.Scene;
import javafx.scene.image.Image;
import javafx.scene.layout.StackPane;
import javafx.stage.Stage;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * The window: makes its parts, in one order, and ends them, in one order. Knows no rules of panes
 * or sessions.
 *
 * <p>Owned by the FX thread.
 */
public final class Window {

    private static final Logger log = LoggerFactory.getLogger(Window.class);

    private static final String CLIENT_NAME = "wormhole window";

    private static final int[] ICON_SIZES = {16, 32, 48, 64, 128, 256};

    /**
     * Settings with this prefix bind keys: {@code keys.split-right} is {@code Ctrl+Shift+D, F5}.
     */
    private static final String KEY_SETTINGS = "keys.";

    private final Stage stage;
    private final PreferencesFile file;
    private final Preferences preferences;
    private final ExecutorService blocking = Executors.newVirtualThreadPerTaskExecutor();
    private final Appearance appearance = new Appearance();
    private final WindowMemory memory;
    private final AppearanceMemory appearanceMemory;
    private final InstalledFonts fonts = new InstalledFonts(Window::onFontFinder);
    private final SavedHosts hosts;
    private final Workspaces workspaces;
    private final WindowView view;
    private final PanelLayer panels;
    private final RecoveryMemory reports;
    private final RunTaskMemory taskMemory;
    private final FileChoice disk;
    private final String localName;

    /**
     * Makes the window, not shown yet.
     *
     * @param local the server of this machine
     * @param first the one to begin with
     */
    public Window(Stage stage, Path configDirectory, LinkTarget local, LinkTarget first) {
        this.stage = stage;
        file = new PreferencesFile(configDirectory);
        PreferencesFile.Loaded loaded = file.load();
        preferences = loaded.preferences();
        memory = new WindowMemory(stage);
        reports = new RecoveryMemory(file, preferences, blocking);
        taskMemory = new RunTaskMemory(file, preferences, blocking);
        disk = new SystemFileChoice(stage);
        localName = local.name();
        appearanceMemory = new AppearanceMemory(appearance, file);
        List<String> lookProblems = appearanceMemory.restore(preferences);
        appearanceMemory.keep(blocking);
        hosts = new SavedHosts(local, file, preferences, new HostTokens(configDirectory), blocking);
        var saver =
                LayoutSaver.start(
                        new PreferencesLayouts(file, preferences),
                        problem -> FxThread.run(() -> tell(problem)));
        workspaces =
                new Workspaces(
                        target ->
                                new Workspace(
                                        target.name(),
                                        LinkSessions.to(target, CLIENT_NAME),
                                        saver,
                                        FxThread::run),
                        saver,
                        first);
        KeyBindings.Customised bindings =
                KeyBindings.defaults().customise(keySettings(preferences));
        var primary = new PrimarySelection();
        var emoji = EmojiImages.ofThisSystem();
        view =
                new WindowView(
                        workspaces.currentProperty(),
                        (theme, listener) -> new ScreenSurface(theme, listener, primary, emoji),
                        appearance,
                        bindings.bindings(),
                        new Actions());
        panels = new PanelLayer(view::focusTerminal);
        loaded.notice().ifPresent(this::tell);
        bindings.problems().forEach(this::tell);
        lookProblems.forEach(this::tell);
        prepareStage();
    }

    private void prepareStage() {
        stage.setScene(new Scene(new StackPane(view, panels)));
        for (int size : ICON_SIZES) {
            stage.getIcons()
                    .add(new Image(Window.class.getResourceAsStream("icons/" + size + ".png")));
        }
        stage.titleProperty().bind(title());
        stage.iconifiedProperty().addListener((_, _, iconified) -> view.setShown(!iconified));
        stage.focusedProperty().addListener((_, _, focused) -> view.setWatched(focused));
        memory.restore(preferences.window());
    }

    /** Reading fonts is busy and native: a virtual thread would hold back the link's. */
    private static void onFontFinder(Runnable search) {
        Thread.ofPlatform().name("font-finder").daemon().start(search);
    }

    private ObservableValue<String> title() {
        ObservableValue<String> pane =
                workspaces
                        .currentProperty()
                        .flatMap(Workspace::focusedProperty)
                        .flatMap(
                                focused ->
                                        focused.<ObservableValue<String>>map(p -> p.titleProperty())
                                                .orElseGet(
                                                        () ->
                                                                new javafx.beans.property
                                                                        .SimpleStringProperty("")));
        return Bindings.createStringBinding(
                () -> {
                    String text = pane.getValue();
                    return text == null || text.isEmpty() ? "Wormhole" : text + " — Wormhole";
                },
                pane);
    }

    /** Shows it, with the keyboard in the terminal. */
    public void show() {
        RestingClock.begin();
        stage.show();
        view.focusTerminal();
    }

    /** Asks, where logging out would end the programs in the panes, whether they shall go on. */
    void offerToOutliveLogout(UserManager system) {
        new LogoutOffer(system, file, blocking).make(panels);
    }

    /** What the window shows; for tests and for what is asked from outside. */
    public Workspaces workspaces() {
        return workspaces;
    }

    /** Brings the window forward and does what a later start of the program wants. */
    void answer(OpenRequest request) {
        stage.setIconified(false);
        // A window manager may refuse to raise a window that merely asks; on top for a moment works
        // everywhere.
        stage.setAlwaysOnTop(true);
        stage.setAlwaysOnTop(false);
        stage.toFront();
        stage.requestFocus();
        open(request);
    }

    /** Shows the session or command that was asked for, once the workspace knows its sessions. */
    void open(OpenRequest request) {
        Workspace workspace = workspaces.current();
        if (request.session() == null && request.command().isEmpty()) return;
        whenSettled(
                workspace,
                () -> {
                    if (!request.command().isEmpty()) {
                        workspace.run(request.command(), request.cwd());
                        return;
                    }
                    String word = request.session();
                    if (word != null) openSession(workspace, word);
                });
    }

    private static void openSession(Workspace workspace, String word) {
        List<SessionEntry> meant = SessionChoice.meant(word, workspace.sessions());
        if (meant.size() == 1) {
            workspace.open(meant.getFirst().id());
        } else {
            String problem =
                    meant.isEmpty()
                            ? "No session is called "
                            : "More than one session is meant by ";
            workspace.say(Notice.problem(problem + word + "."));
        }
    }

    private static void whenSettled(Workspace workspace, Runnable action) {
        if (workspace.settledProperty().get()) {
            action.run();
            return;
        }
        workspace
                .settledProperty()
                .subscribe(
                        settled -> {
                            if (settled) FxThread.later(action);
                        });
    }

    /** Ends everything but the sessions. Completes when layout and window are stored. */
    public CompletableFuture<Void> close() {
        var window = memory.snapshot(preferences.window());
        stage.hide();
        appearanceMemory.stop();
        view.dispose();
        return workspaces
                .close()
                .handle(
                        (_, failure) -> {
                            if (failure != null) log.warn("the layout was not stored", failure);
                            WindowMemory.save(file, window);
                            appearanceMemory.saveNow();
                            blocking.shutdown();
                            return null;
                        });
    }

    private void tell(String problem) {
        workspaces.current().say(Notice.problem(problem));
    }

    private static Map<String, List<String>> keySettings(Preferences preferences) {
        var keys = new LinkedHashMap<String, List<String>>();
        preferences
                .settings()
                .forEach(
                        (name, value) -> {
                            if (!name.startsWith(KEY_SETTINGS)) return;
                            keys.put(
                                    name.substring(KEY_SETTINGS.length()),
                                    Arrays.stream(value.split(","))
                                            .map(String::strip)
                                            .filter(chord -> !chord.isEmpty())
                                            .toList());
                        });
        return keys;
    }

    private final class Actions implements WindowActions {

        @Override
        public void showHosts() {
            panels.show(
                    new ConnectPanel(
                            hosts,
                            workspaces.current().host(),
                            FxThread::run,
                            target -> workspaces.switchTo(target)));
        }

        @Override
        public void showSessions() {
            workspaces.current().refreshSessions();
            panels.show(new SessionListPanel(workspaces.current(), InstantSource.system()));
        }

        @Override
        public void showRunTask() {
            Workspace workspace = workspaces.current();
            boolean isHere = workspace.host().equals(localName);
            panels.show(
                    new RunTaskPanel(
                            workspace, taskMemory, isHere ? Optional.of(disk) : Optional.empty()));
        }

        @Override
        public void showTasks() {
            panels.show(
                    new TaskListPanel(
                            workspaces.current(),
                            disk,
                            InstantSource.system(),
                            FxThread::run,
                            blocking));
        }

        @Override
        public void showAppearance() {
            panels.show(new AppearancePanel(appearance, fonts, FxThread::run));
        }

        @Override
        public void showRecovery(ServerMessage.Recovery report) {
            panels.show(new RecoveryPanel(report));
        }

        @Override
        public SeenReports reports() {
            return reports;
        }

        @Override
        public void openLink(String address) {
            Browser.open(address, Window.this::tell);
        }
    }

    /** Whether a panel covers the terminals. */
    public boolean isPanelShown() {
        return panels.isShowing();
    }

    Optional<Scene> scene() {
        return Optional.ofNullable(stage.getScene());
    }
}
