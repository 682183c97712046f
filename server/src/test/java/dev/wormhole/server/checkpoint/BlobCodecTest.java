package dev.wormhole.server.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wormhole.protocol.ByteString;
import dev.wormhole.protocol.SessionId;
import dev.wormhole.protocol.TerminalSize;
import dev.wormhole.server.session.RingBuffer;
import dev.wormhole.server.session.SealedLines;
import dev.wormhole.server.session.StoredScreen;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import java.util.Random;
import java.util.stream.LongStream;

class BlobCodecTest {

    private static final SessionId SESSION = SessionId.random();

    static LongStream seeds() {
        return LongStream.range(0, 100);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void anEntryIsDecodedAndNoFlippedBitIsMissed(long seed) {
        var random = new Random(seed);
        ByteString bytes = bytes(random);
        var entry = new RingBuffer.Entry(random.nextLong(1L << 53), bytes);
        try (var codec = new BlobCodec()) {
            StoredEntry row = StoredEntry.of(SESSION, entry, codec);

            assertThat(row.decode(SESSION, codec)).contains(entry);
            assertThat(row.decode(SessionId.random(), codec)).isEmpty();
            for (int i = 0; i < 20; i++) {
                int column = random.nextInt(6);
                int bit = 1 << random.nextInt(31);
                var flipped =
                        new StoredEntry(
                                row.offset() ^ (column == 4 ? bit : 0),
                                row.cut() ^ (column == 5 ? bit : 0),
                                column < 4 ? flipped(row.blob(), column, random) : row.blob());
                assertThat(flipped.decode(SESSION, codec)).isEmpty();
            }
        }
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void aBlockIsDecodedAndNoFlippedBitIsMissed(long seed) {
        var random = new Random(seed);
        var block =
                new SealedLines(random.nextLong(1L << 53), 1 + random.nextInt(256), bytes(random));
        try (var codec = new BlobCodec()) {
            StoredBlock row = StoredBlock.of(SESSION, block, random.nextLong(1L << 53), codec);

            assertThat(row.decode(SESSION, codec)).contains(block);
            assertThat(row.decode(SessionId.random(), codec)).isEmpty();
            for (int i = 0; i < 20; i++) {
                int column = random.nextInt(7);
                int bit = 1 << random.nextInt(31);
                var flipped =
                        new StoredBlock(
                                row.firstLine() ^ (column == 4 ? bit : 0),
                                row.lines() ^ (column == 5 ? bit : 0),
                                row.offset() ^ (column == 6 ? bit : 0),
                                column < 4 ? flipped(row.blob(), column, random) : row.blob());
                assertThat(flipped.decode(SESSION, codec)).isEmpty();
            }
        }
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void aScreenIsDecodedAndNoFlippedBitIsMissed(long seed) {
        var random = new Random(seed);
        var screen =
                new StoredScreen(
                        random.nextLong(1L << 53),
                        random.nextLong(1L << 53),
                        TerminalSize.clamped(random.nextInt(2_000), random.nextInt(1_000)),
                        random.nextLong(1L << 53),
                        bytes(random));
        try (var codec = new BlobCodec()) {
            StoredSnapshot row = StoredSnapshot.of(SESSION, screen, codec);

            assertThat(row.decode(SESSION, codec)).contains(screen);
            assertThat(row.decode(SessionId.random(), codec)).isEmpty();
            for (int i = 0; i < 20; i++) {
                int column = random.nextInt(9);
                int bit = 1 << random.nextInt(31);
                var flipped =
                        new StoredSnapshot(
                                row.offset() ^ (column == 4 ? bit : 0),
                                row.event() ^ (column == 5 ? bit : 0),
                                row.cols() ^ (column == 6 ? bit : 0),
                                row.rows() ^ (column == 7 ? bit : 0),
                                row.firstLine() ^ (column == 8 ? bit : 0),
                                column < 4 ? flipped(row.blob(), column, random) : row.blob());
                assertThat(flipped.decode(SESSION, codec)).isEmpty();
            }
        }
    }

    @Test
    void whatShrinksIsCompressedAndWhatDoesNotIsKept() {
        byte[] noise = new byte[8_000];
        new Random(1).nextBytes(noise);
        var place = new BlobPlace.Entry(SESSION, 0, StoredEntry.NO_CUT);
        try (var codec = new BlobCodec()) {
            StoredBlob text = codec.encode(place, ByteString.utf8("ab".repeat(4_000)));
            StoredBlob random = codec.encode(place, ByteString.copyOf(noise));

            assertThat(text.codec()).isEqualTo(BlobCodec.DEFLATE);
            assertThat(text.bytes().length()).isLessThan(100);
            assertThat(random.codec()).isEqualTo(BlobCodec.RAW);
            assertThat(random.bytes().length()).isEqualTo(8_000);
        }
    }

    /** The level changes from blob to blob. */
    @ParameterizedTest
    @MethodSource("seeds")
    void oneCodecServesAllKindsInAnyOrder(long seed) {
        var random = new Random(seed);
        try (var codec = new BlobCodec()) {
            for (int i = 0; i < 10; i++) {
                BlobPlace place =
                        random.nextBoolean()
                                ? new BlobPlace.Entry(SESSION, i, StoredEntry.NO_CUT)
                                : new BlobPlace.Block(SESSION, i, 1, i);
                ByteString bytes = bytes(random);

                assertThat(codec.decode(place, codec.encode(place, bytes))).contains(bytes);
            }
        }
    }

    private static ByteString bytes(Random random) {
        byte[] bytes = new byte[1 + random.nextInt(9_000)];
        int alphabet = 1 + random.nextInt(256);
        for (int i = 0; i < bytes.length; i++) bytes[i] = (byte) random.nextInt(alphabet);
        return ByteString.copyOf(bytes);
    }

    private static StoredBlob flipped(StoredBlob blob, int column, Random random) {
        byte[] bytes = blob.bytes().toArray();
        int bit = 1 << random.nextInt(31);
        if (column == 3) bytes[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));
        return new StoredBlob(
                blob.codec() ^ (column == 0 ? bit : 0),
                blob.length() ^ (column == 1 ? bit : 0),
                blob.crc32c() ^ (column == 2 ? bit : 0),
                ByteString.copyOf(bytes));
    }
}
