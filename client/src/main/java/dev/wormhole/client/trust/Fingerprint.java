package dev.wormhole.client.trust;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.cert.X509Certificate;
import java.util.Base64;
import java.util.regex.Pattern;

/**
 * The SHA-256 of a certificate's public key (its SubjectPublicKeyInfo), written as ssh writes one:
 * {@code SHA256:} and base64 without padding. Of the key, not of the certificate, so that a renewal
 * with the same key stays trusted. By hand: {@code openssl x509 -in cert.pem -noout -pubkey |
 * openssl pkey -pubin -outform der | openssl dgst -sha256 -binary | base64}.
 *
 * <p>Immutable.
 */
public record Fingerprint(String text) {

    private static final String PREFIX = "SHA256:";

    /** 32 bytes in base64. */
    private static final Pattern FORM = Pattern.compile(PREFIX + "[A-Za-z0-9+/]{43}");

    public Fingerprint {
        if (!FORM.matcher(text).matches()) {
            throw new IllegalArgumentException(
                    "a fingerprint is SHA256: and 43 letters, as 'wormhole status' shows it");
        }
    }

    /**
     * Reads one as a person may paste it, with or without the padding.
     *
     * @throws IllegalArgumentException saying what it looks like
     */
    public static Fingerprint parse(String text) {
        String bare = text.strip();
        return new Fingerprint(bare.endsWith("=") ? bare.substring(0, bare.length() - 1) : bare);
    }

    public static Fingerprint of(X509Certificate certificate) {
        try {
            byte[] hash =
                    MessageDigest.getInstance("SHA-256")
                            .digest(certificate.getPublicKey().getEncoded());
            return new Fingerprint(
                    PREFIX + Base64.getEncoder().withoutPadding().encodeToString(hash));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    @Override
    public String toString() {
        return text;
    }
}
