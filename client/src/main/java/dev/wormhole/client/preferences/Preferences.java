package dev.wormhole.client.preferences;

import dev.wormhole.protocol.json.Json;
import dev.wormhole.protocol.json.JsonException;
import dev.wormhole.protocol.json.JsonObject;

import org.jspecify.annotations.Nullable;

import java.net.URI;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * The content of {@code preferences.json}: a versioned object of sections. A section that this
 * program does not know, and a field of a host that it does not know, is kept as it is.
 *
 * <p>Immutable. Pure.
 */
public final class Preferences {

    /** The version of the document that this program writes; it reads no newer one. */
    public static final int VERSION = 1;

    private static final String VERSION_FIELD = "version";
    private static final String HOSTS = "hosts";
    private static final String PINS = "pins";
    private static final String LAYOUT = "layout";
    private static final String SETTINGS = "settings";
    private static final String WINDOW = "window";
    private static final String APPEARANCE = "appearance";
    private static final String SCHEMES = "schemes";
    private static final String TASKS = "tasks";
    private static final String ANSWERS = "answers";
    private static final String NAME = "name";
    private static final String URL = "url";
    private static final String FINGERPRINT = "fingerprint";

    private final JsonObject document;
    private final List<SavedHost> hosts;
    private final Map<String, String> settings;
    private final Map<String, String> pins;
    private final Map<String, String> answers;

    private Preferences(JsonObject document) throws JsonException {
        this.document = document;
        this.hosts = readHosts(document);
        this.settings = readSettings(document);
        this.pins = Map.copyOf(document.textMap(PINS));
        this.answers = Map.copyOf(document.textMap(ANSWERS));
        document.optObject(LAYOUT);
        document.optObject(WINDOW);
    }

    /** Those of a device where nothing was kept so far. */
    public static Preferences empty() {
        return trusted(JsonObject.builder().put(VERSION_FIELD, VERSION).build());
    }

    static Preferences parse(String text) throws JsonException {
        return new Preferences(Json.parseObject(text));
    }

    /** The version that a document says it has. */
    static long versionOf(String text) throws JsonException {
        return Json.parseObject(text).integer(VERSION_FIELD, 1, Integer.MAX_VALUE);
    }

    public List<SavedHost> hosts() {
        return hosts;
    }

    public Optional<SavedHost> host(String name) {
        return hosts.stream().filter(host -> host.name().equals(name)).findFirst();
    }

    /** Values of settings by name, as they are written after {@code --set}. */
    public Map<String, String> settings() {
        return settings;
    }

    /**
     * The window's tile trees; their form is known to the window alone. Null where none was saved.
     */
    public @Nullable JsonObject layout() {
        return section(LAYOUT);
    }

    /**
     * The window's place and look; their form is known to the window alone. Null where none was
     * saved.
     */
    public @Nullable JsonObject window() {
        return section(WINDOW);
    }

    /**
     * Colours and font, in a form that is known to the window alone, as people may have written it.
     * Null where nothing was saved.
     */
    public @Nullable Json appearance() {
        return document.get(APPEARANCE);
    }

    /** A person's own colour schemes, as the person has written them. Null without any. */
    public @Nullable Json schemes() {
        return document.get(SCHEMES);
    }

    /**
     * The tasks that were run from windows, in a form that is known to the window alone, as people
     * may have written it. Null where nothing was saved.
     */
    public @Nullable Json tasks() {
        return document.get(TASKS);
    }

    /** The fingerprint accepted for an address that has no saved host. */
    public Optional<String> pin(URI uri) {
        return Optional.ofNullable(pins.get(uri.toString()));
    }

    /** What the person answered to a question that is asked once. */
    public Optional<String> answer(String question) {
        return Optional.ofNullable(answers.get(question));
    }

    /** With this host, in the place of one of the same name where there is one. */
    public Preferences withHost(SavedHost host) {
        var all = new ArrayList<Json>();
        boolean isReplaced = false;
        for (JsonObject old : hostObjects()) {
            boolean isSame = Json.of(host.name()).equals(old.get(NAME));
            all.add(isSame ? written(host, old) : old);
            isReplaced |= isSame;
        }
        if (!isReplaced) all.add(written(host, JsonObject.builder().build()));
        return with(HOSTS, new Json.Array(all));
    }

    public Preferences withoutHost(String name) {
        List<Json> kept = new ArrayList<>(hostObjects());
        kept.removeIf(
                host ->
                        host instanceof JsonObject object
                                && Json.of(name).equals(object.get(NAME)));
        return with(HOSTS, new Json.Array(kept));
    }

    public Preferences withPin(URI uri, String fingerprint) {
        var all = new LinkedHashMap<>(pins);
        all.put(uri.toString(), fingerprint);
        return with(PINS, object(all));
    }

    public Preferences withAnswer(String question, String answer) {
        var all = new LinkedHashMap<>(answers);
        all.put(question, answer);
        return with(ANSWERS, object(all));
    }

    /** Null forgets the value. */
    public Preferences withSetting(String name, @Nullable String value) {
        return changed(
                SETTINGS,
                fields -> {
                    if (value == null) fields.remove(name);
                    else fields.put(name, Json.of(value));
                    return fields;
                });
    }

    public Preferences withLayout(JsonObject layout) {
        return with(LAYOUT, layout);
    }

    public Preferences withWindow(JsonObject window) {
        return with(WINDOW, window);
    }

    public Preferences withAppearance(JsonObject appearance) {
        return with(APPEARANCE, appearance);
    }

    public Preferences withTasks(JsonObject tasks) {
        return with(TASKS, tasks);
    }

    String toText() {
        return document.toPrettyText() + "\n";
    }

    private @Nullable JsonObject section(String name) {
        return document.get(name) instanceof JsonObject object ? object : null;
    }

    private List<JsonObject> hostObjects() {
        try {
            return document.objects(HOSTS);
        } catch (JsonException e) {
            throw new IllegalStateException("checked when it was read", e);
        }
    }

    private Preferences changed(String section, UnaryOperator<Map<String, Json>> change) {
        JsonObject old = section(section);
        var fields = new LinkedHashMap<String, Json>(old == null ? Map.of() : old.fields());
        return with(section, new JsonObject(change.apply(fields)));
    }

    private Preferences with(String section, Json value) {
        var fields = new LinkedHashMap<>(document.fields());
        fields.put(section, value);
        return trusted(new JsonObject(fields));
    }

    private static Preferences trusted(JsonObject document) {
        try {
            return new Preferences(document);
        } catch (JsonException e) {
            throw new IllegalArgumentException("a section of the wrong form", e);
        }
    }

    private static JsonObject written(SavedHost host, JsonObject old) {
        var fields = new LinkedHashMap<>(old.fields());
        fields.put(NAME, Json.of(host.name()));
        fields.put(URL, Json.of(host.uri().toString()));
        fields.remove(FINGERPRINT);
        if (host.fingerprint() != null) fields.put(FINGERPRINT, Json.of(host.fingerprint()));
        return new JsonObject(fields);
    }

    private static JsonObject object(Map<String, String> texts) {
        var fields = new LinkedHashMap<String, Json>();
        texts.forEach((name, text) -> fields.put(name, Json.of(text)));
        return new JsonObject(fields);
    }

    private static List<SavedHost> readHosts(JsonObject document) throws JsonException {
        var hosts = new ArrayList<SavedHost>();
        for (JsonObject host : document.objects(HOSTS)) {
            try {
                hosts.add(
                        new SavedHost(
                                host.text(NAME),
                                URI.create(host.text(URL)),
                                host.optText(FINGERPRINT)));
            } catch (IllegalArgumentException e) {
                throw new JsonException(HOSTS + ": " + e.getMessage());
            }
        }
        return List.copyOf(hosts);
    }

    private static Map<String, String> readSettings(JsonObject document) throws JsonException {
        var settings = new LinkedHashMap<String, String>();
        JsonObject object = document.optObject(SETTINGS);
        if (object == null) return settings;
        for (Map.Entry<String, Json> field : object.fields().entrySet()) {
            switch (field.getValue()) {
                case Json.Text text -> settings.put(field.getKey(), text.value());
                case Json.Num number -> settings.put(field.getKey(), number.literal());
                case Json.Bool bool -> settings.put(field.getKey(), Boolean.toString(bool.value()));
                case Json.Null _ -> {}
                case Json.Array _, JsonObject _ ->
                        throw new JsonException(
                                SETTINGS + "." + field.getKey() + ": expected one value");
            }
        }
        return Map.copyOf(settings);
    }
}
