package dev.wormhole.app.dialog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wormhole.client.preferences.HostTokens;
import dev.wormhole.client.preferences.PreferencesFile;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

class SavedHostsTest {

    @TempDir Path directory;

    @Test
    void aHostIsKeptUnderItsNameAndItsTokenInAFileOfItsOwn() throws Exception {
        var hosts = open();

        assertThat(hosts.add(ScriptedHosts.host("office", ScriptedHosts.ONE), "secret").join())
                .extracting(target -> target.name())
                .isEqualTo("office");

        assertThat(open().saved()).containsExactly(ScriptedHosts.host("office", ScriptedHosts.ONE));
        Path token = new HostTokens(directory).path("office");
        assertThat(Files.readString(token).strip()).isEqualTo("secret");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(token)))
                .isEqualTo("rw-------");
        assertThat(Files.readString(directory.resolve(PreferencesFile.FILE_NAME)))
                .doesNotContain("secret");
    }

    @Test
    void aHostWithoutItsTokenCannotBeConnectedTo() throws Exception {
        var hosts = open();
        var host = ScriptedHosts.host("office", ScriptedHosts.ONE);
        hosts.add(host, "secret").join();
        new HostTokens(directory).delete("office");

        assertThatThrownBy(() -> hosts.target(host).join())
                .hasMessageContaining("No token is saved for office");
    }

    @Test
    void aRemovedHostAndItsTokenAreGone() {
        var hosts = open();
        hosts.add(ScriptedHosts.host("office", ScriptedHosts.ONE), "secret").join();

        hosts.remove("office").join();

        assertThat(hosts.saved()).isEmpty();
        assertThat(open().saved()).isEmpty();
        assertThat(new HostTokens(directory).has("office")).isFalse();
    }

    @Test
    void anAcceptedFingerprintIsKept() {
        var hosts = open();
        var host = ScriptedHosts.host("office", ScriptedHosts.ONE).withFingerprint(null);
        hosts.add(host, "secret").join();

        hosts.accept(host, ScriptedHosts.ONE).join();

        assertThat(open().saved()).containsExactly(ScriptedHosts.host("office", ScriptedHosts.ONE));
    }

    private SavedHosts open() {
        var file = new PreferencesFile(directory);
        return new SavedHosts(
                new ScriptedHosts().local(),
                file,
                file.load().preferences(),
                new HostTokens(directory),
                Runnable::run);
    }
}
