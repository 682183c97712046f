package dev.wormhole.client.local;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.nio.file.Path;

class LockTableTest {

    private static final String TABLE =
            """
            1: POSIX  ADVISORY  WRITE 3568 fd:00:2531452 0 EOF
            1: -> POSIX  ADVISORY  WRITE 9999 fd:00:2531452 0 EOF
            2: FLOCK  ADVISORY  WRITE 700 00:16:28457 0 EOF
            3: OFDLCK ADVISORY  WRITE -1 08:01:77 0 EOF
            4: POSIX  ADVISORY  READ  3548 fd:00:2531440 0 EOF
            5: LEASE  ACTIVE    WRITE 12 fd:00:5 0 EOF
            something else entirely
            """;

    @Test
    void findsTheHolderByDeviceInHexAndInodeInDecimal() {
        LockTable table = LockTable.parse(TABLE);

        assertThat(table.holders(0xfd, 0, 2531452)).containsExactly(3568L);
        assertThat(table.holders(0, 0x16, 28457)).containsExactly(700L);
        assertThat(table.holders(0xfd, 1, 2531452)).isEmpty();
    }

    @Test
    void oneThatWaitsOrReadsOrLeasesHoldsNothing() {
        LockTable table = LockTable.parse(TABLE);

        assertThat(table.holders(0xfd, 0, 2531452)).doesNotContain(9999L);
        assertThat(table.holders(0xfd, 0, 2531440)).isEmpty();
        assertThat(table.holders(0xfd, 0, 5)).isEmpty();
    }

    @Test
    void aLockOfNoProcessIsHeldButByNobodyThatCouldBeTrusted() {
        assertThat(LockTable.parse(TABLE).holders(8, 1, 77))
                .containsExactly(LockTable.UNKNOWN_HOLDER);
    }

    @Test
    void unpacksDeviceNumbersAsGlibcPacksThem() {
        assertThat(facts(65024).major()).isEqualTo(254);
        assertThat(facts(65024).minor()).isZero();
        // makedev(0x12345, 0x6789a): the halves interleave.
        long device = (0x345L << 8) | (0x12000L << 32) | 0x9aL | (0x67800L << 12);
        assertThat(facts(device).major()).isEqualTo(0x12345);
        assertThat(facts(device).minor()).isEqualTo(0x6789a);
    }

    private static FileFacts facts(long device) {
        return new FileFacts(0, 0, device, 1, false, true);
    }

    @Test
    void theInnermostMountDecidesAboutThePathAndTheLaterOneOverIt() {
        MountTable mounts =
                MountTable.parse(
                        """
                        22 1 0:21 / / rw - btrfs /dev/sda rw
                        23 22 0:30 / /home rw - ext4 /dev/sdb rw
                        24 22 0:31 / /home rw - ext4 /dev/sdc rw
                        25 22 0:40 / /with\\040space rw - ext4 /dev/sdd rw
                        """);

        assertThat(mounts.deviceOf(Path.of("/var/x"))).isEqualTo(new MountTable.Device(0, 21));
        assertThat(mounts.deviceOf(Path.of("/home/ada"))).isEqualTo(new MountTable.Device(0, 31));
        assertThat(mounts.deviceOf(Path.of("/homeless"))).isEqualTo(new MountTable.Device(0, 21));
        assertThat(mounts.deviceOf(Path.of("/with space/x")))
                .isEqualTo(new MountTable.Device(0, 40));
    }
}
