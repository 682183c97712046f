package dev.wormhole.protocol.json;

/**
 * The text is not JSON, or a field is missing, of the wrong type or out of range; the message names
 * the field.
 */
public final class JsonException extends Exception {

    private static final long serialVersionUID = 1;

    public JsonException(String message) {
        super(message);
    }
}
