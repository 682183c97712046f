package dev.wormhole.server.session;

import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Words as one types them into a POSIX shell. Pure. */
final class ShellWords {

    /** What no shell takes for anything but itself. */
    private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9_@%+:,./-]+");

    /** The same, where it cannot be taken for an assignment. */
    private static final Pattern PLAIN_ARGUMENT = Pattern.compile("[A-Za-z0-9_@%+=:,./-]+");

    private ShellWords() {}

    static String quote(List<String> words) {
        return quote(words.getFirst(), PLAIN)
                + words.stream()
                        .skip(1)
                        .map(word -> " " + quote(word, PLAIN_ARGUMENT))
                        .collect(Collectors.joining());
    }

    private static String quote(String word, Pattern plain) {
        return plain.matcher(word).matches() ? word : "'" + word.replace("'", "'\\''") + "'";
    }
}
