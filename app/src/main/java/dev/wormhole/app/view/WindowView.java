package dev.wormhole.app.view;

import dev.wormhole.app.terminal.TerminalSurface;
import dev.wormhole.app.terminal.TerminalTheme;
import dev.wormhole.app.workspace.KeyBindings;
import dev.wormhole.app.workspace.KeyChord;
import dev.wormhole.app.workspace.Notice;
import dev.wormhole.app.workspace.Workspace;
import dev.wormhole.app.workspace.WorkspaceCommand;

import javafx.beans.value.ObservableValue;
import javafx.scene.control.TextInputControl;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.input.ScrollEvent;
import javafx.scene.layout.BorderPane;
import javafx.scene.paint.Color;
import javafx.util.Subscription;

import org.jspecify.annotations.Nullable;

import java.util.Optional;
import java.util.function.Consumer;

/**
 * The content of the window: the bar and the tiles of the workspace that is current. The window's
 * keys are taken here, before a terminal sees them.
 *
 * <p>Owned by the FX thread.
 */
public final class WindowView extends BorderPane {

    private final Surfaces surfaces;
    private final TextZoom zoom;
    private final KeyBindings bindings;
    private final WindowActions actions;
    private final TopBar bar;
    private final Subscription subscription;

    // Owned by the FX thread.
    private @Nullable WorkspaceView tiles;
    private @Nullable Workspace workspace;
    private Consumer<WorkspaceCommand.PaneCommand> executor = _ -> {};
    private boolean isShown = true;
    private boolean isWatched = true;
    private boolean isTaken;

    public WindowView(
            ObservableValue<Workspace> current,
            Surfaces surfaces,
            Appearance appearance,
            KeyBindings bindings,
            WindowActions actions) {
        this.surfaces = surfaces;
        zoom = new TextZoom(appearance.terminalThemeProperty());
        this.bindings = bindings;
        this.actions = actions;
        bar = new TopBar(appearance, bindings, actions, this::execute);
        setTop(bar);
        addEventFilter(KeyEvent.KEY_PRESSED, this::pressed);
        addEventFilter(KeyEvent.KEY_TYPED, this::typed);
        addEventFilter(ScrollEvent.SCROLL, this::scrolled);
        subscription =
                zoom.themeProperty().subscribe(this::showGround).and(current.subscribe(this::show));
    }

    /** Whether anybody can see the window: a minimised one costs nothing. */
    public void setShown(boolean shown) {
        isShown = shown;
        if (tiles != null) tiles.windowShown(shown);
    }

    /** Gives the keyboard to the terminal that has the focus. */
    public void focusTerminal() {
        if (tiles != null) tiles.focus();
    }

    /** Does what a key asks for, or a menu. */
    public void execute(WorkspaceCommand command) {
        switch (command) {
            case WorkspaceCommand.PaneCommand forPane -> executor.accept(forPane);
            case WorkspaceCommand.Connect _ -> actions.showHosts();
            case WorkspaceCommand.ShowSessions _ -> actions.showSessions();
            case WorkspaceCommand.RunTask _ -> whereTasksAre(actions::showRunTask);
            case WorkspaceCommand.ShowTasks _ -> whereTasksAre(actions::showTasks);
            case WorkspaceCommand.Rename _ -> pane().ifPresent(PaneView::askName);
            case WorkspaceCommand.Find _ -> pane().ifPresent(PaneView::find);
            case WorkspaceCommand.Copy _ -> terminal().ifPresent(TerminalSurface::copySelection);
            case WorkspaceCommand.Paste _ -> terminal().ifPresent(TerminalSurface::pasteClipboard);
            case WorkspaceCommand.ShowAppearance _ -> actions.showAppearance();
            case WorkspaceCommand.FontLarger _ -> zoom.enlarge(1);
            case WorkspaceCommand.FontSmaller _ -> zoom.enlarge(-1);
            case WorkspaceCommand.FontReset _ -> zoom.reset();
        }
    }

    /** Not every server has tasks: then the command says so. */
    private void whereTasksAre(Runnable show) {
        if (workspace == null) return;
        Workspace shown = workspace;
        shown.tasks().refusal().ifPresentOrElse(words -> shown.say(Notice.problem(words)), show);
    }

    /** Whether the person has the window before them. */
    public void setWatched(boolean watched) {
        isWatched = watched;
        if (workspace != null) workspace.watched(watched);
    }

    /** Lets go of everything; the window is closing. */
    public void dispose() {
        subscription.unsubscribe();
        zoom.dispose();
        if (tiles != null) tiles.dispose();
    }

    private void show(Workspace shown) {
        if (tiles != null) tiles.dispose();
        workspace = shown;
        shown.watched(isWatched);
        tiles = new WorkspaceView(shown, surfaces, zoom.themeProperty(), bindings, actions);
        tiles.windowShown(isShown);
        executor = shown::execute;
        bar.show(shown);
        setCenter(tiles);
        tiles.focus();
    }

    /** What is left of a pane beside its cells has the colour of the terminal. */
    private void showGround(TerminalTheme theme) {
        setStyle("-wh-terminal: " + web(theme.background()) + ";");
    }

    private static String web(Color colour) {
        // Printed as 0xrrggbbaa.
        return "#" + colour.toString().substring(2, 8);
    }

    private Optional<PaneView> pane() {
        return tiles == null ? Optional.empty() : tiles.focusedPane();
    }

    private Optional<TerminalSurface> terminal() {
        return pane().map(PaneView::surface);
    }

    private void pressed(KeyEvent event) {
        Optional<WorkspaceCommand> command = command(event).filter(this::isForTerminal);
        isTaken = command.isPresent();
        if (!isTaken) return;
        event.consume();
        execute(command.get());
    }

    /** Text fields copy and paste by themselves. */
    private boolean isForTerminal(WorkspaceCommand command) {
        boolean isClipboard =
                command instanceof WorkspaceCommand.Copy
                        || command instanceof WorkspaceCommand.Paste;
        return !isClipboard || !(getScene().getFocusOwner() instanceof TextInputControl);
    }

    /** The text that belongs to a key which was taken. */
    private void typed(KeyEvent event) {
        if (isTaken) event.consume();
    }

    private Optional<WorkspaceCommand> command(KeyEvent event) {
        boolean isInsert = event.getCode() == KeyCode.INSERT;
        boolean isShiftAlone = event.isShiftDown() && !event.isControlDown() && !event.isAltDown();
        if (isInsert && isShiftAlone) return Optional.of(new WorkspaceCommand.Paste());
        if (event.getCode() == KeyCode.UNDEFINED) return Optional.empty();
        return bindings.command(
                new KeyChord(
                        event.isControlDown(),
                        event.isShiftDown(),
                        event.isAltDown(),
                        event.isMetaDown(),
                        event.getCode().name()));
    }

    private void scrolled(ScrollEvent event) {
        if (!event.isControlDown() || event.getDeltaY() == 0) return;
        zoom.enlarge(event.getDeltaY() > 0 ? 1 : -1);
        event.consume();
    }
}
