package dev.wormhole.terminal.screen;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

class ScreenViewTest {

    private static final String[] WORDS = {
        "word ",
        "a",
        "漢字かな",
        "\033[31mred\033[m",
        "é",
        "👍🏽",
        "  ",
        "\r\n",
        "\r\n\r\n",
        "long-long-word",
        "\033[44m  \033[m",
        "x\033[5Cy"
    };

    static LongStream seeds() {
        return LongStream.range(0, 300);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void lookingBackShowsWhatATallerScreenWouldShow(long seed) {
        var random = new Random(seed);
        int columns = 2 + random.nextInt(30);
        int rows = 1 + random.nextInt(8);
        String text = text(random, 50 + random.nextInt(2000)) + "\r\n".repeat(rows) + "end";
        Screen screen = screen(columns, rows, text);
        Screen taller = screen(columns, rows, text);
        int back = 1 + random.nextInt(40);
        taller.resize(columns, rows + back);
        int pulled = taller.cursorRow() - screen.cursorRow();

        var view = new ScreenView(screen);
        view.scroll(-back);

        assertThat(cells(view.rows(rows)))
                .as("seed %d", seed)
                .isEqualTo(cells(new ScreenView(taller).rows(rows + back)).subList(0, rows));
        assertThat(view.isScrolled()).isEqualTo(pulled > 0);
        view.scroll(back);
        assertThat(view.isScrolled()).isFalse();
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void rowsThatWereSeenBeforeAreNoOtherThanRowsSeenForTheFirstTime(long seed) {
        var random = new Random(seed);
        var screen = new Screen(2 + random.nextInt(30), 1 + random.nextInt(8), 300, QUIET);
        var view = new ScreenView(screen);
        for (int i = 0; i < 40; i++) {
            if (random.nextInt(8) == 0) {
                screen.resize(2 + random.nextInt(30), 1 + random.nextInt(8));
            } else {
                byte[] piece = ScreenOutput.piece(random);
                screen.feed(piece, 0, piece.length);
            }
            if (random.nextInt(3) == 0) view.scroll(random.nextInt(9) - 5);
            ScreenCopy.RowPlace top = view.top();
            var fresh = new ScreenView(screen);
            if (view.isScrolled()) fresh.to(top.line(), top.column());

            assertThat(cells(view.rows(screen.rows())))
                    .as("seed %d, step %d", seed, i)
                    .isEqualTo(cells(fresh.rows(screen.rows())));
        }
    }

    @Test
    void aRowThatDidNotChangeIsTheSameObject() {
        Screen screen = screen(20, 4, "one\r\ntwo\r\nthree");
        var view = new ScreenView(screen);
        List<ViewRow> before = view.rows(4);

        feed(screen, "!");
        List<ViewRow> after = view.rows(4);

        assertThat(after.get(0)).isSameAs(before.get(0));
        assertThat(after.get(1)).isSameAs(before.get(1));
        assertThat(after.get(2)).isNotSameAs(before.get(2)).hasToString("three!");
    }

    @Test
    void aRowThatScrolledIsTheSameObject() {
        Screen screen = screen(20, 4, "one\r\ntwo\r\n" + "w".repeat(30));
        var view = new ScreenView(screen);
        List<ViewRow> before = view.rows(4);

        feed(screen, "\r\nfive\r\nsix");
        List<ViewRow> after = view.rows(4);

        assertThat(after.get(0)).isSameAs(before.get(2));
        assertThat(after.get(1)).isSameAs(before.get(3)).hasToString("w".repeat(10));
        assertThat(after.get(2)).hasToString("five");
    }

    @Test
    void whoLooksBackGoesOnLookingAtTheSameLinesWhileOutputScrolls() {
        Screen screen = screen(20, 3, lines(0, 50));
        var view = new ScreenView(screen);
        view.scroll(-10);
        List<String> before = texts(view.rows(3));

        feed(screen, lines(50, 80));

        assertThat(texts(view.rows(3))).isEqualTo(before);
    }

    @Test
    void whoLooksAtLinesThatAreDroppedSeesTheOldestThatAreLeft() {
        var screen = new Screen(20, 3, 10, QUIET);
        feed(screen, lines(0, 12));
        var view = new ScreenView(screen);
        view.to(0, 0);

        feed(screen, lines(12, 1000));

        assertThat(view.rows(1).getFirst().line()).isEqualTo(screen.history().firstLine());
    }

    @Test
    void theAlternateScreenHasNothingAboveIt() {
        Screen screen = screen(20, 3, lines(0, 50) + "\033[?1049h\033[Halt");
        var view = new ScreenView(screen);

        view.scroll(-10);

        assertThat(view.isScrolled()).isFalse();
        assertThat(texts(view.rows(3))).first().isEqualTo("alt");
    }

    @Test
    void placesOfRowsAreThoseOfACopy() {
        Screen screen = screen(5, 4, "abcdefghijkl\r\nx\r\nyyyyyyyy\r\nz");
        List<ViewRow> rows = new ScreenView(screen).rows(4);

        List<ScreenCopy.RowPlace> places =
                rows.stream().map(r -> new ScreenCopy.RowPlace(r.line(), r.column())).toList();

        assertThat(places).isEqualTo(screen.copy().rows());
    }

    private static String text(Random random, int words) {
        var text = new StringBuilder();
        for (int i = 0; i < words; i++) text.append(WORDS[random.nextInt(WORDS.length)]);
        return text.toString();
    }

    private static String lines(int from, int to) {
        var text = new StringBuilder();
        IntStream.range(from, to).forEach(i -> text.append("line ").append(i).append("\r\n"));
        return text.toString();
    }

    private static List<String> texts(List<ViewRow> rows) {
        return rows.stream().map(ViewRow::toString).toList();
    }

    /** Everything that can be seen of rows. */
    private static List<String> cells(List<ViewRow> rows) {
        return rows.stream().map(ScreenViewTest::cells).toList();
    }

    private static String cells(ViewRow row) {
        var all = new StringBuilder().append(row.lineSize()).append('|');
        for (int x = 0; x < row.columns(); x++) {
            all.append(row.text(x)).append(row.string(x)).append(row.style(x).sgr()).append('|');
        }
        return all.toString();
    }

    private static Screen screen(int columns, int rows, String text) {
        var screen = new Screen(columns, rows, 5000, QUIET);
        feed(screen, text);
        return screen;
    }

    private static void feed(Screen screen, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        screen.feed(bytes, 0, bytes.length);
    }

    private static final ScreenListener QUIET = new ScreenListener() {};
}
