package dev.wormhole.protocol;

/** The rule for names that people give to sessions; names need not be unique. Pure. */
public final class SessionName {

    private SessionName() {}

    /**
     * Checks a name: 1 to {@value Limits#NAME_CODE_POINTS} code points, no control characters, no
     * lone surrogates.
     *
     * @throws IllegalArgumentException saying what is wrong
     */
    public static String check(String name) {
        if (name.isBlank()) throw new IllegalArgumentException("name: empty");
        if (name.codePointCount(0, name.length()) > Limits.NAME_CODE_POINTS) {
            throw new IllegalArgumentException(
                    "name: longer than " + Limits.NAME_CODE_POINTS + " characters");
        }
        if (name.codePoints().anyMatch(SessionName::isForbidden)) {
            throw new IllegalArgumentException("name: holds a control character");
        }
        return name;
    }

    private static boolean isForbidden(int codePoint) {
        return switch (Character.getType(codePoint)) {
            case Character.CONTROL,
                    Character.SURROGATE,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR ->
                    true;
            default -> false;
        };
    }
}
