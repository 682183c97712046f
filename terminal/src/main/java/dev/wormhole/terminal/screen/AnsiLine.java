package dev.wormhole.terminal.screen;

import org.jspecify.annotations.Nullable;

import java.nio.charset.StandardCharsets;

/**
 * Writes lines as a terminal is sent them: text, SGR and links, each ended by CR LF. A line begins
 * and ends with plain SGR and outside of links.
 *
 * <p>Not safe for several threads at once.
 */
public final class AnsiLine implements LineSink {

    private final StringBuilder text = new StringBuilder();
    private Style style = Style.DEFAULT;

    /** The line that was told, in UTF-8; the next one begins. */
    public byte[] take() {
        change(Style.DEFAULT);
        text.append("\r\n");
        byte[] line = text.toString().getBytes(StandardCharsets.UTF_8);
        text.setLength(0);
        return line;
    }

    @Override
    public void blanks(int count, Style next) {
        change(next);
        text.repeat(' ', count);
    }

    @Override
    public void cell(int[] codePoints, int length, boolean wide, Style next) {
        change(next);
        for (int i = 0; i < length; i++) text.appendCodePoint(codePoints[i]);
    }

    private void change(Style next) {
        if (next.equals(style)) return;
        String parameters = Sgr.parameters(next);
        if (!parameters.equals(Sgr.parameters(style))) {
            text.append("\033[").append(parameters).append('m');
        }
        link(next.link());
        style = next;
    }

    private void link(@Nullable Hyperlink next) {
        Hyperlink before = style.link();
        if (next == null && before != null) text.append("\033]8;;\033\\");
        if (next == null || next.equals(before)) return;
        text.append("\033]8;");
        if (!next.id().isEmpty()) text.append("id=").append(next.id());
        text.append(';').append(next.uri()).append("\033\\");
    }
}
