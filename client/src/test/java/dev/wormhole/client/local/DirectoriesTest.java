package dev.wormhole.client.local;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

import java.nio.file.Path;
import java.util.Map;

class DirectoriesTest {

    @Test
    void theOptionComesBeforeTheVariableAndThatBeforeThePlatform() {
        var environment = Map.of("HOME", "/home/ada", "WORMHOLE_DATA", "/var/w");

        assertThat(Directories.data("/x/../y", environment)).isEqualTo(Path.of("/y"));
        assertThat(Directories.data(null, environment)).isEqualTo(Path.of("/var/w"));
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void onLinuxTheXdgDirectoriesCountUnlessTheyAreRelative() {
        assertThat(Directories.data(null, Map.of("HOME", "/home/ada")))
                .isEqualTo(Path.of("/home/ada/.local/share/wormhole"));
        assertThat(Directories.data(null, Map.of("HOME", "/home/ada", "XDG_DATA_HOME", "/d")))
                .isEqualTo(Path.of("/d/wormhole"));
        assertThat(Directories.data(null, Map.of("HOME", "/home/ada", "XDG_DATA_HOME", "d")))
                .isEqualTo(Path.of("/home/ada/.local/share/wormhole"));
    }

    @Test
    void theConfigurationHasItsOwnVariables() {
        assertThat(Directories.config(Map.of("HOME", "/home/ada")))
                .isEqualTo(Path.of("/home/ada/.config/wormhole"));
        assertThat(Directories.config(Map.of("HOME", "/h", "XDG_CONFIG_HOME", "/c")))
                .isEqualTo(Path.of("/c/wormhole"));
        assertThat(
                        Directories.config(
                                Map.of(
                                        "HOME",
                                        "/h",
                                        "WORMHOLE_CONFIG",
                                        "/mine",
                                        "XDG_CONFIG_HOME",
                                        "/c")))
                .isEqualTo(Path.of("/mine"));
    }
}
