package dev.wormhole.app.workspace;

import dev.wormhole.app.layout.Direction;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Everything that a key or a button can ask for.
 *
 * <p>Immutable. {@link PaneCommand}s change the model: {@link Workspace#execute} does them. {@link
 * WindowCommand}s are the window's: they open a panel or concern the terminal that has the focus.
 */
public sealed interface WorkspaceCommand {

    /** What the workspace does. */
    sealed interface PaneCommand extends WorkspaceCommand {}

    /** What the window does. */
    sealed interface WindowCommand extends WorkspaceCommand {}

    /** A new shell to the right of the focused pane. */
    record SplitRight() implements PaneCommand {}

    /** A new shell below the focused pane. */
    record SplitDown() implements PaneCommand {}

    /** A new shell where there is most room. */
    record NewShell() implements PaneCommand {}

    /** The same, of which nothing is written to a disk. */
    record NewUnstoredShell() implements PaneCommand {}

    /** Ends the focused pane's session and removes the pane. */
    record Close() implements PaneCommand {}

    /** Removes the focused pane; its session goes on. */
    record Detach() implements PaneCommand {}

    record FocusDirection(Direction direction) implements PaneCommand {}

    /** The next pane in reading order, or the one before. */
    record FocusNext(boolean forward) implements PaneCommand {}

    /** The focused pane fills the window, or goes back to its place. */
    record Zoom() implements PaneCommand {}

    /** Moves a divider of the focused pane. */
    record MoveDivider(Direction direction) implements PaneCommand {}

    /** Changes places with the neighbour. */
    record Swap(Direction direction) implements PaneCommand {}

    /** Skips the wait before the next attempt to connect. */
    record Reconnect() implements PaneCommand {}

    /** Asks for a new name of the focused pane's session. */
    record Rename() implements WindowCommand {}

    /** Shows the list of sessions. */
    record ShowSessions() implements WindowCommand {}

    /** Asks for a command to run as a task. */
    record RunTask() implements WindowCommand {}

    /** Shows the list of tasks. */
    record ShowTasks() implements WindowCommand {}

    /** Shows the hosts to connect to. */
    record Connect() implements WindowCommand {}

    /** Shows the choice of colours and font. */
    record ShowAppearance() implements WindowCommand {}

    /** Zooms this window's text; what the preferences say stays. */
    record FontLarger() implements WindowCommand {}

    record FontSmaller() implements WindowCommand {}

    /** Back to the size of the preferences. */
    record FontReset() implements WindowCommand {}

    record Copy() implements WindowCommand {}

    record Paste() implements WindowCommand {}

    /** Searches the focused pane's text. */
    record Find() implements WindowCommand {}

    /** All commands by the names that settings use, in the order in which they are documented. */
    static Map<String, WorkspaceCommand> byName() {
        var commands = new LinkedHashMap<String, WorkspaceCommand>();
        commands.put("split-right", new SplitRight());
        commands.put("split-down", new SplitDown());
        commands.put("new-shell", new NewShell());
        commands.put("new-shell-not-stored", new NewUnstoredShell());
        commands.put("close", new Close());
        commands.put("detach", new Detach());
        for (Direction direction : Direction.values())
            commands.put("focus-" + name(direction), new FocusDirection(direction));
        commands.put("focus-next", new FocusNext(true));
        commands.put("focus-previous", new FocusNext(false));
        commands.put("zoom", new Zoom());
        for (Direction direction : Direction.values())
            commands.put("divider-" + name(direction), new MoveDivider(direction));
        for (Direction direction : Direction.values())
            commands.put("swap-" + name(direction), new Swap(direction));
        commands.put("reconnect", new Reconnect());
        commands.put("rename", new Rename());
        commands.put("sessions", new ShowSessions());
        commands.put("run-task", new RunTask());
        commands.put("tasks", new ShowTasks());
        commands.put("connect", new Connect());
        commands.put("appearance", new ShowAppearance());
        commands.put("font-larger", new FontLarger());
        commands.put("font-smaller", new FontSmaller());
        commands.put("font-reset", new FontReset());
        commands.put("copy", new Copy());
        commands.put("paste", new Paste());
        commands.put("find", new Find());
        return Collections.unmodifiableMap(commands);
    }

    static Optional<WorkspaceCommand> named(String name) {
        return Optional.ofNullable(byName().get(name));
    }

    private static String name(Direction direction) {
        return direction.name().toLowerCase(Locale.ROOT);
    }
}
