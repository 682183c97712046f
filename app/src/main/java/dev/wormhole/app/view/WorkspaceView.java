package dev.wormhole.app.view;

import dev.wormhole.app.layout.PaneId;
import dev.wormhole.app.layout.PaneTree;
import dev.wormhole.app.terminal.TerminalTheme;
import dev.wormhole.app.workspace.KeyBindings;
import dev.wormhole.app.workspace.KeyChord;
import dev.wormhole.app.workspace.Notice;
import dev.wormhole.app.workspace.PaneModel;
import dev.wormhole.app.workspace.Problems;
import dev.wormhole.app.workspace.Workspace;
import dev.wormhole.app.workspace.WorkspaceCommand;
import dev.wormhole.protocol.SessionId;

import javafx.beans.value.ObservableObjectValue;
import javafx.geometry.Insets;
import javafx.geometry.Pos;
import javafx.scene.control.TextInputControl;
import javafx.scene.layout.StackPane;
import javafx.util.Subscription;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * The tiles of one workspace, and what the window has to say about them.
 *
 * <p>Owned by the FX thread.
 */
final class WorkspaceView extends StackPane {

    private static final Insets TOAST_MARGIN = new Insets(0, 0, 44, 0);

    private final Workspace workspace;
    private final Surfaces surfaces;
    private final ObservableObjectValue<TerminalTheme> theme;
    private final KeyBindings bindings;
    private final WindowActions window;
    private final SplitView tiles;
    private final EmptyView empty;
    private final Toast toast;
    private final PaneActions paneActions = new Actions();
    private final Subscription subscriptions;

    // Owned by the FX thread.
    private final Map<PaneId, PaneView> panes = new HashMap<>();
    private boolean isWindowShown = true;
    private Optional<PaneId> lastFocus = Optional.empty();

    WorkspaceView(
            Workspace workspace,
            Surfaces surfaces,
            ObservableObjectValue<TerminalTheme> theme,
            KeyBindings bindings,
            WindowActions window) {
        this.workspace = workspace;
        this.surfaces = surfaces;
        this.theme = theme;
        this.bindings = bindings;
        this.window = window;
        tiles = new SplitView(workspace::moveDivider);
        empty =
                new EmptyView(
                        () -> workspace.execute(new WorkspaceCommand.NewShell()),
                        window::showSessions,
                        hints());
        toast = new Toast(this::dismissToast, this::openToast);
        StackPane.setAlignment(toast, Pos.BOTTOM_CENTER);
        StackPane.setMargin(toast, TOAST_MARGIN);
        setMinSize(0, 0);
        getChildren().setAll(tiles, empty, toast);
        subscriptions =
                Subscription.combine(
                        workspace.treeProperty().subscribe(_ -> showTree()),
                        workspace.zoomedProperty().subscribe(_ -> showTree()),
                        workspace.focusedProperty().subscribe(this::showFocus),
                        workspace.settledProperty().subscribe(_ -> showEmpty()),
                        workspace.pendingProperty().subscribe(_ -> showEmpty()),
                        workspace.noticeProperty().subscribe(this::showNotice));
    }

    Optional<PaneView> focusedPane() {
        return workspace.focusedProperty().get().map(pane -> panes.get(pane.id()));
    }

    void windowShown(boolean shown) {
        isWindowShown = shown;
        panes.values().forEach(pane -> pane.windowShown(shown));
    }

    /** Gives the keyboard to the pane that has the workspace's focus. */
    void focus() {
        focusedPane().ifPresent(PaneView::focus);
    }

    void dispose() {
        subscriptions.unsubscribe();
        panes.values().forEach(PaneView::dispose);
        panes.clear();
        toast.hide();
    }

    private void showTree() {
        Optional<PaneTree> tree = workspace.treeProperty().get();
        Optional<PaneId> zoomed = workspace.zoomedProperty().get();
        List<PaneId> present = tree.map(PaneTree::panes).orElse(List.of());
        panes.keySet().stream().filter(id -> !present.contains(id)).toList().forEach(this::drop);
        present.stream().filter(id -> !panes.containsKey(id)).forEach(this::add);
        panes.forEach((id, pane) -> pane.zoomed(zoomed.filter(id::equals).isPresent()));
        tiles.show(tree, zoomed);
        showEmpty();
        showFocus(workspace.focusedProperty().get());
    }

    private void add(PaneId id) {
        workspace
                .pane(id)
                .ifPresent(
                        model -> {
                            var pane = new PaneView(model, surfaces, theme, paneActions);
                            pane.windowShown(isWindowShown);
                            panes.put(id, pane);
                            tiles.put(id, pane);
                        });
    }

    private void drop(PaneId id) {
        PaneView pane = panes.remove(id);
        if (pane == null) return;
        tiles.drop(id);
        pane.dispose();
    }

    private void showFocus(Optional<PaneModel> focused) {
        boolean isOnly = panes.size() < 2 || workspace.zoomedProperty().get().isPresent();
        panes.forEach(
                (id, pane) ->
                        pane.current(
                                focused.filter(model -> model.id().equals(id)).isPresent(),
                                isOnly));
        Optional<PaneId> id = focused.map(PaneModel::id);
        boolean hasMoved = !id.equals(lastFocus);
        lastFocus = id;
        // Whoever types a name goes on typing it while other panes come and go.
        if (!hasMoved && isTextFieldFocused()) return;
        focusedPane()
                .filter(pane -> !pane.surface().focusedProperty().get())
                .ifPresent(PaneView::focus);
    }

    private boolean isTextFieldFocused() {
        return getScene() != null && getScene().getFocusOwner() instanceof TextInputControl;
    }

    private void showEmpty() {
        boolean isEmpty = workspace.treeProperty().get().isEmpty();
        empty.setVisible(isEmpty);
        tiles.setVisible(!isEmpty);
        if (!isEmpty) return;
        if (workspace.pendingProperty().get() > 0) {
            empty.waiting("Opening a shell…", "");
        } else if (!workspace.settledProperty().get()) {
            empty.waiting("Connecting to " + workspace.host() + "…", "");
        } else {
            empty.welcome();
        }
    }

    private void showNotice(Optional<Notice> notice) {
        notice.ifPresentOrElse(toast::show, toast::hide);
    }

    private void dismissToast() {
        toast.hide();
        workspace.dismissNotice();
    }

    private void openToast(SessionId session) {
        dismissToast();
        workspace.open(session);
    }

    private List<EmptyView.Hint> hints() {
        return List.of(
                hint(new WorkspaceCommand.NewShell(), "a new shell"),
                hint(new WorkspaceCommand.SplitRight(), "split to the right"),
                hint(new WorkspaceCommand.SplitDown(), "split downwards"),
                hint(new WorkspaceCommand.RunTask(), "run a task"),
                hint(new WorkspaceCommand.ShowSessions(), "all sessions"));
    }

    private EmptyView.Hint hint(WorkspaceCommand command, String meaning) {
        return new EmptyView.Hint(firstKey(command).orElse("–"), meaning);
    }

    private Optional<String> firstKey(WorkspaceCommand command) {
        return bindings.chords(command).stream().findFirst().map(KeyChord::toString);
    }

    /** What panes ask for. */
    private final class Actions implements PaneActions {

        @Override
        public void focus(PaneModel pane) {
            workspace.focus(pane.id());
        }

        @Override
        public void execute(PaneModel pane, WorkspaceCommand.PaneCommand command) {
            workspace.focus(pane.id());
            workspace.execute(command);
        }

        @Override
        public void rename(PaneModel pane, String name) {
            Consumer<Throwable> failed =
                    problem ->
                            toast.show(
                                    Notice.problem("Not renamed: " + Problems.sentence(problem)));
            workspace
                    .rename(pane.session(), name)
                    .whenComplete(
                            (_, problem) -> {
                                if (problem != null) failed.accept(problem);
                            });
        }

        @Override
        public void rerun(PaneModel pane) {
            workspace
                    .tasks()
                    .rerun(pane.session())
                    .whenComplete(
                            (_, problem) -> {
                                if (problem != null)
                                    workspace.say(
                                            Notice.problem(
                                                    "Not run again: "
                                                            + Problems.sentence(problem)));
                            });
        }

        @Override
        public void openLink(String address) {
            window.openLink(address);
        }

        @Override
        public String keyOf(WorkspaceCommand command) {
            return firstKey(command).map(key -> " (" + key + ")").orElse("");
        }
    }
}
