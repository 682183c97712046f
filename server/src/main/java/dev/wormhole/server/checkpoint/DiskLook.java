package dev.wormhole.server.checkpoint;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** What the operating system says of the disk that holds the store. */
interface DiskLook {

    /** Room for this user, in bytes; where it is not told, as much as anybody could want. */
    long usableBytes();

    /** Whether it is mounted so that nobody can write. */
    boolean isReadOnly();

    /** Asks anew each time: others fill and mend the disk. */
    static DiskLook of(Path directory) {
        return new DiskLook() {
            @Override
            public long usableBytes() {
                try {
                    return Files.getFileStore(directory).getUsableSpace();
                } catch (IOException _) {
                    return Long.MAX_VALUE;
                }
            }

            @Override
            public boolean isReadOnly() {
                try {
                    return Files.getFileStore(directory).isReadOnly();
                } catch (IOException _) {
                    return false;
                }
            }
        };
    }
}
