package dev.wormhole.app.workspace;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wormhole.client.preferences.PreferencesFile;
import dev.wormhole.protocol.json.Json;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Path;

class PreferencesLayoutsTest {

    @TempDir Path directory;

    @Test
    void eachHostsLayoutIsKeptBesideTheOthers() throws IOException {
        var one = open();
        var other = open();

        one.save("local", Json.of("a"));
        other.save("office", Json.of("b"));
        one.save("local", Json.of("c"));

        assertThat(open().load("local")).contains(Json.of("c"));
        assertThat(open().load("office")).contains(Json.of("b"));
        one.remove("office");
        assertThat(open().load("office")).isEmpty();
    }

    @Test
    void whatIsSetAsideSurvivesTheNextSave() throws IOException {
        var layouts = open();

        layouts.setAside("local", Json.of("broken"));
        layouts.save("local", Json.of("good"));

        var text = file().load().preferences().layout();
        assertThat(String.valueOf(text)).contains("broken").contains("good");
        assertThat(open().load("local")).contains(Json.of("good"));
    }

    private PreferencesLayouts open() {
        return new PreferencesLayouts(file(), file().load().preferences());
    }

    private PreferencesFile file() {
        return new PreferencesFile(directory);
    }
}
