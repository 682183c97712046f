package dev.wormhole.client.preferences;

/** The preferences cannot be saved; the message is a sentence for a person. Nothing was changed. */
public final class PreferencesException extends Exception {

    private static final long serialVersionUID = 1;

    PreferencesException(String message) {
        super(message);
    }

    PreferencesException(String message, Throwable cause) {
        super(message, cause);
    }
}
