package dev.wormhole.server.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wormhole.protocol.ByteString;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.LongStream;

class RingBufferTest {

    private static final int STEPS = 80;

    static LongStream seeds() {
        return LongStream.range(0, 100);
    }

    /** Every byte ever appended, by offset, and a ring that was told the same. */
    private static final class Model {

        final Random random;
        final RingBuffer.Caps caps;
        final Map<Long, Byte> bytes = new HashMap<>();
        RingBuffer ring;
        long end;
        boolean skipped;

        Model(long seed) {
            random = new Random(seed);
            int[] sizes = {1, 2, 3, 7, 100, 1_000, 9_000, 40_000};
            caps = new RingBuffer.Caps(sizes[random.nextInt(sizes.length)], 2 + random.nextInt(30));
            ring = new RingBuffer(caps);
        }

        /** One random thing that can happen to a ring. */
        void step() {
            if (random.nextInt(25) == 0) {
                skipped = true;
                end += random.nextInt(3);
                ring.skipTo(end);
            } else {
                append(randomText());
            }
        }

        void append(byte[] text) {
            byte[] given = text.clone();
            ring.append(ByteString.wrap(given, 0, given.length));
            Arrays.fill(given, (byte) 0xff);
            for (byte value : text) bytes.put(end++, value);
            // The text begins with a character, so only a tail can begin inside of one.
            if (text.length > caps.bytes() && ring.totalBytes() > 0)
                assertThat(bytes.getOrDefault(ring.start(), (byte) 0x80) & 0xc0).isNotEqualTo(0x80);
        }

        private byte[] randomText() {
            int max = random.nextInt(12) == 0 ? 3 * caps.bytes() : Math.min(caps.bytes(), 300);
            int count = 1 + random.nextInt(max);
            var text = new StringBuilder();
            int[] characters = {'a', 0x1b, 'é', '€', 0x1f600};
            for (int i = 0; i < count; i++)
                text.appendCodePoint(characters[random.nextInt(characters.length)]);
            return utf8(text.toString());
        }

        boolean holds(long offset) {
            return offset >= ring.start() && offset < end && bytes.containsKey(offset);
        }
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void keepsTheNewestBytesWithinItsCaps(long seed) {
        var model = new Model(seed);
        int block = blockOf(model.caps);

        for (int i = 0; i < STEPS; i++) {
            model.step();

            RingBuffer ring = model.ring;
            assertThat(ring.end()).isEqualTo(model.end);
            assertThat(ring.totalBytes()).isLessThanOrEqualTo(model.caps.bytes());
            List<RingBuffer.Entry> entries = ring.serialize().entries();
            assertThat(entries).hasSizeLessThanOrEqualTo(model.caps.entries());
            long present = LongStream.range(ring.start(), ring.end()).filter(model::holds).count();
            assertThat(present).isEqualTo(ring.totalBytes());
            for (RingBuffer.Entry entry : entries) {
                assertMatches(model, entry.offset(), entry.bytes());
            }
            // A whole block goes at a time, and a cut character leaves up to three bytes less.
            int wanted = Math.min(model.bytes.size(), model.caps.bytes()) - block - 3;
            if (!model.skipped) assertThat(ring.totalBytes()).isGreaterThanOrEqualTo(wanted);
        }
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void readsAndReachesWhatTheModelHolds(long seed) {
        var model = new Model(seed);

        for (int i = 0; i < STEPS; i++) {
            model.step();

            RingBuffer ring = model.ring;
            for (int probe = 0; probe < 20; probe++) {
                long offset =
                        Math.max(0, model.end - model.random.nextInt(2 * model.caps.bytes() + 9));
                assertThat(ring.reaches(offset)).isEqualTo(reachable(model, offset));
                int max = 1 + model.random.nextInt(5_000);
                ByteString read = ring.read(offset, max);
                assertThat(read.isEmpty()).isNotEqualTo(model.holds(offset));
                assertThat(read.length()).isLessThanOrEqualTo(max);
                assertMatches(model, offset, read);
                assertThat(ring.entriesFrom(offset))
                        .isEqualTo(
                                ring.serialize().entries().stream()
                                        .filter(entry -> entry.end() > offset)
                                        .toList());
            }
            assertThat(ring.reaches(ring.end() + 1)).isFalse();
            assertThat(ring.read(ring.end(), 10)).isEqualTo(ByteString.EMPTY);
        }
    }

    private static boolean reachable(Model model, long offset) {
        if (model.ring.totalBytes() == 0) return offset == model.end;
        // A gap just before the end: whoever stands there has not come over the bytes before.
        if (offset == model.end) return model.holds(offset - 1);
        return LongStream.range(offset, model.end).allMatch(model::holds);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void serializedAndRestoredItIsTheSameAndGoesOnTheSame(long seed) {
        var model = new Model(seed);

        for (int i = 0; i < STEPS; i++) {
            RingBuffer.Snapshot snapshot = model.ring.serialize();
            RingBuffer restored = RingBuffer.fromSnapshot(snapshot);
            assertThat(restored.serialize()).isEqualTo(snapshot);
            assertThat(restored.capacity()).isEqualTo(model.caps);

            byte[] text = model.randomText();
            restored.append(ByteString.copyOf(text));
            model.ring.append(ByteString.copyOf(text));

            assertThat(restored.serialize()).isEqualTo(model.ring.serialize());
        }
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void whatItHandedOutNeverChanges(long seed) {
        var model = new Model(seed);
        var handedOut = new ArrayList<ByteString>();
        var copies = new ArrayList<ByteString>();

        for (int i = 0; i < STEPS; i++) {
            model.step();
            RingBuffer.Snapshot snapshot = model.ring.serialize();
            RingBuffer restored = RingBuffer.fromSnapshot(snapshot);
            handedOut.addAll(snapshot.entries().stream().map(RingBuffer.Entry::bytes).toList());
            handedOut.add(model.ring.read(model.ring.start(), 4_000));
            for (ByteString bytes : handedOut.subList(copies.size(), handedOut.size()))
                copies.add(ByteString.copyOf(bytes.toArray()));
            restored.append(ByteString.utf8("written to the copy"));
        }

        assertThat(handedOut).isEqualTo(copies);
    }

    @Test
    void anAppendOverTheCapKeepsItsTailFromACharacterOn() {
        var ring = new RingBuffer(new RingBuffer.Caps(10, 100));
        ring.append(ByteString.utf8("old"));

        ring.append(ByteString.utf8("€€€€€"));

        assertThat(text(ring)).isEqualTo("€€€");
        assertThat(ring.end()).isEqualTo(18);
        assertThat(ring.start()).isEqualTo(9);
        assertThat(ring.reaches(9)).isTrue();
        assertThat(ring.reaches(8)).isFalse();
    }

    @Test
    void aSmallCapStillKeepsMostOfItself() {
        var ring = new RingBuffer(new RingBuffer.Caps(1_000, 10_000));

        for (int i = 0; i < 10_000; i++) ring.append(ByteString.utf8("x"));

        assertThat(ring.totalBytes()).isBetween(850, 1_000);
    }

    @Test
    void theEntriesAreCappedWhereTheBytesAreNot() {
        var ring = new RingBuffer(new RingBuffer.Caps(1 << 20, 3));

        for (int i = 0; i < 50; i++) {
            ring.append(ByteString.utf8("x"));
            ring.skipTo(ring.end() + 1);
        }

        assertThat(ring.serialize().entries()).hasSize(3);
        assertThat(ring.totalBytes()).isEqualTo(3);
    }

    @Test
    void restoredWithSmallerCapsItEvicts() {
        var large = new RingBuffer(new RingBuffer.Caps(100_000, 1_000));
        large.append(ByteString.utf8("é".repeat(20_000)));
        RingBuffer.Snapshot snapshot = large.serialize();

        for (int cap : new int[] {1, 15, 8_193, 30_000, 100_000}) {
            var smaller =
                    new RingBuffer.Snapshot(
                            snapshot.entries(),
                            snapshot.totalBytes(),
                            new RingBuffer.Caps(cap, 1_000),
                            snapshot.end());
            RingBuffer ring = RingBuffer.fromSnapshot(smaller);

            assertThat(ring.totalBytes()).isLessThanOrEqualTo(cap);
            assertThat(ring.totalBytes()).isGreaterThanOrEqualTo(Math.min(40_000, cap) - 8_193);
            assertThat(text(ring)).matches("é*");
            assertThat(ring.end()).isEqualTo(40_000);
            assertThat(RingBuffer.fromSnapshot(ring.serialize()).serialize())
                    .isEqualTo(ring.serialize());
        }
    }

    @Test
    void aSnapshotThatDoesNotAddUpIsRefused() {
        var caps = new RingBuffer.Caps(100, 10);
        var first = new RingBuffer.Entry(0, ByteString.utf8("abc"));
        var overlapping = new RingBuffer.Entry(2, ByteString.utf8("cd"));

        assertThatThrownBy(() -> restore(List.of(first, overlapping), 5, caps, 4))
                .hasMessageContaining("overlap");
        assertThatThrownBy(() -> restore(List.of(first), 4, caps, 3)).hasMessageContaining("4");
        assertThatThrownBy(() -> restore(List.of(first), 3, caps, 2)).hasMessageContaining("end");
        assertThatThrownBy(() -> new RingBuffer(caps).skipTo(-1)).hasMessageContaining("offset");
    }

    private static void restore(
            List<RingBuffer.Entry> entries, int total, RingBuffer.Caps caps, long end) {
        RingBuffer.fromSnapshot(new RingBuffer.Snapshot(entries, total, caps, end));
    }

    private static int blockOf(RingBuffer.Caps caps) {
        int fitting = Math.ceilDiv(caps.bytes(), caps.entries() - 1);
        return Math.clamp(Math.max(caps.bytes() / 8, fitting), 1, RingBuffer.BLOCK_BYTES);
    }

    private static void assertMatches(Model model, long offset, ByteString bytes) {
        byte[] expected = new byte[bytes.length()];
        for (int i = 0; i < expected.length; i++)
            expected[i] = model.bytes.getOrDefault(offset + i, (byte) 0);
        assertThat(bytes.toArray()).isEqualTo(expected);
    }

    private static String text(RingBuffer ring) {
        return new String(
                joined(ring.serialize().entries().stream().map(RingBuffer.Entry::bytes).toList()),
                StandardCharsets.UTF_8);
    }

    private static byte[] joined(List<ByteString> parts) {
        var joined = new ByteArrayOutputStream();
        for (ByteString part : parts) joined.writeBytes(part.toArray());
        return joined.toByteArray();
    }

    private static byte[] utf8(String text) {
        return ByteString.utf8(text).toArray();
    }
}
