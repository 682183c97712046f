package dev.wormhole.server.keeper.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import dev.wormhole.protocol.ByteString;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

/** How keepers are found, and dead ones told from living. */
class KeeperFilesTest {

    @TempDir Path data;

    @Test
    void whatAKeeperWritesIsWhatAServerReads() throws Exception {
        KeeperFiles.makeDirectory(data);
        var unix = KeeperFiles.random(data);
        var loopback = KeeperFiles.random(data);
        var first = new KeeperEndpoint("0.1.0", 1, 42, new KeeperEndpoint.UnixDoor(unix.socket()));
        var second =
                new KeeperEndpoint(
                        "0.1.0",
                        1,
                        43,
                        new KeeperEndpoint.LoopbackDoor(4711, ByteString.copyOf(new byte[32])));

        unix.write(first);
        loopback.write(second);

        assertThat(unix.read()).contains(first);
        assertThat(loopback.read()).contains(second);
        assertThat(mode(unix.endpoint())).isEqualTo("rw-------");
        assertThat(mode(KeeperFiles.directory(data))).isEqualTo("rwx------");
        assertThat(second.toString()).doesNotContain("00000000");
    }

    @Test
    void aKeeperThatDoesNotAcceptYetHasNoEndpoint() throws Exception {
        assertThat(KeeperFiles.random(data).read()).isEmpty();
        assertThat(KeeperFiles.find(data)).isEmpty();
    }

    @Test
    void aDamagedEndpointIsAnErrorThatNamesTheFile() throws Exception {
        KeeperFiles.makeDirectory(data);
        var files = KeeperFiles.random(data);
        Files.writeString(files.endpoint(), "{\"version\":\"1\"");

        assertThatIOException().isThrownBy(files::read).withMessageContaining(files.name());
    }

    @Test
    void aKeeperLivesAsLongAsItsLockIsHeld() throws Exception {
        KeeperFiles.makeDirectory(data);
        var files = KeeperFiles.random(data);
        try (var _ = KeeperLock.create(files.lock()).orElseThrow()) {
            Files.writeString(files.endpoint(), "{}");

            assertThat(KeeperFiles.find(data)).containsExactly(files);
            assertThat(files.removeIfDead()).isFalse();
            assertThat(files.endpoint()).exists();
        }

        assertThat(files.removeIfDead()).isTrue();
        assertThat(KeeperFiles.directory(data)).isEmptyDirectory();
        assertThat(files.removeIfDead()).isTrue();
    }

    @Test
    void aNameIsTakenOnce() throws Exception {
        KeeperFiles.makeDirectory(data);
        var files = KeeperFiles.random(data);
        try (var _ = KeeperLock.create(files.lock()).orElseThrow()) {
            assertThat(KeeperLock.create(files.lock())).isEmpty();
        }
    }

    private static String mode(Path file) throws Exception {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
    }
}
