/**
 * The session server: its wiring, settings and command-line entry. Everything else is in the
 * packages below.
 */
@NullMarked
package dev.wormhole.server;

import org.jspecify.annotations.NullMarked;
