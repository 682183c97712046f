package dev.wormhole.app.terminal.scheme;

import dev.wormhole.protocol.json.Json;
import dev.wormhole.protocol.json.JsonException;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The schemes there are to choose from.
 *
 * <p>Immutable.
 */
public final class Schemes {

    /** The default at night. */
    public static final String DARK = "Wormhole Dark";

    /** The default by day. */
    public static final String LIGHT = "Wormhole Light";

    private static final Schemes BUILT_IN = new Schemes(readResource());

    private final List<Scheme> schemes;

    private Schemes(List<Scheme> schemes) {
        this.schemes = List.copyOf(schemes);
    }

    /**
     * Schemes with a person's own.
     *
     * @param problems a sentence for each own one that was left out
     */
    public record Extended(Schemes schemes, List<String> problems) {
        public Extended {
            problems = List.copyOf(problems);
        }
    }

    /** Those that come with the program. */
    public static Schemes builtIn() {
        return BUILT_IN;
    }

    /** These and those of the preferences' section {@code schemes}; null where it has none. */
    public Extended with(@Nullable Json own) {
        if (own == null) return new Extended(this, List.of());
        SchemeReader.Read read = SchemeReader.readAll(own);
        var problems = new ArrayList<>(read.problems());
        var all = new ArrayList<>(schemes);
        for (Scheme scheme : read.schemes()) {
            boolean isTaken = all.stream().anyMatch(known -> known.name().equals(scheme.name()));
            if (isTaken)
                problems.add(
                        "Colour scheme \""
                                + scheme.name()
                                + "\" is left out: there is another one of this name");
            else all.add(scheme);
        }
        return new Extended(new Schemes(all), problems);
    }

    /** All that are dark, or all that are light, in the order in which to offer them. */
    public List<Scheme> all(boolean dark) {
        return schemes.stream().filter(scheme -> scheme.isDark() == dark).toList();
    }

    /** The one of this name, if it is dark or light as wanted. */
    public Optional<Scheme> find(String name, boolean dark) {
        return all(dark).stream().filter(scheme -> scheme.name().equals(name)).findFirst();
    }

    /** The one of this name, else the default. */
    public Scheme orDefault(String name, boolean dark) {
        return find(name, dark)
                .or(() -> find(dark ? DARK : LIGHT, dark))
                .orElseThrow(() -> new IllegalStateException("no default scheme"));
    }

    private static List<Scheme> readResource() {
        try (InputStream in = Schemes.class.getResourceAsStream("schemes.json")) {
            if (in == null) throw new IllegalStateException("missing resource: schemes.json");
            String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            SchemeReader.Read read = SchemeReader.readAll(Json.parse(text));
            if (!read.problems().isEmpty())
                throw new IllegalStateException("schemes.json: " + read.problems());
            return read.schemes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (JsonException e) {
            throw new IllegalStateException("schemes.json", e);
        }
    }
}
