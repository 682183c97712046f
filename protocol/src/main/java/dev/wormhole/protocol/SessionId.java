package dev.wormhole.protocol;

import java.util.Locale;
import java.util.UUID;

/**
 * Names a session for ever: a UUID, written in lower case.
 *
 * <p>Immutable.
 */
public record SessionId(UUID value) {

    /** A new random id. */
    public static SessionId random() {
        return new SessionId(UUID.randomUUID());
    }

    /**
     * Parses the 36-character form in either case.
     *
     * @throws IllegalArgumentException if it is anything else
     */
    public static SessionId parse(String text) {
        // UUID.fromString also takes shortened groups; an id has one spelling.
        UUID value = UUID.fromString(text);
        if (!value.toString().equals(text.toLowerCase(Locale.ROOT))) {
            throw new IllegalArgumentException("not a UUID of 36 characters");
        }
        return new SessionId(value);
    }

    /** The first eight characters: enough for people, thread names and logs. */
    public String shortForm() {
        return toString().substring(0, 8);
    }

    @Override
    public String toString() {
        return value.toString();
    }
}
