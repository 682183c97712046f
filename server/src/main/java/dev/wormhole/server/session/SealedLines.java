package dev.wormhole.server.session;

import dev.wormhole.protocol.ByteString;
import dev.wormhole.terminal.screen.HistoryBlock;

/**
 * A sealed block of scrollback in its durable form.
 *
 * <p>Immutable.
 *
 * @param firstLine number of its first line since the session began
 * @param lines how many, at least 1
 * @param encoded what {@link HistoryBlock#decode} takes, uncompressed
 */
public record SealedLines(long firstLine, int lines, ByteString encoded) {

    public SealedLines {
        if (firstLine < 0 || lines < 1)
            throw new IllegalArgumentException("block: " + lines + " lines from " + firstLine);
    }

    static SealedLines of(HistoryBlock block) {
        byte[] encoded = block.encoded();
        return new SealedLines(
                block.firstLine(), block.lines(), ByteString.wrap(encoded, 0, encoded.length));
    }

    /**
     * The block itself.
     *
     * @throws IllegalArgumentException if the bytes are no block
     */
    HistoryBlock decode() {
        HistoryBlock block = HistoryBlock.decode(firstLine, encoded.toArray());
        if (block.lines() != lines)
            throw new IllegalArgumentException(block.lines() + " lines instead of " + lines);
        return block;
    }

    /** Number of the line after its last. */
    public long endLine() {
        return firstLine + lines;
    }
}
