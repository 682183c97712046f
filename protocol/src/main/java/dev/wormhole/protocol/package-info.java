/**
 * The wire between a client and a session server: messages, frames, codec. {@code docs/protocol.md}
 * is the grammar of the conversation; a test holds the two against each other.
 *
 * <p>Immutable and pure: no I/O, no threads. Decoding never throws: what is wrong with the input is
 * a value.
 */
@NullMarked
package dev.wormhole.protocol;

import org.jspecify.annotations.NullMarked;
