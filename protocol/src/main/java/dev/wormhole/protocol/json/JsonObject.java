package dev.wormhole.protocol.json;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A JSON object with getters that check: a field that is missing, of another type or out of range
 * is a {@link JsonException} that names it. {@code null} means absent (DESIGN section 7).
 *
 * <p>Immutable.
 */
public record JsonObject(Map<String, Json> fields) implements Json {

    public JsonObject {
        fields = Collections.unmodifiableMap(new LinkedHashMap<>(fields));
    }

    /** Collects the fields of an object in order. */
    public static Builder builder() {
        return new Builder();
    }

    /** The value of a field; absent and {@code null} are both null. */
    public @Nullable Json get(String name) {
        Json value = fields.get(name);
        return value instanceof Null ? null : value;
    }

    public @Nullable String optText(String name) throws JsonException {
        return switch (get(name)) {
            case null -> null;
            case Text text -> text.value();
            default -> throw new JsonException(name + ": expected a text");
        };
    }

    public String text(String name) throws JsonException {
        return required(name, optText(name));
    }

    /**
     * An integer from {@code min} to {@code max}, or null where absent; {@code 3.0} and {@code 3e0}
     * are refused.
     */
    public @Nullable Long optInteger(String name, long min, long max) throws JsonException {
        Json value = get(name);
        if (value == null) return null;
        try {
            if (value instanceof Num number) {
                long integer = Long.parseLong(number.literal());
                if (integer >= min && integer <= max) return integer;
            }
        } catch (NumberFormatException e) {
            // Said below, with the range.
        }
        throw new JsonException(name + ": expected an integer from " + min + " to " + max);
    }

    public long integer(String name, long min, long max) throws JsonException {
        return required(name, optInteger(name, min, max));
    }

    /** A finite number, or null where absent. */
    public @Nullable Double optNumber(String name) throws JsonException {
        Json value = get(name);
        if (value == null) return null;
        if (value instanceof Num number) {
            double parsed = Double.parseDouble(number.literal());
            if (Double.isFinite(parsed)) return parsed;
        }
        throw new JsonException(name + ": expected a number");
    }

    public @Nullable Boolean optBool(String name) throws JsonException {
        return switch (get(name)) {
            case null -> null;
            case Bool bool -> bool.value();
            default -> throw new JsonException(name + ": expected true or false");
        };
    }

    public boolean bool(String name) throws JsonException {
        return required(name, optBool(name));
    }

    public boolean bool(String name, boolean ifAbsent) throws JsonException {
        Boolean value = optBool(name);
        return value == null ? ifAbsent : value;
    }

    public @Nullable JsonObject optObject(String name) throws JsonException {
        return switch (get(name)) {
            case null -> null;
            case JsonObject object -> object;
            default -> throw new JsonException(name + ": expected an object");
        };
    }

    public JsonObject object(String name) throws JsonException {
        return required(name, optObject(name));
    }

    /** The items of an array; empty where absent. */
    public List<Json> items(String name) throws JsonException {
        return switch (get(name)) {
            case null -> List.of();
            case Array array -> array.items();
            default -> throw new JsonException(name + ": expected an array");
        };
    }

    /** The objects of an array; empty where absent. */
    public List<JsonObject> objects(String name) throws JsonException {
        var objects = new ArrayList<JsonObject>();
        for (Json item : items(name)) {
            if (!(item instanceof JsonObject object))
                throw new JsonException(name + ": expected objects");
            objects.add(object);
        }
        return objects;
    }

    /** The texts of an array; empty where absent. */
    public List<String> texts(String name) throws JsonException {
        var texts = new ArrayList<String>();
        for (Json item : items(name)) {
            if (!(item instanceof Text text)) throw new JsonException(name + ": expected texts");
            texts.add(text.value());
        }
        return texts;
    }

    /** The texts of an object, by name; empty where absent. */
    public Map<String, String> textMap(String name) throws JsonException {
        var texts = new LinkedHashMap<String, String>();
        JsonObject object = optObject(name);
        if (object == null) return texts;
        for (Map.Entry<String, Json> field : object.fields().entrySet()) {
            if (!(field.getValue() instanceof Text text))
                throw new JsonException(name + ": expected texts");
            texts.put(field.getKey(), text.value());
        }
        return texts;
    }

    private static <T> T required(String name, @Nullable T value) throws JsonException {
        if (value == null) throw new JsonException(name + ": missing");
        return value;
    }

    /**
     * Collects fields; {@code opt…} methods leave a null out, {@link #put} writes it as {@code
     * null}.
     */
    public static final class Builder {

        private final Map<String, Json> fields = new LinkedHashMap<>();

        private Builder() {}

        public Builder put(String name, @Nullable Json value) {
            fields.put(name, value == null ? new Null() : value);
            return this;
        }

        public Builder put(String name, @Nullable String value) {
            return put(name, value == null ? null : Json.of(value));
        }

        public Builder put(String name, long value) {
            return put(name, Json.of(value));
        }

        public Builder put(String name, @Nullable Long value) {
            return put(name, value == null ? null : Json.of(value));
        }

        public Builder put(String name, @Nullable Integer value) {
            return put(name, value == null ? null : Json.of(value));
        }

        public Builder put(String name, boolean value) {
            return put(name, Json.of(value));
        }

        public Builder opt(String name, @Nullable Json value) {
            return value == null ? this : put(name, value);
        }

        public Builder opt(String name, @Nullable String value) {
            return value == null ? this : put(name, value);
        }

        public Builder opt(String name, @Nullable Long value) {
            return value == null ? this : put(name, value);
        }

        public Builder opt(String name, @Nullable Integer value) {
            return value == null ? this : put(name, value);
        }

        public Builder opt(String name, @Nullable Double value) {
            return value == null ? this : put(name, Json.of(value));
        }

        public Builder opt(String name, @Nullable Boolean value) {
            return value == null ? this : put(name, Json.of(value));
        }

        public JsonObject build() {
            return new JsonObject(fields);
        }
    }
}
