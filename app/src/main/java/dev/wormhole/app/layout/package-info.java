/**
 * The tile tree: which panes there are, how they share the window, which one has the focus. {@link
 * dev.wormhole.app.layout.PaneTree} is the tree, {@link dev.wormhole.app.layout.LayoutDocument} its
 * durable form with the sessions of the panes.
 *
 * <p>Immutable and pure: no JavaFX, no I/O, no threads.
 */
@NullMarked
package dev.wormhole.app.layout;

import org.jspecify.annotations.NullMarked;
