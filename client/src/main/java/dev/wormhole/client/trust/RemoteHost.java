package dev.wormhole.client.trust;

import dev.wormhole.client.link.LinkException;
import dev.wormhole.client.link.LinkProblem;
import dev.wormhole.client.link.LinkTarget;
import dev.wormhole.client.preferences.HostTokens;
import dev.wormhole.client.preferences.SavedHost;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.net.URI;

/**
 * A server at a fixed address as the target of a link: encrypted with a pinned certificate, or on
 * this machine.
 *
 * <p>Immutable. The token is asked for anew at each attempt, so that a corrected file helps at
 * once.
 */
public final class RemoteHost implements LinkTarget {

    /** Where the token comes from; throws a sentence for a person. */
    @FunctionalInterface
    public interface TokenSource {
        String token() throws IOException;
    }

    private final String name;
    private final URI uri;
    private final TokenSource token;
    private final @Nullable CertificateTrust trust;

    /**
     * @param uri as {@link ServerUrl#parse} gives it
     * @param accepted the fingerprint that a person accepted, null before
     */
    public RemoteHost(String name, URI uri, TokenSource token, @Nullable Fingerprint accepted) {
        this.name = name;
        this.uri = uri;
        this.token = token;
        this.trust = "wss".equals(uri.getScheme()) ? new PinnedTrust(name, accepted) : null;
    }

    /**
     * The target for a saved host.
     *
     * @throws UrlException when the saved address or fingerprint is none
     */
    public static RemoteHost of(SavedHost host, HostTokens tokens) throws UrlException {
        String name = host.name();
        return new RemoteHost(
                name,
                ServerUrl.parse(host.uri().toString()),
                () ->
                        tokens.read(name)
                                .orElseThrow(
                                        () -> new IOException("no token is saved for " + name)),
                accepted(host));
    }

    private static @Nullable Fingerprint accepted(SavedHost host) throws UrlException {
        try {
            return host.fingerprint() == null ? null : Fingerprint.parse(host.fingerprint());
        } catch (IllegalArgumentException e) {
            throw new UrlException(
                    "the fingerprint saved for " + host.name() + " is none: " + e.getMessage());
        }
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public Address resolve() throws LinkException {
        try {
            return new Address(uri, token.token(), trust);
        } catch (IOException e) {
            throw new LinkException(
                    new LinkProblem(LinkProblem.Kind.REFUSED, String.valueOf(e.getMessage())));
        }
    }
}
