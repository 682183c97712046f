package dev.wormhole.server.checkpoint;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;

/**
 * SQLite's write-ahead log as bytes: https://sqlite.org/fileformat2.html#walformat. Pure but for
 * reading.
 */
final class WalFormat {

    static final int HEADER = 32;
    static final int FRAME_HEADER = 24;

    /** With checksums of little-endian words; big-endian ones have the next number. */
    static final int MAGIC = 0x377f0682;

    static final int VERSION = 3_007_000;

    private static final int MIN_PAGE = 512;
    private static final int MAX_PAGE = 65_536;

    // Where things stand in the header.
    static final int PAGE_SIZE = 8;
    static final int SALTS = 16;
    static final int HEADER_SUM = 24;

    // Where things stand in the head of a frame.
    static final int FRAME_PAGE = 0;
    static final int FRAME_SALTS = 8;
    static final int FRAME_SUM = 16;

    private WalFormat() {}

    static boolean isPageSize(int bytes) {
        return Integer.bitCount(bytes) == 1 && bytes >= MIN_PAGE && bytes <= MAX_PAGE;
    }

    /** Whether it is the head of a log, and sound. */
    static boolean isHeader(ByteBuffer header) {
        if ((header.getInt(0) & ~1) != MAGIC || !isPageSize(header.getInt(PAGE_SIZE))) return false;
        var sum = new Sum(0, 0);
        sum.add(header, 0, HEADER_SUM, order(header));
        return sum.standsAt(header, HEADER_SUM);
    }

    static ByteOrder order(ByteBuffer header) {
        return (header.getInt(0) & 1) == 1 ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN;
    }

    /** A frame; null where the log ends before. */
    static @Nullable ByteBuffer frame(FileChannel log, long number, int page) throws IOException {
        return read(log, HEADER + number * (FRAME_HEADER + page), FRAME_HEADER + page);
    }

    /** Null where the file ends before. */
    static @Nullable ByteBuffer read(FileChannel channel, long from, int length)
            throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(length);
        while (bytes.hasRemaining()) {
            if (channel.read(bytes, from + bytes.position()) < 0) return null;
        }
        return bytes.flip();
    }

    /** The running checksum, which each frame goes on with. */
    static final class Sum {

        private int one;
        private int two;

        Sum(int one, int two) {
            this.one = one;
            this.two = two;
        }

        void add(ByteBuffer bytes, int from, int length, ByteOrder order) {
            ByteBuffer words = bytes.duplicate().order(order);
            for (int at = from; at < from + length; at += 8) {
                one += words.getInt(at) + two;
                two += words.getInt(at + 4) + one;
            }
        }

        void addFrame(ByteBuffer frame, ByteOrder order) {
            add(frame, 0, FRAME_SALTS, order);
            add(frame, FRAME_HEADER, frame.capacity() - FRAME_HEADER, order);
        }

        boolean standsAt(ByteBuffer bytes, int at) {
            return bytes.getInt(at) == one && bytes.getInt(at + 4) == two;
        }

        void put(ByteBuffer bytes, int at) {
            bytes.putInt(at, one).putInt(at + 4, two);
        }
    }
}
