/**
 * The screen: what a session's output has made of a terminal. Grids, scrollback, modes, colours; a
 * fold over the output. Pure: no I/O, no threads, no clock.
 */
@NullMarked
package dev.wormhole.terminal.screen;

import org.jspecify.annotations.NullMarked;
