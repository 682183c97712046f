/**
 * This machine: where the data and configuration directories are, whether a local server runs, and
 * how one is started and stopped. {@link dev.wormhole.client.local.LocalServer} is the door. It
 * knows nothing of messages.
 *
 * <p>No thread of its own: calls block on files and processes, so they belong on a virtual thread
 * or the command line.
 */
@NullMarked
package dev.wormhole.client.local;

import org.jspecify.annotations.NullMarked;
