package dev.wormhole.app.view;

import dev.wormhole.app.workspace.KeyBindings;
import dev.wormhole.app.workspace.KeyChord;
import dev.wormhole.app.workspace.Workspace;
import dev.wormhole.app.workspace.WorkspaceCommand;

import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.util.Subscription;

import org.kordamp.ikonli.feather.Feather;
import org.kordamp.ikonli.javafx.FontIcon;

import java.util.function.Consumer;

/**
 * The one bar of the window: whose sessions these are, where the link stands, and the things that
 * concern more than one pane.
 *
 * <p>Owned by the FX thread.
 */
final class TopBar extends HBox {

    private final KeyBindings bindings;
    private final Appearance appearance;
    private final Button host;
    private final Button tasks;
    private final Label unseen = new Label();
    private final Button zoomed;
    private final Button light;
    private final WindowActions window;
    private final HBox linkPlace = new HBox();

    // Owned by the FX thread.
    private Subscription subscriptions = Subscription.EMPTY;
    private Runnable disposeLink = () -> {};
    private Consumer<WorkspaceCommand.PaneCommand> executor = _ -> {};

    /**
     * @param commands does what a button of the tasks asks for, where there are tasks
     */
    TopBar(
            Appearance appearance,
            KeyBindings bindings,
            WindowActions window,
            Consumer<WorkspaceCommand> commands) {
        this.bindings = bindings;
        this.appearance = appearance;
        this.window = window;
        getStyleClass().add("wh-bar");
        host =
                Icons.button(
                        "",
                        new FontIcon(Feather.SERVER),
                        tip("Hosts", new WorkspaceCommand.Connect()),
                        window::showHosts);
        host.getStyleClass().add("wh-host");
        Button sessions =
                Icons.button(
                        "Sessions",
                        new FontIcon(Feather.LIST),
                        tip("All sessions of this host", new WorkspaceCommand.ShowSessions()),
                        window::showSessions);
        tasks =
                Icons.button(
                        "Tasks",
                        new FontIcon(Feather.CHECK_SQUARE),
                        "",
                        () -> commands.accept(new WorkspaceCommand.ShowTasks()));
        tasks.setId("show-tasks");
        unseen.setId("tasks-unseen");
        unseen.getStyleClass().add("wh-count");
        unseen.setMinWidth(Region.USE_PREF_SIZE);
        unseen.setMouseTransparent(true);
        Button run =
                Icons.button(
                        Feather.PLAY,
                        tip("Run a task", new WorkspaceCommand.RunTask()),
                        () -> commands.accept(new WorkspaceCommand.RunTask()));
        run.setId("run-task");
        var tasksPlace = new HBox(tasks, unseen);
        tasksPlace.getStyleClass().add("wh-tasks-place");
        zoomed =
                Icons.button(
                        "Zoomed",
                        new FontIcon(Feather.MINIMIZE_2),
                        tip("Show all panes again", new WorkspaceCommand.Zoom()),
                        () -> execute(new WorkspaceCommand.Zoom()));
        zoomed.getStyleClass().add("zoomed");
        light = Icons.button(Feather.MOON, "Light or dark", appearance::toggle);
        Button look =
                Icons.button(
                        Feather.SLIDERS,
                        tip("Colours and font", new WorkspaceCommand.ShowAppearance()),
                        window::showAppearance);
        look.setId("show-appearance");
        var gap = new Region();
        HBox.setHgrow(gap, Priority.ALWAYS);
        HBox.setHgrow(linkPlace, Priority.SOMETIMES);
        linkPlace.setMinWidth(0);
        for (Region fixed : new Region[] {host, sessions, tasksPlace, run, zoomed, look, light}) {
            fixed.setMinWidth(Region.USE_PREF_SIZE);
        }
        getChildren()
                .setAll(
                        host,
                        linkPlace,
                        gap,
                        zoomed,
                        sessions,
                        tasksPlace,
                        run,
                        command(Feather.PLUS, "New shell", new WorkspaceCommand.NewShell()),
                        command(
                                Feather.EYE_OFF,
                                "New shell of which nothing is stored",
                                new WorkspaceCommand.NewUnstoredShell()),
                        rule(),
                        look,
                        light);
        appearance.darkProperty().addListener(_ -> showLight());
        showLight();
    }

    /** Speaks of this workspace from now on. */
    void show(Workspace workspace) {
        subscriptions.unsubscribe();
        disposeLink.run();
        executor = workspace::execute;
        var link = new LinkView(() -> execute(new WorkspaceCommand.Reconnect()));
        var store = new StoreView(workspace::tellOfStore);
        var recovery = new RecoveryView(workspace, window);
        disposeLink =
                () -> {
                    link.dispose();
                    store.dispose();
                    recovery.dispose();
                };
        linkPlace.getChildren().setAll(link, store, recovery);
        host.setText(workspace.host());
        subscriptions =
                Subscription.combine(
                        workspace.linkStateProperty().subscribe(link::state),
                        workspace.storeProperty().subscribe(store::state),
                        workspace.tasks().unseenProperty().subscribe(n -> showUnseen(n.intValue())),
                        workspace.zoomedProperty().subscribe(pane -> showZoomed(pane.isPresent())));
    }

    private void execute(WorkspaceCommand.PaneCommand command) {
        executor.accept(command);
    }

    private void showUnseen(int count) {
        unseen.setText(Integer.toString(count));
        unseen.setVisible(count > 0);
        unseen.setManaged(count > 0);
        String ended = count == 1 ? "1 has ended" : count + " have ended";
        String name = count == 0 ? "Tasks" : "Tasks: " + ended + " while you looked elsewhere";
        Icons.tip(tasks, tip(name, new WorkspaceCommand.ShowTasks()));
    }

    private void showZoomed(boolean is) {
        zoomed.setVisible(is);
        zoomed.setManaged(is);
    }

    private void showLight() {
        boolean isDark = appearance.darkProperty().get();
        light.setGraphic(new FontIcon(isDark ? Feather.SUN : Feather.MOON));
    }

    private Button command(Feather icon, String name, WorkspaceCommand.PaneCommand command) {
        return Icons.button(icon, tip(name, command), () -> execute(command));
    }

    private String tip(String name, WorkspaceCommand command) {
        return bindings.chords(command).stream()
                .findFirst()
                .map(KeyChord::toString)
                .map(key -> name + " (" + key + ")")
                .orElse(name);
    }

    private static Region rule() {
        var line = new Region();
        line.getStyleClass().add("wh-rule");
        var box = new HBox(line);
        box.getStyleClass().add("wh-rule-box");
        return box;
    }
}
