package dev.wormhole.terminal.screen;

import static org.assertj.core.api.Assertions.assertThat;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.toList;

import dev.wormhole.terminal.screen.ScreenCopy.RowPlace;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.LongStream;

class RowWrapTest {

    private static final ScreenListener QUIET = new ScreenListener() {};

    /** Everything that the tests write finds place. */
    private static final int TALL = Screen.MAX_ROWS;

    private static final String[] PIECES = {
        "a",
        "bcd",
        "日",
        "漢字仮名",
        "e\u0301",
        " ",
        "     ",
        "\033[44m",
        "\033[m",
        "\033[3C",
        "\033[5X",
        "👍🏽",
        "\r\n",
        "x".repeat(37),
        "本".repeat(11)
    };

    static LongStream seeds() {
        return LongStream.range(0, 60);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void aLineHasTheRowsThatAResizedScreenGivesIt(long seed) {
        var random = new Random(seed);
        var screen = new Screen(3 + random.nextInt(40), TALL, 1000, QUIET);
        for (int i = 0; i < 200; i++) feed(screen, PIECES[random.nextInt(PIECES.length)]);
        for (int round = 0; round < 4; round++) {
            screen.resize(3 + random.nextInt(40), TALL);
            ScreenCopy copy = screen.copy();

            Map<Long, List<Integer>> rows = rows(copy);
            for (long n = copy.firstLine(); n < copy.endLine(); n++) {
                var wrap = new RowWrap(screen.columns());
                copy.line(n, wrap);
                assertThat(starts(wrap.starts())).as("seed %d: %d", seed, n).isEqualTo(rows.get(n));
            }
        }
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void linesOfTheScrollbackHaveTheRowsThatTheyHaveWhenTheyComeBack(long seed) {
        var random = new Random(seed);
        var screen = new Screen(3 + random.nextInt(40), 1 + random.nextInt(5), 1000, QUIET);
        for (int i = 0; i < 200; i++) feed(screen, PIECES[random.nextInt(PIECES.length)]);
        screen.resize(2 + random.nextInt(40), 1 + random.nextInt(5));
        ScreenCopy before = screen.copy();
        screen.resize(screen.columns(), TALL);
        Map<Long, List<Integer>> after = rows(screen.copy());

        for (long n = before.firstLine(); n < before.endLine(); n++) {
            assertThat(starts(before.starts(n))).as("seed %d: %d", seed, n).isEqualTo(after.get(n));
        }
    }

    @Test
    void anEmptyLineIsOneRowAndAWideCharacterGoesOnWhole() {
        var screen = new Screen(5, 4, 10, QUIET);
        feed(screen, "abcd日ef");

        assertThat(screen.copy().starts(0)).containsExactly(0, 4);
        assertThat(new RowWrap(5).starts()).containsExactly(0);
        assertThat(screen.copy().columns()).isEqualTo(5);
    }

    private static List<Integer> starts(int[] starts) {
        return Arrays.stream(starts).boxed().toList();
    }

    /** Where the rows of each line on the screen begin. */
    private static Map<Long, List<Integer>> rows(ScreenCopy copy) {
        return copy.rows().stream()
                .collect(groupingBy(RowPlace::line, mapping(RowPlace::column, toList())));
    }

    // ---- rectangles

    @ParameterizedTest
    @MethodSource("seeds")
    void aRectangleIsWhatStandsInItOnTheScreen(long seed) {
        var random = new Random(seed);
        var screen = new Screen(2 + random.nextInt(40), 1 + random.nextInt(12), 1000, QUIET);
        for (int i = 0; i < 150; i++) {
            byte[] bytes = ScreenOutput.piece(random);
            screen.feed(bytes, 0, bytes.length);
            if (random.nextInt(20) == 0) {
                screen.resize(2 + random.nextInt(40), 1 + random.nextInt(12));
            }
        }
        ScreenCopy copy = screen.copy();
        for (int round = 0; round < 20; round++) {
            int top = random.nextInt(screen.rows());
            int bottom = top + random.nextInt(screen.rows() - top);
            int from = random.nextInt(screen.columns());
            int to = from + random.nextInt(screen.columns() - from + 1);
            RowPlace first = copy.rows().get(top);
            RowPlace last = copy.rows().get(bottom);

            assertThat(copy.rectangle(first, last, from, to))
                    .as("seed %d: rows %d to %d, columns %d to %d", seed, top, bottom, from, to)
                    .isEqualTo(painted(screen, top, bottom, from, to));
        }
    }

    @Test
    void aRectangleReachesFromTheScrollbackOntoTheScreen() {
        var screen = new Screen(10, 3, 100, QUIET);
        feed(screen, "one\r\n0123456789abcdefg\r\nthree\r\n\r\nfive 日本語 x\r\nsix");

        String text = screen.copy().rectangle(new RowPlace(0, 0), new RowPlace(5, 0), 2, 6);

        assertThat(text).isEqualTo("e\n2345\ncdef\nree\n\nve 日\n x\nx");
        // A place inside a row stands for the row.
        assertThat(screen.copy().rectangle(new RowPlace(1, 13), new RowPlace(2, 4), 0, 2))
                .isEqualTo("ab\nth");
    }

    /** What a person sees there. */
    private static String painted(Screen screen, int top, int bottom, int from, int to) {
        var rows = new ArrayList<String>();
        for (int y = top; y <= bottom; y++) {
            List<String> cells = new ArrayList<>();
            screen.row(
                    y,
                    new LineSink() {
                        @Override
                        public void blanks(int count, Style style) {
                            for (int i = 0; i < count; i++) cells.add(" ");
                        }

                        @Override
                        public void cell(int[] codePoints, int n, boolean wide, Style style) {
                            cells.add(new String(codePoints, 0, n));
                            if (wide) cells.add("");
                        }
                    });
            int end = Math.min(to, cells.size());
            String text = from < end ? String.join("", cells.subList(from, end)) : "";
            rows.add(text.stripTrailing());
        }
        return String.join("\n", rows);
    }

    private static void feed(Screen screen, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        screen.feed(bytes, 0, bytes.length);
    }
}
