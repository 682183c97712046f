/**
 * Panels over the window: hosts to connect to, the session list, colours and font. None of them
 * blocks anything: the terminals behind go on, Escape or a click beside the panel closes it. {@link
 * dev.wormhole.app.dialog.PanelLayer} shows one {@link dev.wormhole.app.dialog.Panel} at a time.
 *
 * <p>Owned by the FX thread. Disk and network are asked through {@link
 * dev.wormhole.app.dialog.HostBook} on threads of their own.
 */
@NullMarked
package dev.wormhole.app.dialog;

import org.jspecify.annotations.NullMarked;
