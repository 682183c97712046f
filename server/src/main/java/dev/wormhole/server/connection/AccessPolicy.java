package dev.wormhole.server.connection;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Who may open a connection, decided from the handshake alone, before the upgrade (DESIGN section
 * 7).
 *
 * <p>A page in a browser always sends an Origin and cannot set Authorization; a name rebound to
 * loopback shows in Host.
 *
 * <p>Immutable.
 */
public final class AccessPolicy {

    private static final String BEARER = "Bearer ";

    private static final Pattern LOOPBACK =
            Pattern.compile("localhost|127(\\.\\d{1,3}){3}|\\[::1]");

    private final byte[] token;
    private final Set<String> hosts;
    private final Set<String> origins;

    /**
     * @param token what the client has to show
     * @param hosts names, with or without a port, under which this server is known beyond loopback
     * @param origins the values of Origin that are let in; none by default
     */
    public AccessPolicy(String token, Set<String> hosts, Set<String> origins) {
        this.token = token.getBytes(StandardCharsets.UTF_8);
        this.hosts = Set.copyOf(hosts.stream().map(AccessPolicy::lower).toList());
        this.origins = Set.copyOf(origins.stream().map(AccessPolicy::lower).toList());
    }

    /** Header values are empty where the header is absent. */
    public record Handshake(
            String path, String host, String origin, boolean hasOrigin, String authorization) {}

    /** Why this handshake is refused, for the log; empty if it is let in. */
    public Optional<String> refusal(Handshake handshake, int port) {
        if (!handshake.path().equals("/")) return Optional.of("path is not /");
        if (handshake.hasOrigin() && !origins.contains(lower(handshake.origin())))
            return Optional.of("foreign Origin");
        if (!isOurName(lower(handshake.host()), port)) return Optional.of("foreign Host");
        if (!showsToken(handshake.authorization())) return Optional.of("wrong or missing token");
        return Optional.empty();
    }

    private boolean isOurName(String host, int port) {
        int colon = host.lastIndexOf(':');
        boolean hasPort = colon > host.lastIndexOf(']');
        String name = hasPort ? host.substring(0, colon) : host;
        boolean ourPort = hasPort && host.substring(colon + 1).equals(Integer.toString(port));
        if (LOOPBACK.matcher(name).matches()) return ourPort;
        return hosts.contains(host) || (ourPort && hosts.contains(name));
    }

    private boolean showsToken(String authorization) {
        if (!authorization.regionMatches(true, 0, BEARER, 0, BEARER.length())) return false;
        byte[] shown =
                authorization.substring(BEARER.length()).strip().getBytes(StandardCharsets.UTF_8);
        return MessageDigest.isEqual(token, shown);
    }

    private static String lower(String text) {
        return text.strip().toLowerCase(Locale.ROOT);
    }
}
