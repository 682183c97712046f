package dev.wormhole.client.preferences;

import org.jspecify.annotations.Nullable;

import java.net.URI;

/**
 * A server elsewhere that a person gave a name. Its token is not here: see {@link HostTokens}.
 *
 * <p>Immutable.
 *
 * @param fingerprint of the certificate that was accepted, in the form of {@code Fingerprint}; null
 *     before
 */
public record SavedHost(String name, URI uri, @Nullable String fingerprint) {

    public SavedHost {
        if (name.isBlank()) throw new IllegalArgumentException("name: empty");
    }

    public SavedHost withFingerprint(@Nullable String accepted) {
        return new SavedHost(name, uri, accepted);
    }
}
