package dev.wormhole.server.keeper.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wormhole.protocol.ByteString;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What goes over the wire comes out as it went in; whatever else comes does no harm. */
class WireCodecTest {

    private static final String FROZEN = "version-1.txt";

    @Test
    void everyMessageSurvivesTheWire() throws Exception {
        for (ToKeeper message : WireSamples.toKeeper())
            assertThat(ToKeeperCodec.decode(payload(ToKeeperCodec.encode(message))))
                    .isEqualTo(message);
        for (FromKeeper message : WireSamples.fromKeeper())
            assertThat(FromKeeperCodec.decode(payload(FromKeeperCodec.encode(message))))
                    .isEqualTo(message);
    }

    @Test
    void everyKindOfMessageHasASample() {
        assertThat(kinds(WireSamples.toKeeper()))
                .containsExactlyInAnyOrder(ToKeeper.class.getPermittedSubclasses());
        assertThat(kinds(WireSamples.fromKeeper()))
                .containsExactlyInAnyOrder(FromKeeper.class.getPermittedSubclasses());
    }

    /** A keeper of version 1 lives on beside newer servers: its bytes may never change. */
    @Test
    void theBytesOfVersionOneAreFrozen() throws Exception {
        List<String> frozen = frozen();

        assertThat(hex()).isEqualTo(frozen);
        for (String line : frozen) {
            ByteBuffer frame = payload(ByteBuffer.wrap(HexFormat.of().parseHex(line)));
            boolean fromKeeper = (frame.get(0) & 0x40) != 0;
            Object message =
                    fromKeeper ? FromKeeperCodec.decode(frame) : ToKeeperCodec.decode(frame);
            assertThat(message)
                    .isIn(fromKeeper ? WireSamples.fromKeeper() : WireSamples.toKeeper());
        }
    }

    @Test
    void framesComeOutWholeHoweverTheirBytesArrive() throws Exception {
        var bytes = ByteBuffer.allocate(1 << 16);
        for (ToKeeper message : WireSamples.toKeeper()) bytes.put(ToKeeperCodec.encode(message));
        bytes.flip();
        for (int seed = 0; seed < 200; seed++) {
            var random = new Random(seed);
            var frames = new FrameBuffer(Wire.MAX_FRAME);
            List<ToKeeper> heard = new ArrayList<>();

            ByteBuffer left = bytes.duplicate();
            while (left.hasRemaining()) {
                int piece = Math.min(left.remaining(), 1 + random.nextInt(1 << random.nextInt(12)));
                frames.add(left.slice(left.position(), piece));
                left.position(left.position() + piece);
                for (ByteBuffer frame = frames.next(); frame != null; frame = frames.next())
                    heard.add(ToKeeperCodec.decode(frame));
            }

            assertThat(heard).as("seed %d", seed).isEqualTo(WireSamples.toKeeper());
            assertThat(frames.waiting()).isZero();
        }
    }

    @Test
    void aFrameOfAnUnknownTypeIsSkipped() throws Exception {
        var unknown = ByteBuffer.allocate(9).putInt(5).put((byte) 0x3f).putInt(1).flip();

        assertThat(ToKeeperCodec.decode(payload(unknown))).isNull();
        assertThat(FromKeeperCodec.decode(payload(unknown))).isNull();
    }

    @Test
    void aFrameThatEndsTooEarlyOrGoesOnTooLongIsRefused() {
        for (ToKeeper message : WireSamples.toKeeper()) {
            byte[] whole = bytes(payload(ToKeeperCodec.encode(message)));
            for (int length = 1; length < whole.length; length++) {
                ByteBuffer part = ByteBuffer.wrap(whole, 0, length).slice();
                assertThatExceptionOfType(WireException.class)
                        .as("%s cut to %d", message, length)
                        .isThrownBy(() -> ToKeeperCodec.decode(part));
            }
            ByteBuffer longer = ByteBuffer.wrap(Arrays.copyOf(whole, whole.length + 1));
            assertThatExceptionOfType(WireException.class)
                    .isThrownBy(() -> ToKeeperCodec.decode(longer));
        }
    }

    @Test
    void damagedMessagesAreEitherMessagesOrRefused() {
        var random = new Random(4);
        List<byte[]> wholes =
                Stream.concat(
                                WireSamples.toKeeper().stream().map(ToKeeperCodec::encode),
                                WireSamples.fromKeeper().stream().map(FromKeeperCodec::encode))
                        .map(WireCodecTest::payload)
                        .map(WireCodecTest::bytes)
                        .toList();
        for (int round = 0; round < 200_000; round++) {
            byte[] damaged = wholes.get(random.nextInt(wholes.size())).clone();
            for (int i = random.nextInt(4); i >= 0; i--)
                damaged[random.nextInt(damaged.length)] = (byte) random.nextInt(256);
            try {
                ToKeeperCodec.decode(ByteBuffer.wrap(damaged));
                FromKeeperCodec.decode(ByteBuffer.wrap(damaged));
            } catch (WireException e) {
                // Refused, as it should be; anything else fails the test.
            }
        }
    }

    @Test
    void aLengthThatPromisesMuchAllocatesNothing() throws Exception {
        var frames = new FrameBuffer(Wire.MAX_FRAME);

        frames.add(ByteBuffer.allocate(5).putInt(Wire.MAX_FRAME).put((byte) 1).flip());

        assertThat(frames.next()).isNull();
        assertThat(frames.capacity()).isLessThan(1024);
    }

    @Test
    void aFrameThatIsTooLongOrEmptyIsRefused() {
        for (int length : new int[] {0, Wire.MAX_FRAME + 1, -1}) {
            var frames = new FrameBuffer(Wire.MAX_FRAME);
            frames.add(ByteBuffer.allocate(4).putInt(length).flip());
            assertThatThrownBy(frames::next).isInstanceOf(WireException.class);
        }
    }

    @Test
    void whatWasReadGivesItsMemoryBack() throws Exception {
        var frames = new FrameBuffer(Wire.MAX_FRAME);
        var input = new ToKeeper.Input(null, 0, ByteString.wrap(new byte[60_000], 0, 60_000));
        frames.add(ToKeeperCodec.encode(input));

        assertThat(ToKeeperCodec.decode(frames.next())).isEqualTo(input);
        assertThat(frames.next()).isNull();

        assertThat(frames.capacity()).isZero();
    }

    @Test
    void moreThanAFrameCarriesIsNotWritten() {
        byte[] much = new byte[Wire.MAX_BYTES + 1];

        assertThatIllegalArgumentException()
                .isThrownBy(
                        () ->
                                FromKeeperCodec.encode(
                                        new FromKeeper.Bytes(0, ByteString.copyOf(much))));
        assertThatIllegalArgumentException()
                .isThrownBy(
                        () ->
                                ToKeeperCodec.encode(
                                        new ToKeeper.Input(null, 0, ByteString.copyOf(much))));
    }

    @Test
    void aHeaderAndItsOutputAreTheFrameOfThatOutput() {
        var output = ByteString.utf8("output");
        var parts = ByteBuffer.allocate(Wire.BYTES_HEADER + output.length());
        FromKeeperCodec.bytesHeader(parts, 77, output.length());
        parts.put(output.toBuffer()).flip();

        assertThat(parts).isEqualTo(FromKeeperCodec.encode(new FromKeeper.Bytes(77, output)));
    }

    private static List<Class<?>> kinds(List<?> messages) {
        return messages.stream().<Class<?>>map(Object::getClass).distinct().toList();
    }

    private static List<String> hex() {
        return Stream.concat(
                        WireSamples.toKeeper().stream().map(ToKeeperCodec::encode),
                        WireSamples.fromKeeper().stream().map(FromKeeperCodec::encode))
                .map(frame -> HexFormat.of().formatHex(bytes(frame)))
                .collect(Collectors.toList());
    }

    private static List<String> frozen() throws IOException {
        try (var in = WireCodecTest.class.getResourceAsStream(FROZEN)) {
            return new String(in.readAllBytes(), StandardCharsets.US_ASCII)
                    .lines()
                    .filter(line -> !line.startsWith("#"))
                    .toList();
        }
    }

    private static ByteBuffer payload(ByteBuffer frame) {
        return frame.slice(4, frame.limit() - 4);
    }

    private static byte[] bytes(ByteBuffer buffer) {
        byte[] bytes = new byte[buffer.remaining()];
        buffer.duplicate().get(bytes);
        return bytes;
    }

    /** Prints what the frozen file holds, for the version after this one. */
    public static void main(String[] args) {
        System.out.println(
                "# Every message of version 1, as WireSamples lists them. Never change.");
        hex().forEach(System.out::println);
    }
}
