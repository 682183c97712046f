package dev.wormhole.server.tls;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/**
 * Reads a PEM certificate chain and its unencrypted PKCS#8 key (RFC 7468) into a TLS context. Pure
 * but for reading.
 */
public final class TlsFiles {

    private static final Pattern PRIVATE_KEY =
            Pattern.compile(
                    "-----BEGIN PRIVATE KEY-----([A-Za-z0-9+/=\\s]+)-----END PRIVATE KEY-----");

    private TlsFiles() {}

    /**
     * @throws IOException saying which file cannot be used, and what to do
     */
    public static SSLContext contextOf(Path certificateFile, Path keyFile) throws IOException {
        try (InputStream stream = Files.newInputStream(certificateFile)) {
            Certificate[] chain =
                    CertificateFactory.getInstance("X.509")
                            .generateCertificates(stream)
                            .toArray(Certificate[]::new);
            if (chain.length == 0)
                throw new IOException(certificateFile + " holds no certificate (PEM expected)");
            char[] noPassword = new char[0];
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(null, noPassword);
            store.setKeyEntry(
                    "server",
                    readKey(keyFile, chain[0].getPublicKey().getAlgorithm()),
                    noPassword,
                    chain);
            KeyManagerFactory keys =
                    KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            keys.init(store, noPassword);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(keys.getKeyManagers(), null, null);
            return context;
        } catch (GeneralSecurityException e) {
            throw new IOException(
                    "cannot use " + certificateFile + " with " + keyFile + ": " + e.getMessage(),
                    e);
        }
    }

    private static PrivateKey readKey(Path file, String algorithm)
            throws IOException, GeneralSecurityException {
        Matcher pem = PRIVATE_KEY.matcher(Files.readString(file, StandardCharsets.US_ASCII));
        if (!pem.find()) {
            throw new IOException(
                    file
                            + " holds no unencrypted PKCS#8 key: convert it with"
                            + " openssl pkcs8 -topk8 -nocrypt -in KEY -out NEW");
        }
        try {
            byte[] der = Base64.getMimeDecoder().decode(pem.group(1));
            return KeyFactory.getInstance(algorithm).generatePrivate(new PKCS8EncodedKeySpec(der));
        } catch (IllegalArgumentException e) {
            throw new IOException(file + " is damaged: its base64 is cut short", e);
        } catch (InvalidKeySpecException e) {
            throw new IOException(
                    file + " is not the key of this certificate (" + algorithm + " expected)", e);
        }
    }
}
