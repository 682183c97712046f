/**
 * What terminals send for each key: real keys go in by the X server, and a program in the terminal
 * hands on what arrives.
 */
@NullMarked
package dev.wormhole.bench.keys;

import org.jspecify.annotations.NullMarked;
