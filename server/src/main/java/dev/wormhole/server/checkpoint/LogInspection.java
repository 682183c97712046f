package dev.wormhole.server.checkpoint;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;

/**
 * Looks whether SQLite will use all of a write-ahead log. It stops at the first frame that is
 * damaged, and says nothing of those behind it: here they are counted. The index is that of
 * https://sqlite.org/walformat.html.
 *
 * <p>Reads the files of a database that nobody has open: to close one would drop SQLite's locks.
 */
final class LogInspection {

    /** Up to where the index says that the log goes, in frames. */
    private static final int INDEX_FRAMES = 16;

    private static final int INDEX_HEADER = 48;

    /**
     * What SQLite would not use.
     *
     * @param sentence what is wrong
     * @param isThere it is in the file and was damaged there; false where the kernel, at a loss of
     *     power, had written later pages and not earlier ones, which were never synced
     */
    record Problem(String sentence, boolean isThere) {}

    private LogInspection() {}

    /** What is wrong with the log; empty if all of it can be used, or none is there. */
    static Optional<Problem> problem(Path log, Path index) throws IOException {
        if (!Files.exists(log) || Files.size(log) == 0) return Optional.empty();
        try (FileChannel channel = FileChannel.open(log, StandardOpenOption.READ)) {
            ByteBuffer header = WalFormat.read(channel, 0, WalFormat.HEADER);
            if (header == null || !WalFormat.isHeader(header))
                return Optional.of(
                        new Problem(
                                "the beginning of its log is damaged, %d bytes are behind it"
                                        .formatted(channel.size()),
                                header != null));
            return ofFrames(channel, header, indexed(index));
        }
    }

    private static Optional<Problem> ofFrames(FileChannel log, ByteBuffer header, long indexed)
            throws IOException {
        ByteOrder order = WalFormat.order(header);
        int page = header.getInt(WalFormat.PAGE_SIZE);
        long salts = header.getLong(WalFormat.SALTS);
        var sum =
                new WalFormat.Sum(
                        header.getInt(WalFormat.HEADER_SUM),
                        header.getInt(WalFormat.HEADER_SUM + 4));
        long used = 0;
        long behind = 0;
        boolean chain = true;
        boolean isDamage = false;
        for (long number = 0; ; number++) {
            ByteBuffer frame = WalFormat.frame(log, number, page);
            if (frame == null) break;
            // Frames of an earlier round stand behind those of this one.
            boolean ofThisRound = frame.getLong(WalFormat.FRAME_SALTS) == salts;
            if (chain) {
                sum.addFrame(frame, order);
                chain =
                        ofThisRound
                                && frame.getInt(WalFormat.FRAME_PAGE) != 0
                                && sum.standsAt(frame, WalFormat.FRAME_SUM);
                if (chain) used++;
                else isDamage = ofThisRound;
            }
            if (!chain && ofThisRound) behind++;
        }
        long missing = Math.max(behind, indexed - used);
        if (missing <= 0) return Optional.empty();
        return Optional.of(
                new Problem(
                        "its log can be read up to page %d, and %d pages were behind that"
                                .formatted(used, missing),
                        isDamage));
    }

    /**
     * Up to where the log went when the last program let go of it, in frames; 0 if nobody knows.
     * After a kill the index is as it was; two copies of its head have to agree.
     */
    private static long indexed(Path index) throws IOException {
        if (!Files.exists(index)) return 0;
        try (FileChannel channel = FileChannel.open(index, StandardOpenOption.READ)) {
            ByteBuffer one = WalFormat.read(channel, 0, INDEX_HEADER);
            ByteBuffer two = WalFormat.read(channel, INDEX_HEADER, INDEX_HEADER);
            if (one == null || two == null || !one.equals(two)) return 0;
            var sum = new WalFormat.Sum(0, 0);
            sum.add(one, 0, INDEX_HEADER - 8, ByteOrder.nativeOrder());
            one.order(ByteOrder.nativeOrder());
            return sum.standsAt(one, INDEX_HEADER - 8)
                    ? Integer.toUnsignedLong(one.getInt(INDEX_FRAMES))
                    : 0;
        }
    }
}
