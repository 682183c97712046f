package dev.wormhole.app.workspace;

import dev.wormhole.client.preferences.Preferences;
import dev.wormhole.client.preferences.PreferencesException;
import dev.wormhole.client.preferences.PreferencesFile;
import dev.wormhole.protocol.json.Json;
import dev.wormhole.protocol.json.JsonObject;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.UnaryOperator;

/**
 * Layouts in the preferences file: {@code layout.hosts.<name>}, and {@code layout.setAside.<name>}
 * for the last one that could not be read. A save touches its own host's layout and no other: two
 * windows on two hosts share the file.
 *
 * <p>Safe from any thread: the layouts read at the start are in memory, and saves lock the file.
 */
public final class PreferencesLayouts implements LayoutStore {

    private static final String HOSTS = "hosts";
    private static final String SET_ASIDE = "setAside";

    private final PreferencesFile file;
    private final Map<String, Json> layouts = new ConcurrentHashMap<>();

    /**
     * @param loaded what was read from the file at the start
     */
    public PreferencesLayouts(PreferencesFile file, Preferences loaded) {
        this.file = file;
        layouts.putAll(section(loaded.layout(), HOSTS));
    }

    @Override
    public Optional<Json> load(String host) {
        return Optional.ofNullable(layouts.get(host));
    }

    @Override
    public void save(String host, Json layout) throws IOException {
        layouts.put(host, layout);
        update(HOSTS, hosts -> hosts.put(host, layout));
    }

    @Override
    public void remove(String host) throws IOException {
        layouts.remove(host);
        update(HOSTS, hosts -> hosts.remove(host));
    }

    @Override
    public void setAside(String host, Json layout) throws IOException {
        update(SET_ASIDE, aside -> aside.put(host, layout));
    }

    private interface Change {
        @Nullable Object to(Map<String, Json> fields);
    }

    private void update(String section, Change change) throws IOException {
        UnaryOperator<Preferences> edit =
                preferences -> {
                    JsonObject old = preferences.layout();
                    var all =
                            new LinkedHashMap<String, Json>(old == null ? Map.of() : old.fields());
                    var fields = section(old, section);
                    change.to(fields);
                    all.put(section, new JsonObject(fields));
                    return preferences.withLayout(new JsonObject(all));
                };
        try {
            file.update(edit);
        } catch (PreferencesException e) {
            throw new IOException(e.getMessage(), e);
        }
    }

    private static Map<String, Json> section(@Nullable JsonObject layout, String name) {
        // Of a foreign form: as good as absent, and replaced by the next save.
        return layout != null && layout.get(name) instanceof JsonObject object
                ? new LinkedHashMap<>(object.fields())
                : new LinkedHashMap<>();
    }
}
