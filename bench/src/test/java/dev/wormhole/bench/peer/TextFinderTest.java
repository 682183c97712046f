package dev.wormhole.bench.peer;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

class TextFinderTest {

    private static ByteBuffer bytes(String text) {
        return ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void aTextIsFoundWhereverItIsSplit() {
        String output = "<<<end <<end 1<<end 12>> more";
        for (int cut = 0; cut <= output.length(); cut++) {
            var finder = new TextFinder("<<end 12>>");

            boolean first = finder.find(bytes(output.substring(0, cut)));
            boolean second = finder.find(bytes(output.substring(cut)));

            assertThat(first ^ second).as("cut at %d", cut).isTrue();
        }
    }

    @Test
    void anotherEndIsNotTaken() {
        assertThat(new TextFinder("<<end 2>>").find(bytes("<<end 1>> <<end 12>>"))).isFalse();
    }
}
