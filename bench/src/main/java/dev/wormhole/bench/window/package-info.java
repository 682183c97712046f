/**
 * Terminals in windows, measured from outside: real keys go in by the X server, and what comes out
 * is looked up in the picture that the X server shows.
 */
@NullMarked
package dev.wormhole.bench.window;

import org.jspecify.annotations.NullMarked;
