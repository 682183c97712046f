package dev.wormhole.bench.durability;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;

import java.nio.ByteBuffer;
import java.util.List;

class PrintLogTest {

    private static ByteBuffer file(ByteBuffer... notes) {
        ByteBuffer file = ByteBuffer.allocate(1000).put(PrintLog.head(7));
        for (ByteBuffer note : notes) file.put(note);
        return file.flip();
    }

    @Test
    void itSaysHowMuchWasPrintedByWhen() {
        PrintLog log = PrintLog.parse(file(PrintLog.note(3, 100), PrintLog.note(8, 200)));

        assertThat(log.pid()).isEqualTo(7);
        assertThat(log.printed()).isEqualTo(8);
        assertThat(log.printedBy(99)).isZero();
        assertThat(log.printedBy(100)).isEqualTo(3);
        assertThat(log.printedBy(199)).isEqualTo(3);
        assertThat(log.timeOf(2)).isEqualTo(100);
        assertThat(log.timeOf(3)).isEqualTo(200);
        assertThat(log.hasEnded()).isFalse();
    }

    @Test
    void aNoteThatDeathCutOffIsNoNote() {
        ByteBuffer file = file(PrintLog.note(3, 100), PrintLog.note(8, 200));
        file.limit(file.limit() - 1);

        assertThat(PrintLog.parse(file).printed()).isEqualTo(3);
    }

    @Test
    void theEndIsNoLine() {
        PrintLog log = PrintLog.parse(file(PrintLog.note(3, 100), PrintLog.end()));

        assertThat(log.hasEnded()).isTrue();
        assertThat(log.printed()).isEqualTo(3);
    }

    @Test
    void withoutAProcessThereIsNoLog() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> PrintLog.parse(ByteBuffer.allocate(7)));
    }

    @Test
    void numbersAreThoseOfTheRunAlone() {
        List<String> text =
                List.of(
                        "run 4 begins.",
                        PrintLog.line(4, 0, 5),
                        PrintLog.line(14, 1, 6),
                        "r4:2@",
                        "");

        assertThat(PrintLog.numbers(4, text)).containsExactly(0L);
        assertThat(PrintLog.numbers(14, text)).containsExactly(1L);
    }
}
