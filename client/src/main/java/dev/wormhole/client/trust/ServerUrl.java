package dev.wormhole.client.trust;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The rules for addresses of servers: encrypted everywhere but on this machine, and never with a
 * secret in it. Pure.
 */
public final class ServerUrl {

    private static final Set<String> NAMES_OF_THIS_MACHINE = Set.of("localhost", "[::1]");
    private static final Pattern LOOPBACK_NET =
            Pattern.compile("127\\.\\d{1,3}\\.\\d{1,3}\\.\\d{1,3}");
    private static final int WSS_PORT = 443;
    private static final int WS_PORT = 80;

    private ServerUrl() {}

    /** Whether a text after {@code --server} means an address, not a saved name. */
    public static boolean looksLikeUrl(String text) {
        return text.contains("://");
    }

    /** Checks an address and gives it its one spelling, {@code scheme://host:port/}. */
    public static URI parse(String text) throws UrlException {
        URI uri;
        try {
            uri = new URI(text.strip());
        } catch (URISyntaxException e) {
            // The text itself is not repeated: it may hold a token.
            throw new UrlException("not an address: write wss://HOST:PORT/");
        }
        String scheme = uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
        if (!scheme.equals("wss") && !scheme.equals("ws")) {
            throw new UrlException("an address begins with wss:// (or ws:// on this machine)");
        }
        if (uri.getRawUserInfo() != null
                || uri.getRawQuery() != null
                || uri.getRawFragment() != null) {
            throw new UrlException(
                    "an address holds no user, query or token: give the token in a file");
        }
        if (uri.getHost() == null)
            throw new UrlException("the address names no host: write wss://HOST:PORT/");
        String path = uri.getRawPath();
        if (path != null && !path.isEmpty() && !path.equals("/")) {
            throw new UrlException("a server answers on the path / alone: leave out " + path);
        }
        String host = uri.getHost().toLowerCase(Locale.ROOT);
        if (scheme.equals("ws") && !isThisMachine(host)) {
            throw new UrlException(
                    "ws:// is not encrypted and for this machine only: write wss://" + host);
        }
        int port = uri.getPort() >= 0 ? uri.getPort() : scheme.equals("wss") ? WSS_PORT : WS_PORT;
        if (port == 0 || port > 65535) throw new UrlException("no port has the number " + port);
        return URI.create(scheme + "://" + host + ":" + port + "/");
    }

    /** Literals of the loopback interface and localhost; other names could lead anywhere. */
    public static boolean isThisMachine(String host) {
        return NAMES_OF_THIS_MACHINE.contains(host) || LOOPBACK_NET.matcher(host).matches();
    }
}
