/**
 * The client's ever-reconnecting connection to one session server. {@link
 * dev.wormhole.client.link.Link} is the door; the policy of reconnecting is the pure {@code
 * LinkMachine}; the WebSocket library is behind {@code Transport}.
 *
 * <p>Owned by the {@code link} thread (virtual), one per link: state, transport, pending requests,
 * attachments. Sinks and listeners are called on it, in the order of the wire, and must not block.
 */
@NullMarked
package dev.wormhole.client.link;

import org.jspecify.annotations.NullMarked;
