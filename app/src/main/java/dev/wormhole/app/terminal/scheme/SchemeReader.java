package dev.wormhole.app.terminal.scheme;

import dev.wormhole.protocol.json.Json;
import dev.wormhole.protocol.json.JsonException;
import dev.wormhole.protocol.json.JsonObject;

import javafx.scene.paint.Color;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Reads schemes as they are written in {@code schemes.json} and in a person's preferences. Strict:
 * a field too many is a field mistyped, and a scheme with a mistake is no scheme.
 *
 * <p>Pure.
 */
final class SchemeReader {

    private static final String NAME = "name";
    private static final String FOREGROUND = "foreground";
    private static final String BACKGROUND = "background";
    private static final String CURSOR = "cursor";
    private static final String SELECTION = "selection";
    private static final String FOUND = "found";
    private static final String PALETTE = "palette";
    private static final String GROUNDS = "grounds";

    /** {@code source} says where the colours are from and is for people alone. */
    private static final Set<String> FIELDS =
            Set.of(
                    NAME,
                    "source",
                    FOREGROUND,
                    BACKGROUND,
                    CURSOR,
                    SELECTION,
                    FOUND,
                    PALETTE,
                    GROUNDS);

    private static final int LONGEST_NAME = 40;
    private static final Pattern COLOUR = Pattern.compile("#[0-9a-fA-F]{6}");

    /** Of yellow over the background, where a scheme does not say how found text looks. */
    private static final double FOUND_SHARE = 0.4;

    private static final int YELLOW = 3;

    private SchemeReader() {}

    /**
     * What could be read.
     *
     * @param problems a sentence for each scheme that was left out
     */
    record Read(List<Scheme> schemes, List<String> problems) {
        Read {
            schemes = List.copyOf(schemes);
            problems = List.copyOf(problems);
        }
    }

    static Read readAll(Json json) {
        if (!(json instanceof Json.Array(List<Json> items)))
            return new Read(List.of(), List.of("schemes: not a list of colour schemes"));
        var schemes = new ArrayList<Scheme>();
        var problems = new ArrayList<String>();
        for (int i = 0; i < items.size(); i++) {
            try {
                schemes.add(read(items.get(i)));
            } catch (JsonException e) {
                problems.add(
                        "Colour scheme " + label(items.get(i), i) + " is left out: " + reason(e));
            }
        }
        return new Read(schemes, problems);
    }

    private static Scheme read(Json json) throws JsonException {
        if (!(json instanceof JsonObject object)) throw new JsonException("not an object");
        for (String field : object.fields().keySet())
            if (!FIELDS.contains(field)) throw new JsonException("no field is called " + field);
        String name = name(object);
        object.optText("source");
        Color foreground = colour(object, FOREGROUND);
        Color background = colour(object, BACKGROUND);
        if (foreground.equals(background))
            throw new JsonException(FOREGROUND + " and " + BACKGROUND + " are the same");
        List<Color> palette = colours(object, PALETTE);
        return new Scheme(
                name,
                foreground,
                background,
                colour(object, CURSOR),
                colour(object, SELECTION),
                object.get(FOUND) == null
                        ? background.interpolate(palette.get(YELLOW), FOUND_SHARE)
                        : colour(object, FOUND),
                palette,
                object.get(GROUNDS) == null ? palette : colours(object, GROUNDS));
    }

    private static String name(JsonObject object) throws JsonException {
        String name = object.text(NAME);
        boolean isPrintable = name.codePoints().noneMatch(Character::isISOControl);
        if (name.isBlank() || !name.equals(name.strip()) || !isPrintable)
            throw new JsonException(NAME + " is blank or has stray characters");
        if (name.length() > LONGEST_NAME)
            throw new JsonException(NAME + " is longer than " + LONGEST_NAME + " characters");
        return name;
    }

    private static List<Color> colours(JsonObject object, String field) throws JsonException {
        List<String> texts = object.texts(field);
        if (texts.size() != Scheme.NAMED_COLOURS)
            throw new JsonException(
                    field + " has " + texts.size() + " colours, not " + Scheme.NAMED_COLOURS);
        var colours = new ArrayList<Color>();
        for (String text : texts) colours.add(colour(field, text));
        return colours;
    }

    private static Color colour(JsonObject object, String field) throws JsonException {
        return colour(field, object.text(field));
    }

    private static Color colour(String field, String text) throws JsonException {
        if (!COLOUR.matcher(text).matches())
            throw new JsonException(field + ": write a colour like #1e90ff, not " + text);
        return Color.web(text);
    }

    private static String label(Json json, int index) {
        @Nullable Json name = json instanceof JsonObject object ? object.get(NAME) : null;
        return name instanceof Json.Text(String text)
                ? "\"" + text + "\""
                : "number " + (index + 1);
    }

    private static String reason(JsonException e) {
        return String.valueOf(e.getMessage());
    }
}
