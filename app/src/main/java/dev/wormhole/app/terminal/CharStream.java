package dev.wormhole.app.terminal;

import com.techsenger.jeditermfx.core.TerminalDataStream;
import com.techsenger.jeditermfx.core.util.CharUtils;

import dev.wormhole.protocol.ByteString;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;

/**
 * The stream as the emulator reads it: bytes become characters however they were cut, and reading
 * past the last one waits for the source.
 *
 * <p>Owned by the emulator thread.
 */
final class CharStream implements TerminalDataStream {

    /** Gives the next bytes, at most {@link #SLICE}; or the end of what can be read on with. */
    interface Source {
        ByteString next() throws EOF;
    }

    /** Bytes taken at once: about a tenth of a millisecond of the emulator's work. */
    static final int SLICE = 4096;

    /** Room for what the emulator pushes back before the first character of a slice. */
    private static final int MARGIN = 1100;

    /**
     * A single sequence may be this long. The emulator would collect an unterminated string for
     * ever.
     */
    private static final int LONGEST_SEQUENCE = 1 << 20;

    private final Source source;
    private final CharsetDecoder decoder =
            StandardCharsets.UTF_8
                    .newDecoder()
                    .onMalformedInput(CodingErrorAction.REPLACE)
                    .onUnmappableCharacter(CodingErrorAction.REPLACE);

    // Owned by the emulator thread.
    private final ByteBuffer bytes = ByteBuffer.allocate(SLICE + 8);
    private char[] chars = new char[MARGIN + SLICE + 8];
    private int next;
    private int end;
    private int taken;

    CharStream(Source source) {
        this.source = source;
    }

    /** Forgets everything read and half read. */
    void restart() {
        decoder.reset();
        bytes.clear();
        next = 0;
        end = 0;
    }

    /** The emulator begins its next step. */
    void beginStep() {
        taken = 0;
    }

    @Override
    public char getChar() throws IOException {
        if (next == end) fill();
        if (++taken > LONGEST_SEQUENCE) throw new EOF();
        return chars[next++];
    }

    @Override
    public void pushChar(char c) {
        if (next == 0) {
            char[] wider = new char[chars.length + MARGIN];
            System.arraycopy(chars, 0, wider, MARGIN, end);
            chars = wider;
            next += MARGIN;
            end += MARGIN;
        }
        chars[--next] = c;
    }

    @Override
    public String readNonControlCharacters(int maxChars) throws IOException {
        if (next == end) fill();
        String text = CharUtils.getNonControlCharacters(maxChars, chars, next, end - next);
        next += text.length();
        return text;
    }

    @Override
    public void pushBackBuffer(char[] pushed, int length) {
        for (int i = length - 1; i >= 0; i--) pushChar(pushed[i]);
    }

    @Override
    public boolean isEmpty() {
        return next == end;
    }

    private void fill() throws EOF {
        next = MARGIN;
        end = MARGIN;
        while (next == end) decode(source.next());
    }

    /** What is left of a character that was cut stays at the front of {@code bytes}. */
    private void decode(ByteString slice) {
        slice.copyTo(bytes.array(), bytes.position());
        bytes.position(bytes.position() + slice.length()).flip();
        var room = CharBuffer.wrap(chars, end, chars.length - end);
        decoder.decode(bytes, room, false);
        bytes.compact();
        end = room.position();
    }
}
