/**
 * A pane's terminal: it shows a session's output and turns keys and mouse into bytes.
 *
 * <p>Everything outside sees {@link dev.wormhole.app.terminal.TerminalSurface} alone; only this
 * package imports JediTermFX. Nodes belong to the FX thread; the screen has a thread of its own per
 * surface ({@code pane-<n>}), which also owns the modes that output has set.
 */
@NullMarked
package dev.wormhole.app.terminal;

import org.jspecify.annotations.NullMarked;
