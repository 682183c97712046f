package dev.wormhole.server.connection;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Who is let in, decided from the head of a request alone: of a handshake before its upgrade
 * (DESIGN section 7), and of every request over HTTP.
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

    /** Header values are empty where the header is absent, or there more than once. */
    public record Headers(String host, String origin, boolean hasOrigin, String authorization) {}

    /** Why somebody is not let in. */
    public enum Refusal {
        FOREIGN_ORIGIN("foreign Origin"),
        FOREIGN_HOST("foreign Host"),
        NO_TOKEN("wrong or missing token");

        private final String reason;

        Refusal(String reason) {
            this.reason = reason;
        }

        /** In words, for the log. */
        public String reason() {
            return reason;
        }
    }

    /** Why this request is refused; empty if it is let in. */
    public Optional<Refusal> refusal(Headers headers, int port) {
        if (headers.hasOrigin() && !origins.contains(lower(headers.origin())))
            return Optional.of(Refusal.FOREIGN_ORIGIN);
        if (!isOurName(lower(headers.host()), port)) return Optional.of(Refusal.FOREIGN_HOST);
        if (!showsToken(headers.authorization())) return Optional.of(Refusal.NO_TOKEN);
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
