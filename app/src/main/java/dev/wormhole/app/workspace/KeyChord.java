package dev.wormhole.app.workspace;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * A key with its modifiers, written {@code Ctrl+Shift+D}.
 *
 * <p>Immutable.
 *
 * @param key the name of JavaFX's key code, such as {@code D}, {@code LEFT}, {@code DIGIT0}
 */
public record KeyChord(boolean ctrl, boolean shift, boolean alt, boolean meta, String key) {

    /** What people write for keys whose code has another name. */
    private static final Map<String, String> ALIASES =
            Map.ofEntries(
                    Map.entry("+", "PLUS"),
                    Map.entry("-", "MINUS"),
                    Map.entry("=", "EQUALS"),
                    Map.entry(",", "COMMA"),
                    Map.entry(".", "PERIOD"),
                    Map.entry("/", "SLASH"),
                    Map.entry("\\", "BACK_SLASH"),
                    Map.entry("ESC", "ESCAPE"),
                    Map.entry("DEL", "DELETE"),
                    Map.entry("INS", "INSERT"),
                    Map.entry("RETURN", "ENTER"),
                    Map.entry("PAGEUP", "PAGE_UP"),
                    Map.entry("PAGEDOWN", "PAGE_DOWN"),
                    Map.entry("BACKSPACE", "BACK_SPACE"));

    public KeyChord {
        if (key.isBlank()) throw new IllegalArgumentException("key: empty");
    }

    /** Reads what a person wrote; empty where it is no chord. */
    public static Optional<KeyChord> parse(String text) {
        String rest = text.strip();
        // The last plus of "Ctrl++" is the key itself.
        boolean isPlus = rest.equals("+") || rest.endsWith("++");
        String key = isPlus ? "+" : rest.substring(rest.lastIndexOf('+') + 1);
        String before = rest.substring(0, rest.length() - key.length());
        boolean ctrl = false;
        boolean shift = false;
        boolean alt = false;
        boolean meta = false;
        for (String modifier : before.split("\\+", -1)) {
            switch (modifier.strip().toLowerCase(Locale.ROOT)) {
                case "ctrl", "control" -> ctrl = true;
                case "shift" -> shift = true;
                case "alt", "option" -> alt = true;
                case "meta", "cmd", "super" -> meta = true;
                case "" -> {}
                default -> {
                    return Optional.empty();
                }
            }
        }
        String code = codeName(key.strip().toUpperCase(Locale.ROOT));
        if (!code.matches("[A-Z][A-Z0-9_]*")) return Optional.empty();
        return Optional.of(new KeyChord(ctrl, shift, alt, meta, code));
    }

    private static String codeName(String key) {
        if (key.length() == 1 && Character.isDigit(key.charAt(0))) return "DIGIT" + key;
        return ALIASES.getOrDefault(key, key);
    }

    /** The form that people read, which {@link #parse} understands too. */
    @Override
    public String toString() {
        List<String> parts = new ArrayList<>();
        if (ctrl) parts.add("Ctrl");
        if (alt) parts.add("Alt");
        if (shift) parts.add("Shift");
        if (meta) parts.add("Meta");
        parts.add(keyLabel());
        return String.join("+", parts);
    }

    private String keyLabel() {
        if (key.startsWith("DIGIT")) return key.substring(5);
        return switch (key) {
            case "PLUS" -> "+";
            case "MINUS" -> "-";
            case "EQUALS" -> "=";
            case "COMMA" -> ",";
            default ->
                    key.length() == 1
                            ? key
                            : key.charAt(0) + key.substring(1).toLowerCase(Locale.ROOT);
        };
    }
}
