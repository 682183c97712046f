/** Tasks: sessions that run a command once, with a status and a history. */
@NullMarked
package dev.wormhole.server.task;

import org.jspecify.annotations.NullMarked;
