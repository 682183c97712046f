package dev.wormhole.server.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

class ReserveTest {

    @TempDir Path directory;

    private final FakeDisk disk = new FakeDisk();

    @Test
    void itIsMadeWhereThereIsRoomForItAndForOutput() throws Exception {
        var reserve = new Reserve(directory, disk);
        assertThat(reserve.isWhole()).isFalse();

        disk.usable = 2 * Reserve.BYTES - 1;
        assertThat(reserve.restore()).isFalse();
        assertThat(file()).doesNotExist();

        disk.usable = 2 * Reserve.BYTES;
        assertThat(reserve.restore()).isTrue();
        assertThat(file()).hasSize(Reserve.BYTES);
        assertThat(Files.getPosixFilePermissions(file()))
                .isEqualTo(PosixFilePermissions.fromString("rw-------"));
        assertThat(new Reserve(directory, disk).isWhole()).isTrue();
    }

    @Test
    void itIsGivenUpWhereRoomIsShortAndNowhereElse() {
        var reserve = new Reserve(directory, disk);
        reserve.restore();

        reserve.release();
        assertThat(file()).exists();

        disk.usable = Reserve.BYTES - 1;
        reserve.release();
        assertThat(file()).doesNotExist();
        assertThat(reserve.isWhole()).isFalse();
        assertThat(reserve.restore()).isFalse();
    }

    @Test
    void whatIsLeftOfOneIsMadeAnew() throws Exception {
        Files.write(file(), new byte[100]);
        var reserve = new Reserve(directory, disk);

        assertThat(reserve.isWhole()).isFalse();
        assertThat(reserve.restore()).isTrue();
        assertThat(file()).hasSize(Reserve.BYTES);
    }

    @Test
    void oneThatCannotBeMadeLeavesNothing() {
        Path none = directory.resolve("none");
        var reserve = new Reserve(none, disk);

        assertThat(reserve.restore()).isFalse();
        assertThat(none).doesNotExist();
    }

    private Path file() {
        return directory.resolve(Reserve.FILE_NAME);
    }
}
