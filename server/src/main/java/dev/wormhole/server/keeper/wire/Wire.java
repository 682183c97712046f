package dev.wormhole.server.keeper.wire;

/** Numbers that both ends keep to. */
public final class Wire {

    /** The version of the protocol that this build speaks. */
    public static final int PROTOCOL = 1;

    /** The largest length that a frame may announce: its type and payload. */
    public static final int MAX_FRAME = 1 << 20;

    /** The same on a connection about one process, whose messages are small. */
    public static final int MAX_PROCESS_FRAME = 128 << 10;

    /** The most that one BYTES or INPUT carries. */
    public static final int MAX_BYTES = 64 << 10;

    /** The longest note, in bytes of UTF-8. */
    public static final int MAX_NOTE = 8 << 10;

    /** Bytes of a BYTES frame before the output: length, type, offset, length. */
    public static final int BYTES_HEADER = 4 + 1 + 8 + 4;

    /** Offsets, event numbers and counts stay below this, so that sums do not overflow. */
    public static final long MAX_NUMBER = 1L << 62;

    private Wire() {}
}
