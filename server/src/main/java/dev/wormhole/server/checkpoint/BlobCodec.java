package dev.wormhole.server.checkpoint;

import dev.wormhole.protocol.ByteString;

import java.util.Optional;
import java.util.zip.DataFormatException;
import java.util.zip.Deflater;
import java.util.zip.Inflater;

/**
 * Turns bytes into what a row holds of them and back: compression and checksum. Knows no database.
 *
 * <p>Owned by one thread, whose it is until {@link #close}.
 */
final class BlobCodec implements AutoCloseable {

    static final int RAW = 0;
    static final int DEFLATE = 1;

    /** Shorter bytes hardly shrink. */
    private static final int MIN_DEFLATED_BYTES = 64;

    /** More than this is damage that the checksum did not see. */
    private static final int MAX_LENGTH = 256 << 20;

    /**
     * Level 1 makes terminal output 7 times smaller at 275 MB/s; 6 gains a third, for 2.5 times the
     * time, which in a flood the window and its programs would have to give.
     */
    private final Deflater deflater = new Deflater(1, true);

    private final Inflater inflater = new Inflater(true);

    StoredBlob encode(BlobPlace place, ByteString bytes) {
        byte[] raw = bytes.toArray();
        byte[] deflated = new byte[raw.length];
        int size = raw.length < MIN_DEFLATED_BYTES ? 0 : deflate(raw, deflated);
        // An eighth less, or reading would pay for nothing.
        boolean pays = size > 0 && size <= raw.length - raw.length / 8;
        ByteString stored =
                pays ? ByteString.wrap(deflated, 0, size) : ByteString.wrap(raw, 0, raw.length);
        int codec = pays ? DEFLATE : RAW;
        long crc = place.checksum(raw.length, codec, stored);
        return new StoredBlob(codec, raw.length, crc, stored);
    }

    /** The bytes, or nothing if they or anything that says where they belong is damaged. */
    Optional<ByteString> decode(BlobPlace place, StoredBlob blob) {
        if (blob.length() < 0 || blob.length() > MAX_LENGTH) return Optional.empty();
        if (place.checksum(blob.length(), blob.codec(), blob.bytes()) != blob.crc32c())
            return Optional.empty();
        try {
            ByteString bytes = blob.codec() == DEFLATE ? inflate(blob) : blob.bytes();
            if (blob.codec() > DEFLATE || bytes.length() != blob.length()) return Optional.empty();
            return Optional.of(bytes);
        } catch (DataFormatException _) {
            return Optional.empty();
        }
    }

    /** The size of the result, or 0 if it would be as large as the input. */
    private int deflate(byte[] raw, byte[] deflated) {
        deflater.reset();
        deflater.setInput(raw);
        deflater.finish();
        int size = deflater.deflate(deflated);
        return deflater.finished() ? size : 0;
    }

    private ByteString inflate(StoredBlob blob) throws DataFormatException {
        byte[] raw = new byte[blob.length()];
        inflater.reset();
        inflater.setInput(blob.bytes().toArray());
        int size = inflater.inflate(raw);
        return ByteString.wrap(raw, 0, size);
    }

    @Override
    public void close() {
        deflater.end();
        inflater.end();
    }
}
