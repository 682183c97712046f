package dev.wormhole.terminal.screen;

import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Which texts are URIs that may be opened (RFC 3986, with letters of all scripts as in RFC 3987).
 *
 * <p>Pure. A room without sockets has no {@code java.net.URI}; what comes out of here is one that
 * it takes.
 */
final class Uris {

    /** What opens a page, a file, a letter or a shell. Anything else may start any program. */
    static final Set<String> SCHEMES = Set.of("http", "https", "ftp", "file", "mailto", "ssh");

    /** Those that name a host; of a file the host may be missing. */
    private static final Set<String> WITH_HOST = Set.of("http", "https", "ftp", "ssh");

    /** User, host and port: a host is a name, or an address in brackets. */
    private static final Pattern AUTHORITY =
            Pattern.compile(
                    "([\\p{L}\\p{M}\\p{N}._~!$&'()*+,;=:%-]*@)?"
                            + "([\\p{L}\\p{N}_][\\p{L}\\p{M}\\p{N}._~-]*|\\[[0-9A-Fa-f:.]+\\])"
                            + "(:[0-9]{0,5})?");

    private static final Pattern ADDRESS = Pattern.compile("[^@?#/]+@[^@?#/]+(\\?.*)?");

    /** What RFC 3986 has no place for, although people write it into paths and queries. */
    private static final String ESCAPED = "[]{}|^\\`<>\"";

    private static final int MAX_LENGTH = 4096;

    private Uris() {}

    /**
     * The URI that is meant: percent signs are added where they have to be, the scheme is in lower
     * case. Empty for what is none, for schemes that are not opened, and where characters are in it
     * that cannot be seen.
     */
    static Optional<String> wellFormed(String text) {
        int colon = text.indexOf(':');
        if (colon <= 0 || text.length() > MAX_LENGTH) return Optional.empty();
        String scheme = text.substring(0, colon).toLowerCase(Locale.ROOT);
        String rest = text.substring(colon + 1);
        if (!SCHEMES.contains(scheme) || !rest.codePoints().allMatch(Uris::isVisible)) {
            return Optional.empty();
        }
        if (scheme.equals("mailto")) {
            return ADDRESS.matcher(rest).matches() ? uri(scheme, "", rest) : Optional.empty();
        }
        // As java.io.File writes it: no host, and not the place for one either.
        if (scheme.equals("file") && rest.startsWith("/") && !rest.startsWith("//")) {
            rest = "//" + rest;
        }
        if (!rest.startsWith("//")) return Optional.empty();
        int path = authorityEnd(rest);
        String authority = rest.substring(2, path);
        boolean isLocal = scheme.equals("file") && authority.isEmpty();
        if (!isLocal && !AUTHORITY.matcher(authority).matches()) return Optional.empty();
        if (!WITH_HOST.contains(scheme) && !rest.startsWith("/", path)) return Optional.empty();
        if (!hasOnlyEscapes(authority)) return Optional.empty();
        return uri(scheme, "//" + authority, rest.substring(path));
    }

    private static int authorityEnd(String rest) {
        int end = 2;
        while (end < rest.length() && "/?#".indexOf(rest.charAt(end)) < 0) end++;
        return end;
    }

    private static Optional<String> uri(String scheme, String authority, String rest) {
        var uri = new StringBuilder(scheme).append(':').append(authority);
        boolean isFragment = false;
        for (int i = 0; i < rest.length(); i++) {
            char c = rest.charAt(i);
            boolean isEscaped =
                    ESCAPED.indexOf(c) >= 0
                            || (c == '%' && !isEscape(rest, i))
                            || (c == '#' && isFragment);
            if (isEscaped) uri.append('%').append(Integer.toHexString(c).toUpperCase(Locale.ROOT));
            else uri.append(c);
            isFragment |= c == '#';
        }
        return Optional.of(uri.toString());
    }

    private static boolean hasOnlyEscapes(String text) {
        for (int i = text.indexOf('%'); i >= 0; i = text.indexOf('%', i + 1)) {
            if (!isEscape(text, i)) return false;
        }
        return true;
    }

    /** Whether a percent sign is followed by two hexadecimal digits. */
    private static boolean isEscape(String text, int at) {
        return at + 2 < text.length() && isHex(text.charAt(at + 1)) && isHex(text.charAt(at + 2));
    }

    private static boolean isHex(char c) {
        return c < 0x80 && Character.digit(c, 16) >= 0;
    }

    /**
     * No control, blank, private or unassigned character; none that reorders its neighbours or that
     * fonts do not show: a link must be what it looks like.
     */
    static boolean isVisible(int c) {
        if (c < 0x80) return c > ' ' && c != 0x7f;
        boolean isNothing =
                switch (Character.getType(c)) {
                    case Character.PRIVATE_USE, Character.UNASSIGNED -> true;
                    default -> Character.isSpaceChar(c);
                };
        return !isNothing && !isHidden(c);
    }

    /** Whether it is there and nobody sees it. */
    static boolean isHidden(int c) {
        return switch (Character.getType(c)) {
            case Character.CONTROL, Character.FORMAT, Character.SURROGATE -> true;
            default -> isIgnorable(c);
        };
    }

    /** Unicode's Default_Ignorable_Code_Point, as far as it is letters and marks. */
    private static boolean isIgnorable(int c) {
        return c == 0x34f
                || c == 0x115f
                || c == 0x1160
                || c == 0x17b4
                || c == 0x17b5
                || (c >= 0x180b && c <= 0x180f)
                || c == 0x3164
                || (c >= 0xfe00 && c <= 0xfe0f)
                || c == 0xffa0
                || (c >= 0xe0100 && c <= 0xe01ef);
    }
}
