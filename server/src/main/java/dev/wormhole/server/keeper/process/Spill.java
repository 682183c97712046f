package dev.wormhole.server.keeper.process;

import java.io.EOFException;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/**
 * Output that did not fit into memory while no server was there, in a file that is used as a ring.
 * The file has no name from its opening on: it goes with the keeper, however that ends.
 *
 * <p>Owned by the loop, which it makes wait for the disk.
 */
final class Spill implements AutoCloseable {

    private final FileChannel file;
    private final long limit;
    private long first;
    private long end;

    /**
     * @param start offset of the first byte that will be added
     * @param limit bytes
     */
    Spill(Path path, long start, long limit) throws IOException {
        Files.deleteIfExists(path);
        file =
                FileChannel.open(
                        path,
                        Set.of(
                                StandardOpenOption.CREATE_NEW,
                                StandardOpenOption.READ,
                                StandardOpenOption.WRITE,
                                StandardOpenOption.DELETE_ON_CLOSE),
                        PosixFilePermissions.asFileAttribute(
                                PosixFilePermissions.fromString("rw-------")));
        this.limit = limit;
        first = start;
        end = start;
    }

    long first() {
        return first;
    }

    long end() {
        return end;
    }

    long size() {
        return end - first;
    }

    /** Adds the bytes whole; false: they do not fit. */
    boolean add(MemorySegment bytes) throws IOException {
        long count = bytes.byteSize();
        if (count > limit - size()) return false;
        ByteBuffer left = bytes.asByteBuffer();
        long at = end;
        while (left.hasRemaining()) {
            long place = at % limit;
            int piece = (int) Math.min(left.remaining(), limit - place);
            int written = file.write(left.slice(left.position(), piece), place);
            left.position(left.position() + written);
            at += written;
        }
        end = at;
        return true;
    }

    /** Fills the target with the bytes from this offset on; how many there were. */
    int read(long offset, MemorySegment target) throws IOException {
        int count = (int) Math.min(target.byteSize(), end - offset);
        ByteBuffer left = target.asSlice(0, count).asByteBuffer();
        while (left.hasRemaining()) {
            long place = (offset + left.position()) % limit;
            int piece = (int) Math.min(left.remaining(), limit - place);
            int read = file.read(left.slice(left.position(), piece), place);
            if (read < 0) throw new EOFException("spilled output is missing");
            left.position(left.position() + read);
        }
        return count;
    }

    void forget(long before) {
        first = Math.clamp(before, first, end);
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
