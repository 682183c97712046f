package dev.wormhole.server.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wormhole.protocol.ByteString;
import dev.wormhole.protocol.SessionId;
import dev.wormhole.server.session.RingBuffer;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import java.util.Random;
import java.util.stream.LongStream;

class EntryCodecTest {

    private static final SessionId SESSION = SessionId.random();

    static LongStream seeds() {
        return LongStream.range(0, 300);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void whatIsEncodedIsDecodedAndNoFlippedBitIsMissed(long seed) {
        var random = new Random(seed);
        RingBuffer.Entry entry = entry(random);
        try (var codec = new EntryCodec()) {
            StoredEntry stored = codec.encode(SESSION, entry);

            assertThat(codec.decode(SESSION, stored)).contains(entry);
            assertThat(codec.decode(SessionId.random(), stored)).isEmpty();
            for (int i = 0; i < 20; i++)
                assertThat(codec.decode(SESSION, flipped(stored, random))).isEmpty();
        }
    }

    @Test
    void whatShrinksIsCompressedAndWhatDoesNotIsKept() {
        byte[] noise = new byte[8_000];
        new Random(1).nextBytes(noise);
        try (var codec = new EntryCodec()) {
            StoredEntry text = codec.encode(SESSION, entry(ByteString.utf8("ab".repeat(4_000))));
            StoredEntry random = codec.encode(SESSION, entry(ByteString.copyOf(noise)));

            assertThat(text.codec()).isEqualTo(EntryCodec.DEFLATE);
            assertThat(text.bytes().length()).isLessThan(100);
            assertThat(random.codec()).isEqualTo(EntryCodec.RAW);
            assertThat(random.bytes().length()).isEqualTo(8_000);
        }
    }

    private static RingBuffer.Entry entry(ByteString bytes) {
        return new RingBuffer.Entry(0, bytes, RingBuffer.NO_CUT);
    }

    private static RingBuffer.Entry entry(Random random) {
        byte[] bytes = new byte[1 + random.nextInt(9_000)];
        int alphabet = 1 + random.nextInt(256);
        for (int i = 0; i < bytes.length; i++) bytes[i] = (byte) random.nextInt(alphabet);
        int cut = random.nextInt(bytes.length + 1) - 1;
        return new RingBuffer.Entry(random.nextLong(1L << 53), ByteString.copyOf(bytes), cut);
    }

    private static StoredEntry flipped(StoredEntry row, Random random) {
        byte[] bytes = row.bytes().toArray();
        int bit = 1 << random.nextInt(31);
        int column = random.nextInt(6);
        if (column == 5) bytes[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));
        return new StoredEntry(
                row.offset() ^ (column == 0 ? bit : 0),
                row.length() ^ (column == 1 ? bit : 0),
                row.cut() ^ (column == 2 ? bit : 0),
                row.codec() ^ (column == 3 ? bit : 0),
                row.crc32c() ^ (column == 4 ? bit : 0),
                ByteString.copyOf(bytes));
    }
}
