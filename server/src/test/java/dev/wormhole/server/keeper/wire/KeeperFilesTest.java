package dev.wormhole.server.keeper.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import dev.wormhole.protocol.ByteString;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;

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
        for (String left : List.of("", "{\"version\":\"1\"", "\0\0\0", "{}", "[]", "\u00ff")) {
            Files.writeString(files.endpoint(), left, StandardCharsets.ISO_8859_1);

            assertThatIOException().isThrownBy(files::read).withMessageContaining(files.name());
        }
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

    private static void leave(KeeperFiles files) throws Exception {
        Files.createDirectories(files.natives().resolve("deep"));
        Files.writeString(files.natives().resolve("deep/library.so"), "x");
        for (String ending : List.of(".log", ".log.1", ".log.3", ".json", ".json.new", ".sock"))
            Files.writeString(files.directory().resolve(files.name() + ending), "x");
    }

    private static List<String> left(KeeperFiles files) throws Exception {
        try (var all = Files.list(files.directory())) {
            return all.map(file -> file.getFileName().toString())
                    .filter(file -> file.contains(files.name()))
                    .toList();
        }
    }

    @Test
    void whatTheDeadHaveLeftIsRemovedAndNothingOfTheLiving() throws Exception {
        Path directory = KeeperFiles.makeDirectory(data);
        var own = KeeperFiles.random(data);
        var living = KeeperFiles.random(data);
        var killed = KeeperFiles.random(data);
        var halfRemoved = KeeperFiles.random(data);
        Path spill = Files.createFile(directory.resolve("spill-" + halfRemoved.name()));
        try (var ownLock = KeeperLock.create(own.lock()).orElseThrow();
                var _ = KeeperLock.create(living.lock()).orElseThrow()) {
            KeeperLock.create(killed.lock()).orElseThrow().close();
            for (var files : List.of(own, living, killed, halfRemoved)) leave(files);

            own.removeOfTheDead();

            assertThat(left(killed)).isEmpty();
            assertThat(left(halfRemoved)).containsExactly(spill.getFileName().toString());
            assertThat(left(living)).hasSize(8);
            assertThat(left(own)).hasSize(8);
            ownLock.removeFile();
        }
    }

    @Test
    void aKeeperThatStartsBesideOneThatLivesTakesItForNoDeadOne() throws Exception {
        KeeperFiles.makeDirectory(data);
        var starting = KeeperFiles.random(data);
        // It has come no further than to its lock.
        try (var _ = KeeperLock.create(starting.lock()).orElseThrow()) {
            Files.createDirectory(starting.natives());

            KeeperFiles.random(data).removeOfTheDead();

            assertThat(starting.natives()).exists();
            assertThat(starting.lock()).exists();
        }
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
