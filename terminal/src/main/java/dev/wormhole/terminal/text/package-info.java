/**
 * What a character is to a terminal: how many columns it takes, what it joins, and what the
 * character sets of the DEC terminals make of a byte.
 *
 * <p>Pure. The Unicode data is generated from ICU by a program in the test tree and checked there.
 */
@NullMarked
package dev.wormhole.terminal.text;

import org.jspecify.annotations.NullMarked;
