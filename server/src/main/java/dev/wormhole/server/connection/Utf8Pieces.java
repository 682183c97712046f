package dev.wormhole.server.connection;

import dev.wormhole.protocol.ByteString;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;

/**
 * UTF-8 that comes in pieces, as text: a character that is split between two of them stays whole.
 * What is no UTF-8 becomes U+FFFD.
 *
 * <p>Owned by one thread.
 */
final class Utf8Pieces {

    /** A character is at most four bytes, so at most three of them wait. */
    private static final int MAX_WAITING = 3;

    private final CharsetDecoder decoder =
            StandardCharsets.UTF_8
                    .newDecoder()
                    .onMalformedInput(CodingErrorAction.REPLACE)
                    .onUnmappableCharacter(CodingErrorAction.REPLACE);
    private byte[] waiting = new byte[0];

    /** The text as far as it is whole. */
    String next(ByteString piece) {
        ByteBuffer bytes = ByteBuffer.allocate(waiting.length + piece.length());
        bytes.put(waiting).put(piece.toBuffer()).flip();
        CharBuffer text = CharBuffer.allocate(bytes.remaining());
        decoder.decode(bytes, text, false);
        waiting = new byte[bytes.remaining()];
        assert waiting.length <= MAX_WAITING;
        bytes.get(waiting);
        return text.flip().toString();
    }

    /** Nothing follows what came last: U+FFFD where a character was begun. From here it is new. */
    String end() {
        CharBuffer text = CharBuffer.allocate(MAX_WAITING + 1);
        decoder.decode(ByteBuffer.wrap(waiting), text, true);
        decoder.flush(text);
        decoder.reset();
        waiting = new byte[0];
        return text.flip().toString();
    }
}
