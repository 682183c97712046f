/**
 * {@code wormhole attach}: one session in an ordinary terminal. {@link
 * dev.wormhole.client.attach.AttachTerminal} is the door; what is shown when is the pure {@code
 * AttachView}'s to decide, how is {@code OuterTerminal}'s: bytes pass through, or {@code
 * ScreenPainter} paints the Screen that follows the session. The terminal device is behind {@link
 * dev.wormhole.client.attach.TerminalDevice}.
 *
 * <p>Threads: {@code attach-in} reads the keyboard, the calling thread owns the view and writes to
 * the terminal, the link thread only enqueues.
 */
@NullMarked
package dev.wormhole.client.attach;

import org.jspecify.annotations.NullMarked;
