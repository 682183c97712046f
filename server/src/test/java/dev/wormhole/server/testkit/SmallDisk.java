package dev.wormhole.server.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * A real file system of a few megabytes, mounted for a test, that can be filled. Where this user
 * may not mount, the test is skipped.
 */
public final class SmallDisk implements AutoCloseable {

    private final Path mount;
    private final Path filler;

    private SmallDisk(Path mount) {
        this.mount = mount;
        this.filler = mount.resolve("filler");
    }

    /** Mounts one on a directory that is there. */
    public static SmallDisk mount(Path directory, int megabytes) throws InterruptedException {
        assumeTrue(
                run(
                        "mount",
                        "-t",
                        "tmpfs",
                        "-o",
                        "mode=0700,size=" + megabytes + "m",
                        "wormhole-test",
                        directory.toString()),
                "nobody may mount a file system here");
        return new SmallDisk(directory);
    }

    /** Takes all the room there is. */
    public void fill() throws IOException {
        byte[] bytes = new byte[4096];
        try (FileChannel channel =
                FileChannel.open(
                        filler,
                        StandardOpenOption.CREATE,
                        StandardOpenOption.WRITE,
                        StandardOpenOption.APPEND)) {
            while (true) channel.write(ByteBuffer.wrap(bytes));
        } catch (IOException e) {
            assertThat(Files.getFileStore(mount).getUsableSpace())
                    .as(e.toString())
                    .isLessThan(4096);
        }
    }

    /** From now on nobody can write; nobody may have a file open for it. */
    public void makeReadOnly() throws InterruptedException {
        assertThat(run("mount", "-o", "remount,ro", mount.toString())).isTrue();
    }

    public void makeWritable() throws InterruptedException {
        assertThat(run("mount", "-o", "remount,rw", mount.toString())).isTrue();
    }

    /** Gives it back. */
    public void free() throws IOException {
        Files.delete(filler);
    }

    @Override
    public void close() {
        try {
            // Lazily: what a test has left open is of no interest.
            run("umount", "-l", mount.toString());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static boolean run(String... command) throws InterruptedException {
        try {
            return new ProcessBuilder(command)
                            .redirectErrorStream(true)
                            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                            .start()
                            .waitFor()
                    == 0;
        } catch (IOException _) {
            return false;
        }
    }
}
