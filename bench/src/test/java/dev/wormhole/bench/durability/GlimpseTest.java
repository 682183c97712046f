package dev.wormhole.bench.durability;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.TimeoutException;

class GlimpseTest {

    private static ByteBuffer bytes(String text) {
        return ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void aTextThatComesInTwoPiecesIsSeen() throws TimeoutException {
        var glimpse = new Glimpse(text -> text.contains("begins"));
        glimpse.accept(bytes("x".repeat(1000) + "beg"));
        glimpse.accept(bytes("ins" + "x".repeat(1000)));

        assertThat(glimpse.await(Duration.ZERO)).isLessThanOrEqualTo(System.nanoTime());
    }

    @Test
    void whatHasNotComeIsNotSeen() {
        var glimpse = new Glimpse(text -> text.contains("begins"));
        glimpse.accept(bytes("beg"));

        assertThatThrownBy(() -> glimpse.await(Duration.ZERO)).isInstanceOf(TimeoutException.class);
    }
}
