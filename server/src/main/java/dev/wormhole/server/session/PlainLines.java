package dev.wormhole.server.session;

import dev.wormhole.terminal.screen.HistoryBlock;
import dev.wormhole.terminal.screen.LineSink;
import dev.wormhole.terminal.screen.Style;

import java.nio.charset.StandardCharsets;

/** The lines of a block as plain text that a terminal shows again, without colours. Pure. */
final class PlainLines {

    private PlainLines() {}

    static byte[] of(HistoryBlock block) {
        var text = new StringBuilder();
        var sink =
                new LineSink() {
                    @Override
                    public void blanks(int count, Style style) {
                        text.repeat(' ', count);
                    }

                    @Override
                    public void cell(int[] codePoints, int length, boolean wide, Style style) {
                        text.append(new String(codePoints, 0, length));
                    }
                };
        for (long line = block.firstLine(); line < block.endLine(); line++) {
            block.line(line, sink);
            text.append("\r\n");
        }
        return text.toString().getBytes(StandardCharsets.UTF_8);
    }
}
