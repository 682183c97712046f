/**
 * {@code wormhole attach}: one session in an ordinary terminal. {@link
 * dev.wormhole.client.attach.AttachTerminal} is the door; what is shown when is the pure {@code
 * AttachView}; the terminal device is behind {@code Tty}.
 *
 * <p>Threads: {@code attach-in} reads the keyboard, the calling thread owns the view and writes to
 * the terminal, the link thread only enqueues.
 */
@NullMarked
package dev.wormhole.client.attach;

import org.jspecify.annotations.NullMarked;
