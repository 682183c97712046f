/**
 * Processes on pseudo-terminals: the seam that sessions use ({@link
 * dev.wormhole.server.pty.PtyFactory}, {@link dev.wormhole.server.pty.Pty}), and beneath it what a
 * keeper needs to start one. {@code NativeSpawner} is the only importer of pty4j. Knows nothing of
 * sessions.
 */
@NullMarked
package dev.wormhole.server.pty;

import org.jspecify.annotations.NullMarked;
