/**
 * Servers elsewhere: the rules for their addresses, the certificate that a person accepted at first
 * contact, and {@link dev.wormhole.client.trust.RemoteHost}, the target of a link to one. No
 * certificate authority takes part: what was shown and accepted once is pinned.
 *
 * <p>Immutable values; {@link dev.wormhole.client.trust.FirstContact} blocks on the network.
 */
@NullMarked
package dev.wormhole.client.trust;

import org.jspecify.annotations.NullMarked;
