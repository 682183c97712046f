package dev.wormhole.server.session;

import dev.wormhole.protocol.ByteString;

import java.util.Arrays;

/**
 * A row of bytes that grows at its end and shrinks at its beginning. What was handed out is never
 * written again.
 *
 * <p>Owned by the session thread.
 */
final class GrowingBytes {

    private static final int FIRST = 64;

    private byte[] array = new byte[0];
    private int from;
    private int to;

    int length() {
        return to - from;
    }

    void append(ByteString bytes) {
        if (bytes.length() > array.length - to) {
            int needed = length() + bytes.length();
            // Into an array of its own: slices of the old one are still in use.
            array = Arrays.copyOfRange(array, from, from + Math.max(2 * needed, FIRST));
            to -= from;
            from = 0;
        }
        bytes.copyTo(array, to);
        to += bytes.length();
    }

    /** Forgets so many bytes from the beginning. */
    void drop(int bytes) {
        from += bytes;
        if (from < to) return;
        // A session that rests holds nothing.
        array = new byte[0];
        from = 0;
        to = 0;
    }

    ByteString slice(int first, int end) {
        return ByteString.wrap(array, from + first, end - first);
    }
}
