package dev.wormhole.server.connection;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wormhole.protocol.ByteString;

import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;

import java.nio.charset.StandardCharsets;
import java.util.Random;

class Utf8PiecesTest {

    private static String read(byte[] bytes, Random random) {
        var pieces = new Utf8Pieces();
        var text = new StringBuilder();
        for (int at = 0; at < bytes.length; ) {
            int length = Math.min(bytes.length - at, random.nextInt(4));
            text.append(pieces.next(ByteString.copyOf(bytes, at, length)));
            at += length;
        }
        return text.append(pieces.end()).toString();
    }

    @RepeatedTest(50)
    void textDoesNotDependOnWhereItIsSplit(RepetitionInfo repetition) {
        var random = new Random(repetition.getCurrentRepetition());
        String text = "aé日😀\u0000\uffff".repeat(20);
        assertThat(read(text.getBytes(StandardCharsets.UTF_8), random)).isEqualTo(text);
    }

    @RepeatedTest(50)
    void whatIsNoTextIsReplacedAsInOnePiece(RepetitionInfo repetition) {
        var random = new Random(repetition.getCurrentRepetition());
        var bytes = new byte[500];
        random.nextBytes(bytes);
        assertThat(read(bytes, random)).isEqualTo(new String(bytes, StandardCharsets.UTF_8));
    }

    @Test
    void aCharacterThatNeverEndsIsReplacedOnceAtTheEnd() {
        var pieces = new Utf8Pieces();
        assertThat(pieces.next(ByteString.copyOf(new byte[] {'a', (byte) 0xe6, (byte) 0x97})))
                .isEqualTo("a");
        assertThat(pieces.end()).isEqualTo("\ufffd");
        assertThat(pieces.next(ByteString.utf8("b"))).isEqualTo("b");
    }
}
