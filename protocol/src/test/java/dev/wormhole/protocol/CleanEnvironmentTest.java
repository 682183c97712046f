package dev.wormhole.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.util.Map;

class CleanEnvironmentTest {

    @Test
    void keepsThePersonsOwnVariables() {
        var own =
                Map.of(
                        "HOME",
                        "/home/ada",
                        "LD_LIBRARY_PATH",
                        "/opt/lib:/x/lib/app",
                        "WORMHOLE_DATA",
                        "/d");

        assertThat(CleanEnvironment.of(own)).isEqualTo(own);
    }

    @Test
    void dropsSecretsAndJvmOptionsAndTheSessionItWasStartedIn() {
        var dirty =
                Map.of(
                        "JAVA_TOOL_OPTIONS",
                        "-Da",
                        "JDK_JAVA_OPTIONS",
                        "-Db",
                        "_JAVA_OPTIONS",
                        "-Dc",
                        "WORMHOLE_TOKEN",
                        "secret",
                        "WORMHOLE_SESSION",
                        "id",
                        "PATH",
                        "/bin");

        assertThat(CleanEnvironment.of(dirty)).isEqualTo(Map.of("PATH", "/bin"));
    }

    @Test
    void dropsTheLaunchersMarkAndItsOwnLibraryEntry() {
        var launched =
                Map.of(
                        "_JPACKAGE_LAUNCHER",
                        "42",
                        "LD_LIBRARY_PATH",
                        "/foo:/bar:/opt/wormhole/lib/app");

        assertThat(CleanEnvironment.of(launched)).isEqualTo(Map.of("LD_LIBRARY_PATH", "/foo:/bar"));
    }

    @Test
    void leavesNoEmptyLibraryEntryThatWouldMeanTheCurrentDirectory() {
        var launched =
                Map.of("_JPACKAGE_LAUNCHER", "0", "LD_LIBRARY_PATH", ":/opt/wormhole/lib/app");

        assertThat(CleanEnvironment.of(launched)).isEmpty();
    }
}
