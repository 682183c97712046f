package dev.wormhole.app.view;

import dev.wormhole.app.workspace.PaneModel;
import dev.wormhole.app.workspace.WorkspaceCommand;

/** What a pane's view asks for on the person's behalf. */
interface PaneActions {

    /** The person works in this pane now. */
    void focus(PaneModel pane);

    /** Does the command with this pane in focus. */
    void execute(PaneModel pane, WorkspaceCommand.PaneCommand command);

    void rename(PaneModel pane, String name);

    /** Runs the pane's task again. */
    void rerun(PaneModel pane);

    void openLink(String address);

    /** The key of a command for a tip: {@code " (Ctrl+Shift+D)"}, or nothing. */
    String keyOf(WorkspaceCommand command);
}
