package dev.wormhole.terminal.screen;

/** A line as plain text; blanks are spaces. */
public final class LineText implements LineSink {

    private final StringBuilder text = new StringBuilder();

    @Override
    public void blanks(int count, Style style) {
        text.repeat(' ', count);
    }

    @Override
    public void cell(int[] codePoints, int length, boolean wide, Style style) {
        for (int i = 0; i < length; i++) text.appendCodePoint(codePoints[i]);
    }

    @Override
    public String toString() {
        return text.toString();
    }
}
