/**
 * Tasks over HTTP, on a loopback port of its own (docs/http.md). The only importer of the JDK's
 * HTTP server. Knows tasks through their service alone.
 *
 * <p>Every request has a virtual thread, which waits for the service's futures and for its client;
 * nothing of the server waits for it.
 */
@NullMarked
package dev.wormhole.server.http;

import org.jspecify.annotations.NullMarked;
