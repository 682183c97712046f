package dev.wormhole.client.trust;

import dev.wormhole.client.link.LinkException;
import dev.wormhole.client.link.LinkProblem;
import dev.wormhole.client.link.LinkTarget;

import org.jspecify.annotations.Nullable;

import java.security.cert.X509Certificate;

/**
 * Trusts exactly the key that a person accepted for this server. Authorities, names and dates in
 * the certificate say nothing here: the person looked at the fingerprint.
 *
 * <p>Immutable.
 *
 * @param host what people call the server
 * @param accepted null before first contact
 */
public record PinnedTrust(String host, @Nullable Fingerprint accepted)
        implements LinkTarget.CertificateTrust {

    @Override
    public void check(X509Certificate leaf) throws LinkException {
        Fingerprint shown = Fingerprint.of(leaf);
        if (accepted == null) throw new LinkException(unknown(host, shown));
        if (!accepted.equals(shown)) throw new LinkException(changed(host, accepted, shown));
    }

    static LinkProblem unknown(String host, Fingerprint shown) {
        return new LinkProblem(
                LinkProblem.Kind.CERTIFICATE_UNKNOWN,
                "%s shows a certificate that was never accepted, %s: compare it with 'wormhole status' on that machine"
                        .formatted(host, shown));
    }

    static LinkProblem changed(String host, Fingerprint accepted, Fingerprint shown) {
        return new LinkProblem(
                LinkProblem.Kind.CERTIFICATE_CHANGED,
                ("THE CERTIFICATE OF %s HAS CHANGED, somebody may be in between: accepted was %s,"
                     + " now it shows %s; nothing was sent. Accept the new one only if its owner"
                     + " confirms it")
                        .formatted(host, accepted, shown));
    }
}
