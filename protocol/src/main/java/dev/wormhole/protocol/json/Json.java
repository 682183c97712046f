package dev.wormhole.protocol.json;

import com.google.gson.Strictness;
import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonToken;
import com.google.gson.stream.JsonWriter;
import com.google.gson.stream.MalformedJsonException;

import java.io.EOFException;
import java.io.IOException;
import java.io.StringReader;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * One JSON value (RFC 8259).
 *
 * <p>Immutable.
 */
public sealed interface Json
        permits JsonObject, Json.Array, Json.Text, Json.Num, Json.Bool, Json.Null {

    record Array(List<Json> items) implements Json {
        public Array {
            items = List.copyOf(items);
        }
    }

    record Text(String value) implements Json {}

    /** A number as it was written, so that an integer of 53 bits keeps every digit. */
    record Num(String literal) implements Json {}

    record Bool(boolean value) implements Json {}

    record Null() implements Json {}

    static Json of(String value) {
        return new Text(value);
    }

    static Json of(long value) {
        return new Num(Long.toString(value));
    }

    static Json of(double value) {
        if (!Double.isFinite(value))
            throw new IllegalArgumentException("not a JSON number: " + value);
        return new Num(Double.toString(value));
    }

    static Json of(boolean value) {
        return new Bool(value);
    }

    /** An array of texts. */
    static Json of(List<String> values) {
        return new Array(values.stream().map(Json::of).toList());
    }

    /**
     * Parses exactly one value; trailing text, comments and nesting deeper than 255 are refused.
     */
    static Json parse(String text) throws JsonException {
        try (var reader = new JsonReader(new StringReader(text))) {
            reader.setStrictness(Strictness.STRICT);
            Json value = read(reader);
            if (reader.peek() != JsonToken.END_DOCUMENT)
                throw new JsonException("more than one JSON value");
            return value;
        } catch (EOFException e) {
            throw new JsonException("the JSON ends too early");
        } catch (MalformedJsonException | IllegalStateException | NumberFormatException e) {
            // The parser's message quotes a path, never the content.
            throw new JsonException("not valid JSON: " + firstLine(String.valueOf(e.getMessage())));
        } catch (IOException e) {
            throw new UncheckedIOException("a string reader does not fail", e);
        }
    }

    /** Parses one value that must be an object. */
    static JsonObject parseObject(String text) throws JsonException {
        if (parse(text) instanceof JsonObject object) return object;
        throw new JsonException("expected a JSON object");
    }

    /** This value on one line. */
    default String toText() {
        return write("");
    }

    /** This value indented by two spaces, for files that people read. */
    default String toPrettyText() {
        return write("  ");
    }

    private String write(String indent) {
        var out = new StringWriter();
        try (var writer = new JsonWriter(out)) {
            writer.setHtmlSafe(false);
            writer.setSerializeNulls(true);
            writer.setIndent(indent);
            write(writer, this);
        } catch (IOException e) {
            throw new UncheckedIOException("a string writer does not fail", e);
        }
        return out.toString();
    }

    private static String firstLine(String message) {
        int end = message.indexOf('\n');
        return end < 0 ? message : message.substring(0, end);
    }

    private static Json read(JsonReader reader) throws IOException {
        return switch (reader.peek()) {
            case BEGIN_OBJECT -> readObject(reader);
            case BEGIN_ARRAY -> readArray(reader);
            case STRING -> new Text(reader.nextString());
            case NUMBER -> new Num(reader.nextString());
            case BOOLEAN -> new Bool(reader.nextBoolean());
            case NULL -> {
                reader.nextNull();
                yield new Null();
            }
            case END_ARRAY, END_OBJECT, NAME, END_DOCUMENT ->
                    throw new MalformedJsonException("a value is missing");
        };
    }

    private static Json readObject(JsonReader reader) throws IOException {
        var fields = new LinkedHashMap<String, Json>();
        reader.beginObject();
        while (reader.hasNext()) fields.put(reader.nextName(), read(reader));
        reader.endObject();
        return new JsonObject(fields);
    }

    private static Json readArray(JsonReader reader) throws IOException {
        var items = new ArrayList<Json>();
        reader.beginArray();
        while (reader.hasNext()) items.add(read(reader));
        reader.endArray();
        return new Array(items);
    }

    private static void write(JsonWriter writer, Json value) throws IOException {
        switch (value) {
            case JsonObject object -> {
                writer.beginObject();
                for (Map.Entry<String, Json> field : object.fields().entrySet()) {
                    writer.name(field.getKey());
                    write(writer, field.getValue());
                }
                writer.endObject();
            }
            case Array array -> {
                writer.beginArray();
                for (Json item : array.items()) write(writer, item);
                writer.endArray();
            }
            case Text text -> writer.value(text.value());
            case Num number -> writer.jsonValue(number.literal());
            case Bool bool -> writer.value(bool.value());
            case Null() -> writer.nullValue();
        }
    }
}
