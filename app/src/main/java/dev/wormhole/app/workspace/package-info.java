/**
 * What the window shows, as a model without nodes: the tiles of one host, what each pane's session
 * is doing, and what the person may command. {@link dev.wormhole.app.workspace.Workspace} is the
 * one door; {@link dev.wormhole.app.workspace.Workspaces} changes from host to host.
 *
 * <p>Owned by the FX thread. The link's calls come on its own thread: output goes straight to the
 * pane's {@link dev.wormhole.app.workspace.TerminalPort}, everything else is posted to the FX
 * thread by the executor that the workspace is given. Layouts are written by the thread {@code
 * layout-saver} (virtual), which {@link dev.wormhole.app.workspace.LayoutSaver} owns.
 */
@NullMarked
package dev.wormhole.app.workspace;

import org.jspecify.annotations.NullMarked;
