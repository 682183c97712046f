package dev.wormhole.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import java.nio.ByteBuffer;
import java.util.List;

class FrameCodecTest {

    static List<Frame> frames() {
        return List.of(
                new Frame.Data(0, ByteString.EMPTY),
                new Frame.Data(254, ByteString.copyOf(new byte[] {1, 2, (byte) 0xff})),
                new Frame.Control(ByteString.utf8("{}")),
                new Frame.Empty());
    }

    @ParameterizedTest
    @MethodSource("frames")
    void aFrameIsReadAsItWasWritten(Frame frame) {
        assertThat(FrameCodec.decode(ByteBuffer.wrap(FrameCodec.encode(frame)))).isEqualTo(frame);
    }

    @Test
    void theFirstByteIsTheChannel() {
        assertThat(FrameCodec.encode(new Frame.Data(17, ByteString.utf8("x"))))
                .containsExactly(17, 'x');
        assertThat(FrameCodec.encode(new Frame.Control(ByteString.utf8("{}")))[0])
                .isEqualTo((byte) 255);
    }

    @Test
    void aPayloadSharesNothingWithTheBufferItCameIn() {
        byte[] buffer = {3, 'a'};
        Frame frame = FrameCodec.decode(ByteBuffer.wrap(buffer));
        buffer[1] = 'b';

        assertThat(frame).isEqualTo(new Frame.Data(3, ByteString.utf8("a")));
    }
}
