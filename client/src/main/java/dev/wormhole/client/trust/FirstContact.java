package dev.wormhole.client.trust;

import dev.wormhole.client.link.LinkException;
import dev.wormhole.client.link.LinkProblem;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.security.GeneralSecurityException;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;

import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509ExtendedTrustManager;

/**
 * Looks at the certificate of a server that nobody has accepted yet: a TLS handshake and nothing
 * more. No token and no HTTP goes over it.
 */
public final class FirstContact {

    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private FirstContact() {}

    /** The fingerprint to show to a person; blocks up to some seconds. */
    public static Fingerprint probe(URI uri) throws LinkException {
        String host = uri.getHost();
        if (!"wss".equals(uri.getScheme()) || host == null) {
            throw new IllegalArgumentException("only a wss server has a certificate: " + uri);
        }
        try (var plain = new Socket()) {
            plain.connect(
                    new InetSocketAddress(bare(host), uri.getPort()), (int) PATIENCE.toMillis());
            plain.setSoTimeout((int) PATIENCE.toMillis());
            try (var socket =
                    (SSLSocket)
                            acceptingAll()
                                    .getSocketFactory()
                                    .createSocket(plain, bare(host), uri.getPort(), true)) {
                var parameters = socket.getSSLParameters();
                if (isName(host)) parameters.setServerNames(List.of(new SNIHostName(host)));
                socket.setSSLParameters(parameters);
                socket.startHandshake();
                Certificate leaf = socket.getSession().getPeerCertificates()[0];
                if (leaf instanceof X509Certificate certificate) return Fingerprint.of(certificate);
                throw new IOException("it shows no X.509 certificate");
            }
        } catch (IOException | GeneralSecurityException e) {
            String why = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
            throw new LinkException(
                    new LinkProblem(
                            LinkProblem.Kind.UNREACHABLE,
                            "no server answers with TLS at "
                                    + uri
                                    + " ("
                                    + why
                                    + "): check the address"));
        }
    }

    private static String bare(String host) {
        return host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
    }

    /** Addresses have no place in the server name extension (RFC 6066). */
    private static boolean isName(String host) {
        return host.chars().anyMatch(Character::isLetter) && !host.startsWith("[");
    }

    private static SSLContext acceptingAll() throws GeneralSecurityException {
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, new TrustManager[] {new LookingOnly()}, null);
        return context;
    }

    /**
     * Accepts everything, for a connection that carries nothing and is closed after the handshake.
     */
    private static final class LookingOnly extends X509ExtendedTrustManager {

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type) {}

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket) {}

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }
}
