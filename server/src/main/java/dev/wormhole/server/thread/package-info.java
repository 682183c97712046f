/** Threads and the mailboxes between them. */
@NullMarked
package dev.wormhole.server.thread;

import org.jspecify.annotations.NullMarked;
