package dev.wormhole.client.link;

import org.jspecify.annotations.Nullable;

import java.net.URI;
import java.security.cert.X509Certificate;

/**
 * Where a link connects to: asked anew before every attempt, since a local server has a new port
 * and token at each start. Safe from any thread; {@link #resolve} may block (it runs on a virtual
 * thread).
 */
public interface LinkTarget {

    /** What people call it: "local", or the name of the saved host. */
    String name();

    /**
     * The address for the next attempt; starts the local server first where that is the target's
     * business.
     */
    Address resolve() throws LinkException;

    /**
     * One address.
     *
     * <p>Immutable.
     *
     * @param uri {@code ws://} on loopback or {@code wss://}
     * @param token for the Authorization header, never logged
     * @param trust decides about the certificate of a wss server; null for ws
     */
    record Address(URI uri, String token, @Nullable CertificateTrust trust) {

        @Override
        public String toString() {
            return uri.toString();
        }
    }

    /**
     * Decides whether a server's own certificate is the one that a person accepted. Called on a
     * connecting thread.
     */
    interface CertificateTrust {
        void check(X509Certificate leaf) throws LinkException;
    }
}
