/**
 * Processes on pseudo-terminals. {@link dev.wormhole.server.pty.PtyFactory} and {@link
 * dev.wormhole.server.pty.Pty} are the seam; {@code NativePty} is the only importer of pty4j. Knows
 * nothing of sessions.
 *
 * <p>Owned by two platform threads for each live process: {@code pty-read-…} and {@code
 * pty-write-…}. They are platform threads because they block in native code, which would hold a
 * carrier of virtual threads.
 */
@NullMarked
package dev.wormhole.server.pty;

import org.jspecify.annotations.NullMarked;
