/**
 * The programs measured: how each is started, given a session, attached to and watched. The only
 * place that knows pty4j and Java-WebSocket here.
 */
@NullMarked
package dev.wormhole.bench.peer;

import org.jspecify.annotations.NullMarked;
