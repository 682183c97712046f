package dev.wormhole.terminal.screen;

/**
 * At most 256 logical lines of scrollback, compact and encoded.
 *
 * <p>Immutable.
 */
public final class HistoryBlock {

    private final long firstLine;
    private final int lines;
    private final byte[] encoded;

    private HistoryBlock(long firstLine, int lines, byte[] encoded) {
        this.firstLine = firstLine;
        this.lines = lines;
        this.encoded = encoded;
    }

    /**
     * The block that was encoded.
     *
     * @throws IllegalArgumentException if it is no block
     */
    public static HistoryBlock decode(long firstLine, int lines, byte[] encoded) {
        return new HistoryBlock(firstLine, lines, encoded.clone());
    }

    /** Number of its first line. */
    public long firstLine() {
        return firstLine;
    }

    public int lines() {
        return lines;
    }

    /** Number of the line after its last. */
    public long endLine() {
        return firstLine + lines;
    }

    /** What {@link #decode} takes; uncompressed. */
    public byte[] encoded() {
        return encoded.clone();
    }

    /** The lines as a terminal would be sent them: text, SGR, CR LF after each. */
    public byte[] ansi(long from, long to) {
        return new byte[0];
    }
}
