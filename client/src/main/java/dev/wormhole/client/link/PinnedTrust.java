package dev.wormhole.client.link;

import org.jspecify.annotations.Nullable;

import java.net.Socket;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.concurrent.atomic.AtomicReference;

import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedTrustManager;

/**
 * Takes a server's certificate if, and only if, the target's own trust takes it: who signed it and
 * which host it names play no part, since a person accepted this very certificate.
 *
 * <p>Safe from any thread.
 *
 * <p>An extended trust manager, since the library adds its own checks of host names and algorithms
 * to a plain one, which a self-signed certificate need not pass.
 */
final class PinnedTrust extends X509ExtendedTrustManager {

    private final LinkTarget.CertificateTrust trust;
    private final AtomicReference<@Nullable LinkProblem> refusal = new AtomicReference<>();

    PinnedTrust(LinkTarget.CertificateTrust trust) {
        this.trust = trust;
    }

    /** Why the certificate was not taken; null if it was, or none came yet. */
    @Nullable LinkProblem refusal() {
        return refusal.get();
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType)
            throws CertificateException {
        if (chain.length == 0) throw new CertificateException("no certificate");
        try {
            trust.check(chain[0]);
        } catch (LinkException e) {
            refusal.set(e.problem());
            throw new CertificateException("not the pinned certificate", e);
        } catch (RuntimeException e) {
            // Trust that could not be decided is no trust.
            throw new CertificateException("the certificate could not be checked", e);
        }
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType, Socket socket)
            throws CertificateException {
        checkServerTrusted(chain, authType);
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
            throws CertificateException {
        checkServerTrusted(chain, authType);
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType)
            throws CertificateException {
        throw new CertificateException("this is the client's side");
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType, Socket socket)
            throws CertificateException {
        checkClientTrusted(chain, authType);
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
            throws CertificateException {
        checkClientTrusted(chain, authType);
    }

    @Override
    public X509Certificate[] getAcceptedIssuers() {
        return new X509Certificate[0];
    }
}
