package dev.wormhole.bench.keys;

/**
 * What the program in the terminal has asked for. Immutable.
 *
 * @param asks what it prints for it on a terminal just reset
 */
record Mode(String name, String asks) {

    /** The flags of kitty's protocol stand behind this. */
    private static final String KITTY = "kitty";

    static Mode named(String name) {
        String asks =
                switch (name) {
                    case "plain" -> "";
                    case "cursor" -> "\033[?1h";
                    case "keypad" -> "\033=";
                    case "other1" -> "\033[>4;1m";
                    case "other2" -> "\033[>4;2m";
                    case "other1u" -> "\033[>4;1m\033[>4;1f";
                    case "other2u" -> "\033[>4;2m\033[>4;1f";
                    default -> "\033[=" + flags(name) + ";1u";
                };
        return new Mode(name, asks);
    }

    boolean isKittys() {
        return name.startsWith(KITTY);
    }

    private static int flags(String name) {
        try {
            if (name.startsWith(KITTY)) return Integer.parseInt(name.substring(KITTY.length()));
        } catch (NumberFormatException e) {
            // It is none of ours either.
        }
        throw new IllegalArgumentException("no mode: " + name);
    }
}
