package dev.wormhole.terminal.screen;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;

class HistoryTextTest {

    private static final ScreenListener QUIET = new ScreenListener() {};

    static LongStream seeds() {
        return LongStream.range(0, 80);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void linesThatWereWrittenAsTextAreReadBackAsTheyWere(long seed) {
        var random = new Random(seed);
        var screen = new Screen(2 + random.nextInt(60), 1 + random.nextInt(4), 2000, QUIET);
        for (int i = 0; i < 400; i++) {
            byte[] bytes = ScreenOutput.piece(random);
            screen.feed(bytes, 0, bytes.length);
            // Cells that mode 2027 makes are not in the text.
            feed(screen, "\033[?2027l");
        }
        for (int i = 0; i < random.nextInt(800); i++) feed(screen, i + " 日 \033[1mx\033[m\r\n");
        History history = screen.history();
        long first = history.firstLine();

        List<HistoryBlock> read =
                HistoryText.blocks(
                        first, history.endLine(), text(history.blocksFrom(first), first));

        assertThat(cells(read, first)).isEqualTo(cells(history.blocksFrom(first), first));
        long next = first;
        for (HistoryBlock block : read) {
            assertThat(block.firstLine()).isEqualTo(next);
            assertThat(block.lines()).isBetween(1, 256);
            next = block.endLine();
        }
        assertThat(next).isEqualTo(history.endLine());
    }

    @Test
    void aLineOfManyThousandCellsAndStylesIsReadBack() {
        var screen = new Screen(80, 2, 100, QUIET);
        var line = new StringBuilder();
        for (int i = 0; i < 20_000; i++) {
            line.append("\033[38;2;1;%d;%dmx日e\u0301".formatted(i >> 8, i & 0xff));
        }
        feed(screen, line + "\r\n\r\n\r\n");
        List<HistoryBlock> blocks = screen.history().blocksFrom(0);
        long end = screen.history().endLine();

        List<HistoryBlock> read = HistoryText.blocks(0, end, text(blocks, 0));

        assertThat(cells(read, 0)).isEqualTo(cells(blocks, 0));
    }

    @Test
    void textThatIsNotTheLinesToldIsRefused() {
        byte[] two = "a\r\nb\r\n".getBytes(StandardCharsets.US_ASCII);
        byte[] cut = "a\r\nb".getBytes(StandardCharsets.US_ASCII);

        assertThat(HistoryText.blocks(7, 9, two)).hasSize(1);
        assertThat(HistoryText.blocks(7, 7, new byte[0])).isEmpty();
        assertThatThrownBy(() -> HistoryText.blocks(7, 10, two))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> HistoryText.blocks(7, 8, two))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> HistoryText.blocks(7, 9, cut))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void nothingThatATextMayHoldMakesItFailOtherwise() {
        var random = new Random(3);
        for (int round = 0; round < 300; round++) {
            var text = new ByteArrayOutputStream();
            int lines = 0;
            for (int i = 0; i < 40; i++) {
                text.writeBytes(ScreenOutput.piece(random));
                if (random.nextInt(3) == 0)
                    text.writeBytes(
                            "\033P>3w\033\\\033P>4w\033\\".getBytes(StandardCharsets.US_ASCII));
            }
            text.write('\n');
            byte[] bytes = text.toByteArray();
            for (byte b : bytes) if (b == '\n') lines++;
            try {
                HistoryText.blocks(0, lines, bytes);
            } catch (IllegalArgumentException e) {
                assertThat(e).hasMessageContaining("line");
            }
        }
    }

    // ---- where lines are missing

    @ParameterizedTest
    @MethodSource("seeds")
    void gapsAreToldAndFilledInAnyOrder(long seed) {
        var random = new Random(seed);
        var screen = new Screen(20, 2, 5000, QUIET);
        screen.beginSnapshot(20, 2, true);
        feed(screen, "\033P>1w2000;2000\033\\\033P>3;0w\033\\\033P>4w\033\\");
        screen.endSnapshot();
        History history = screen.history();
        assertThat(history.endLine()).isEqualTo(2000);
        var there = new boolean[2000];

        for (int i = 0; i < 60; i++) {
            int from = random.nextInt(2000);
            int to = Math.min(2000, from + 1 + random.nextInt(100));
            if (random.nextInt(3) == 0) {
                History.Gap gap = history.gapBelow(to).orElse(null);
                if (gap == null) continue;
                to = (int) gap.to();
                from = (int) Math.max(gap.from(), to - 60);
            }
            boolean isFree = true;
            for (int n = from; n < to; n++) isFree &= !there[n];
            history.fill(lines(from, to));
            if (isFree) for (int n = from; n < to; n++) there[n] = true;

            checkGaps(history, there, random.nextInt(2001));
        }
        long line = 2000;
        for (HistoryBlock block : history.blocksFrom(0)) {
            for (long n = block.firstLine(); n < block.endLine(); n++) {
                var text = new LineText();
                block.line(n, text);
                assertThat(text.toString()).isEqualTo("line " + n);
                line = Math.min(line, n);
            }
        }
        assertThat(history.firstLine()).isEqualTo(line);
    }

    private static void checkGaps(History history, boolean[] there, int below) {
        int to = below;
        while (to > 0 && there[to - 1]) to--;
        int from = to;
        while (from > 0 && !there[from - 1]) from--;
        if (to == 0) assertThat(history.gapBelow(below)).isEmpty();
        else assertThat(history.gapBelow(below)).contains(new History.Gap(from, to));
    }

    @Test
    void whatIsBeyondTheLimitGoesAgain() {
        var screen = new Screen(20, 2, 300, QUIET);
        screen.beginSnapshot(20, 2, true);
        feed(screen, "\033P>1w2000;2000\033\\\033P>3;0w\033\\\033P>4w\033\\");
        screen.endSnapshot();
        History history = screen.history();

        history.fill(lines(1500, 1600));
        history.fill(lines(1690, 2000));

        assertThat(history.firstLine()).isEqualTo(1700);
        assertThat(history.gapBelow(2000)).contains(new History.Gap(0, 1690));
        assertThat(screen.copy().firstLine()).isEqualTo(1690);
    }

    private static List<HistoryBlock> lines(long from, long to) {
        var text = new StringBuilder();
        for (long n = from; n < to; n++) text.append("line ").append(n).append("\r\n");
        return HistoryText.blocks(from, to, text.toString().getBytes(StandardCharsets.US_ASCII));
    }

    private static byte[] text(List<HistoryBlock> blocks, long first) {
        var text = new ByteArrayOutputStream();
        var writer = new AnsiLine();
        for (HistoryBlock block : blocks) {
            for (long n = Math.max(first, block.firstLine()); n < block.endLine(); n++) {
                block.line(n, writer);
                text.writeBytes(writer.take());
            }
        }
        return text.toByteArray();
    }

    /** Every line as its cells with their looks; blanks are spaces, nothing is protected. */
    private static List<String> cells(List<HistoryBlock> blocks, long first) {
        var lines = new ArrayList<String>();
        for (HistoryBlock block : blocks) {
            for (long n = Math.max(first, block.firstLine()); n < block.endLine(); n++) {
                var line = new StringBuilder().append(n).append(':');
                block.line(n, sink(line));
                lines.add(line.toString());
            }
        }
        return lines;
    }

    private static LineSink sink(StringBuilder line) {
        return new LineSink() {
            @Override
            public void blanks(int count, Style style) {
                for (int i = 0; i < count; i++) cell(new int[] {' '}, 1, false, style);
            }

            @Override
            public void cell(int[] codePoints, int length, boolean wide, Style style) {
                line.append(new String(codePoints, 0, length)).append(wide ? "w" : "n");
                line.append(style.sgr()).append(style.link());
            }
        };
    }

    private static void feed(Screen screen, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        screen.feed(bytes, 0, bytes.length);
    }
}
