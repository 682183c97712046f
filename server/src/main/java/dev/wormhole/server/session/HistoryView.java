package dev.wormhole.server.session;

import dev.wormhole.protocol.ByteString;
import dev.wormhole.protocol.ClientMessage;
import dev.wormhole.protocol.Limits;
import dev.wormhole.protocol.ServerMessage;
import dev.wormhole.terminal.screen.AnsiLine;
import dev.wormhole.terminal.screen.History;
import dev.wormhole.terminal.screen.HistoryBlock;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/**
 * A session's scrollback as it was at one moment, to be read on another thread.
 *
 * <p>Immutable.
 *
 * @param oldest number of the oldest line kept
 * @param newest number of the line after the newest complete one
 * @param blocks in order; there may be gaps between them
 */
public record HistoryView(long oldest, long newest, List<HistoryBlock> blocks) {

    /** Ends a sequence, a rendition and a link that the cut end of a line left open. */
    private static final byte[] CUT_END =
            "\030\033]8;;\033\\\033[m\r\n".getBytes(StandardCharsets.US_ASCII);

    public HistoryView {
        blocks = List.copyOf(blocks);
    }

    static HistoryView of(History history) {
        return new HistoryView(
                history.firstLine(), history.endLine(), history.blocksFrom(history.firstLine()));
    }

    /**
     * Lines one after the other, each as {@link AnsiLine} writes it.
     *
     * @param first number of the first one; {@code end} where there are none
     * @param end number of the line after the last one
     */
    record Lines(long first, long end, ByteString text) {}

    /** Answers a request with as many lines as one message takes. */
    public ServerMessage.History answer(ClientMessage.HistoryRequest request) {
        Long before = request.before();
        Lines lines =
                before(
                        before == null ? newest : before,
                        request.count(),
                        Limits.HISTORY_BYTES,
                        Limits.HISTORY_LINE_BYTES);
        return new ServerMessage.History(
                request.sessionId(), lines.first(), lines.end(), oldest, newest, lines.text());
    }

    /**
     * The lines right below {@code before}, at least one if there is any, else as many as fit; none
     * of them beyond a gap.
     *
     * @param count at most so many
     * @param bytes at most so many, but for a single line
     * @param lineBytes a line longer than this is cut
     */
    Lines before(long before, int count, int bytes, int lineBytes) {
        long end = endAtOrBelow(Math.min(before, newest));
        Deque<byte[]> lines = new ArrayDeque<>();
        var writer = new AnsiLine();
        int size = 0;
        long first = end;
        while (first > oldest && lines.size() < count) {
            Optional<HistoryBlock> block = blockWith(first - 1);
            if (block.isEmpty()) break;
            block.get().line(first - 1, writer);
            byte[] line = cut(writer.take(), lineBytes);
            if (!lines.isEmpty() && size + line.length > bytes) break;
            lines.addFirst(line);
            size += line.length;
            first--;
        }
        return joined(first, end, lines);
    }

    /** The line itself, or the end of the newest block below it if it lies in a gap. */
    private long endAtOrBelow(long line) {
        long end = oldest;
        for (HistoryBlock block : blocks) {
            if (block.firstLine() < line) end = Math.min(line, block.endLine());
        }
        return Math.max(oldest, end);
    }

    private Optional<HistoryBlock> blockWith(long line) {
        int low = 0;
        int high = blocks.size();
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (blocks.get(middle).endLine() <= line) low = middle + 1;
            else high = middle;
        }
        return low < blocks.size() && blocks.get(low).firstLine() <= line
                ? Optional.of(blocks.get(low))
                : Optional.empty();
    }

    private static byte[] cut(byte[] line, int max) {
        if (line.length <= max) return line;
        int end = max - CUT_END.length;
        while (end > 0 && (line[end] & 0xc0) == 0x80) end--;
        byte[] cut = Arrays.copyOf(line, end + CUT_END.length);
        System.arraycopy(CUT_END, 0, cut, end, CUT_END.length);
        return cut;
    }

    private static Lines joined(long first, long end, Deque<byte[]> lines) {
        var text = new ByteArrayOutputStream();
        lines.forEach(text::writeBytes);
        byte[] bytes = text.toByteArray();
        return new Lines(first, end, ByteString.wrap(bytes, 0, bytes.length));
    }
}
