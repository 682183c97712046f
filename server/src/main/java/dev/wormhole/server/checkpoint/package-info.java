/**
 * Checkpoints: what is durable of sessions, in SQLite. The only importer of JDBC; knows sessions as
 * records and increments, never as live things.
 *
 * <p>Owned by the thread {@code checkpointer} (platform, since JDBC blocks in native code): the
 * connection and everything mutable but the marks. {@link
 * dev.wormhole.server.checkpoint.Checkpointer} is the door.
 *
 * <p>Invariants:
 *
 * <ol>
 *   <li>A commit or a tombstone is acknowledged after its bytes were synced.
 *   <li>Of one source at most one increment is under way: asked for, but neither committed nor
 *       rolled back.
 *   <li>What a session sends (increments, commits) is applied in the order in which it was sent.
 *   <li>The database says that it ended in order only when nothing was left unstored.
 *   <li>A database that cannot be used is renamed, never deleted or overwritten.
 *   <li>Output behind the stored screen goes only in the transaction that stores a newer screen.
 *   <li>A block of scrollback is inserted once and never rewritten.
 *   <li>A start decodes nothing of tasks that are over.
 * </ol>
 */
@NullMarked
package dev.wormhole.server.checkpoint;

import org.jspecify.annotations.NullMarked;
