package dev.wormhole.app.terminal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.techsenger.jeditermfx.core.TerminalDataStream;

import dev.wormhole.protocol.ByteString;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;

class CharStreamTest {

    private final Deque<ByteString> slices = new ArrayDeque<>();
    private final CharStream stream =
            new CharStream(
                    () -> {
                        ByteString next = slices.poll();
                        if (next == null) throw new TerminalDataStream.EOF();
                        return next;
                    });

    @Test
    void charactersAreWholeWhereverTheBytesWereCut() throws IOException {
        ByteString bytes = ByteString.utf8("aé€😀漢z");
        for (int cut = 0; cut <= bytes.length(); cut++) {
            slices.add(bytes.slice(0, cut));
            slices.add(bytes.slice(cut, bytes.length()));

            assertThat(read(7)).as("cut at %d", cut).isEqualTo("aé€😀漢z");
        }
    }

    @Test
    void singleBytesAreJoined() throws IOException {
        ByteString bytes = ByteString.utf8("ä😀!");
        for (int i = 0; i < bytes.length(); i++) slices.add(bytes.slice(i, i + 1));

        assertThat(read(4)).isEqualTo("ä😀!");
    }

    @Test
    void malformedBytesAreReplaced() throws IOException {
        slices.add(ByteString.copyOf(new byte[] {'a', (byte) 0xff, 'b'}));

        assertThat(read(3)).isEqualTo("a\uFFFDb");
    }

    @Test
    void whatIsPushedBackComesFirst() throws IOException {
        slices.add(ByteString.utf8("abc"));
        char first = stream.getChar();
        char[] many = "x".repeat(3000).toCharArray();

        stream.pushChar(first);
        stream.pushBackBuffer(many, many.length);

        assertThat(read(3003)).isEqualTo("x".repeat(3000) + "abc");
    }

    @Test
    void anEndlessSequenceIsGivenUp() {
        byte[] flood = new byte[CharStream.SLICE];
        for (int i = 0; i < 300; i++) slices.add(ByteString.copyOf(flood));

        assertThatThrownBy(() -> read(300 * CharStream.SLICE))
                .isInstanceOf(TerminalDataStream.EOF.class);
        assertThat(slices).isNotEmpty();
    }

    @Test
    void aRestartForgetsHalfACharacter() throws IOException {
        slices.add(ByteString.copyOf(new byte[] {'a', (byte) 0xe2, (byte) 0x82}));
        read(1);

        stream.restart();
        slices.add(ByteString.utf8("b"));

        assertThat(read(1)).isEqualTo("b");
    }

    private String read(int count) throws IOException {
        stream.beginStep();
        var text = new StringBuilder();
        for (int i = 0; i < count; i++) text.append(stream.getChar());
        return text.toString();
    }
}
