package dev.wormhole.server.checkpoint;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;

/**
 * Makes a copy of a damaged write-ahead log that SQLite reads to its end: every frame of the log's
 * last round in its place, with new checksums. A page may be wrong in it, and one may be missing:
 * what is read there has checksums of its own, and is worth no more than they say.
 *
 * <p>Reads the files of a database that nobody has open.
 */
final class LogMender {

    private static final int PAGE_SIZE_IN_DATABASE = 16;
    private static final int LARGEST_PAGE = 65_536;

    private LogMender() {}

    /**
     * Whether it could be made.
     *
     * @param mended is made anew
     */
    static boolean mend(Path database, Path log, Path mended) throws IOException {
        try (FileChannel from = FileChannel.open(log, StandardOpenOption.READ);
                FileChannel to =
                        FileChannel.open(
                                mended,
                                Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE))) {
            ByteBuffer header = WalFormat.read(from, 0, WalFormat.HEADER);
            if (header == null) return false;
            boolean sound = WalFormat.isHeader(header);
            int page = sound ? header.getInt(WalFormat.PAGE_SIZE) : pageSize(database);
            ByteBuffer first = WalFormat.isPageSize(page) ? WalFormat.frame(from, 0, page) : null;
            if (first == null) return false;
            long salts =
                    sound ? header.getLong(WalFormat.SALTS) : first.getLong(WalFormat.FRAME_SALTS);
            WalFormat.Sum sum = writeHeader(to, page, salts);
            // No page can be further away than all that were ever added.
            long bound = (Files.size(database) + from.size()) / page + 1;
            for (long number = 0; ; number++) {
                ByteBuffer frame = WalFormat.frame(from, number, page);
                if (frame == null) return true;
                if (frame.getLong(WalFormat.FRAME_SALTS) != salts) continue;
                long place = Integer.toUnsignedLong(frame.getInt(WalFormat.FRAME_PAGE));
                long size = Integer.toUnsignedLong(frame.getInt(WalFormat.FRAME_PAGE + 4));
                if (place == 0 || place > bound || size > bound) continue;
                sum.addFrame(frame, ByteOrder.LITTLE_ENDIAN);
                sum.put(frame, WalFormat.FRAME_SUM);
                write(to, frame);
            }
        }
    }

    private static WalFormat.Sum writeHeader(FileChannel to, int page, long salts)
            throws IOException {
        ByteBuffer header = ByteBuffer.allocate(WalFormat.HEADER);
        header.putInt(WalFormat.MAGIC).putInt(WalFormat.VERSION).putInt(page).putInt(0);
        header.putLong(salts).rewind();
        var sum = new WalFormat.Sum(0, 0);
        sum.add(header, 0, WalFormat.HEADER_SUM, ByteOrder.LITTLE_ENDIAN);
        sum.put(header, WalFormat.HEADER_SUM);
        write(to, header);
        return sum;
    }

    /** As the database says it; 0 where it does not. */
    private static int pageSize(Path database) throws IOException {
        try (FileChannel channel = FileChannel.open(database, StandardOpenOption.READ)) {
            @Nullable ByteBuffer size = WalFormat.read(channel, PAGE_SIZE_IN_DATABASE, 2);
            if (size == null) return 0;
            int bytes = Short.toUnsignedInt(size.getShort(0));
            return bytes == 1 ? LARGEST_PAGE : bytes;
        }
    }

    private static void write(FileChannel to, ByteBuffer bytes) throws IOException {
        while (bytes.hasRemaining()) to.write(bytes);
    }
}
