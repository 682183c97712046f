/**
 * Sessions: durable terminals, each with its output, its process and its viewers. Knows neither
 * connections nor SQL: what it needs from outside are the ports {@link
 * dev.wormhole.server.session.Viewer}, {@link dev.wormhole.server.session.SessionStore} and {@link
 * dev.wormhole.server.pty.PtyFactory}.
 *
 * <p>Owned by the threads {@code session-<id8>} (platform, one each): everything mutable of a
 * session. Others hold a {@link dev.wormhole.server.session.SessionHandle}, whose methods are
 * messages.
 *
 * <p>Invariants:
 *
 * <ol>
 *   <li>An attach is one message: answer, snapshot or replay, live. No gap, no double.
 *   <li>Output and exit carry their generation; those of an older one are ignored.
 *   <li>The exit is reported after the last byte.
 *   <li>Base, separator and generation are committed before the process is spawned and before
 *       anyone sees them.
 *   <li>An offset is never given to two different bytes.
 *   <li>A viewer is a cursor: it never holds back the program or another viewer.
 * </ol>
 */
@NullMarked
package dev.wormhole.server.session;

import org.jspecify.annotations.NullMarked;
