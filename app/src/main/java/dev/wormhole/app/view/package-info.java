/**
 * What the window looks like: tiles with terminals, the bar above them, and the few words a pane or
 * the link has to say. It shows the model of {@code app.workspace} and hands back what the person
 * asks for; it decides nothing.
 *
 * <p>Owned by the FX thread. {@link dev.wormhole.app.view.WindowView} is the root of a scene,
 * {@link dev.wormhole.app.view.Appearance} its light, colours and font.
 */
@NullMarked
package dev.wormhole.app.view;

import org.jspecify.annotations.NullMarked;
