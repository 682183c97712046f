package dev.wormhole.client.attach;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wormhole.protocol.TerminalSize;
import dev.wormhole.terminal.MouseFormat;
import dev.wormhole.terminal.screen.LineSink;
import dev.wormhole.terminal.screen.Screen;
import dev.wormhole.terminal.screen.ScreenListener;
import dev.wormhole.terminal.screen.Style;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;

/** What is painted shows, on a terminal that is a Screen too, what the session's Screen shows. */
class ScreenPainterTest {

    private static final String[] PIECES = {
        "hello",
        "the quick brown fox jumps over the lazy dog, twice or more",
        "漢字とテキスト",
        "e\u0301o\u0308",
        "🚀",
        "│─┼",
        "→★",
        "\r\n",
        "\n",
        "\b\b",
        "\t",
        "\033[2J",
        "\033[K",
        "\033[1K",
        "\033[3L",
        "\033[2M",
        "\033[4P",
        "\033[5X",
        "\033[S",
        "\033[T",
        "\033[m",
        "\033[1;31m",
        "\033[7m",
        "\033[4:3;58:5:9m",
        "\033[48;5;200m",
        "\033[38;2;1;2;3;53;9m",
        "\033[44m\033[J\033[49m",
        "\033]8;;http://x.org/\033\\",
        "\033]8;id=1;http://y.org/\033\\",
        "\033]8;;\033\\",
        "\033[?25l",
        "\033[?25h",
        "\033[?1049h",
        "\033[?1049l",
        "\033[?5h",
        "\033[?5l",
        "\033[?6h",
        "\033[?6l",
        "\033[2;5r",
        "\033[r",
        "\033[4h",
        "\033[4l",
        "\033(0lqqk\033(B",
        "\033#6",
        "\033#3",
        "\033#5",
        "\033#8",
        "\033[?1h\033=",
        "\033[?1l\033>",
        "\033[?1000h\033[?1006h",
        "\033[?1003h",
        "\033[?1000l",
        "\033[?2004h",
        "\033[?1004h",
        "\033[?2004l",
        "\033[=5u",
        "\033[>4;2m",
        "\033[=0u",
        "\033[?67h",
        "\033[4 q",
        "\033[0 q",
        "\033]2;a title\033\\",
        "\033]4;1;#ff0000\033\\",
        "\033]104\033\\",
        "\033]11;#112233\033\\",
        "\033]111\033\\",
        "\033[!p",
        "\033c",
    };

    static LongStream seeds() {
        return LongStream.range(0, 250);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void theTerminalShowsTheSessionsScreenAfterEveryPaint(long seed) {
        var random = new Random(seed);
        Screen session = screen(4 + random.nextInt(40), 1 + random.nextInt(14));
        var own = new TerminalSize(4 + random.nextInt(40), 2 + random.nextInt(14));
        Screen terminal = screen(own.cols(), own.rows());
        var painter = new ScreenPainter();
        for (int round = 0; round < 25; round++) {
            for (int i = random.nextInt(6); i >= 0; i--) drive(random, session);
            String status = random.nextInt(4) == 0 ? "" : "status " + round;
            feed(terminal, painter.paint(session, own, status));
            assertShown(seed + "/" + round, session, terminal, painter.viewport(), status);
        }
    }

    private static void drive(Random random, Screen session) {
        if (random.nextInt(20) == 0) {
            session.resize(4 + random.nextInt(40), 1 + random.nextInt(14));
        } else if (random.nextInt(4) == 0) {
            feed(session, "\033[" + random.nextInt(15) + ";" + random.nextInt(40) + "H");
        } else {
            feed(session, PIECES[random.nextInt(PIECES.length)]);
        }
    }

    private static void assertShown(
            String when, Screen session, Screen terminal, Viewport viewport, String status) {
        var wanted = new ArrayList<String>();
        var shown = new ArrayList<String>();
        int rows = viewport.size().rows();
        boolean hasSizes = viewport.column() == 0 && viewport.size().cols() >= session.columns();
        for (int y = 0; y < rows; y++) {
            int row = viewport.row() + y;
            boolean exists = row < session.rows();
            int lineSize = exists && hasSizes ? session.lineSize(row) : 0;
            // Nobody sees what a line of double width has beyond its half.
            int columns = lineSize == 0 ? terminal.columns() : Math.max(1, session.columns() / 2);
            var cells = new Cells(viewport.column(), columns);
            if (exists) session.row(row, cells);
            wanted.add(cells.finish(lineSize));
            var painted = new Cells(0, columns);
            terminal.row(y, painted);
            shown.add(painted.finish(terminal.lineSize(y)));
        }
        assertThat(String.join("\n", shown)).as(when).isEqualTo(String.join("\n", wanted));
        if (!status.isEmpty()) {
            String clipped = status.substring(0, Math.min(status.length(), terminal.columns()));
            assertThat(terminal.text(rows)).as(when).isEqualTo(clipped.stripTrailing());
        }
        int x = session.cursorColumn();
        int y = session.cursorRow();
        boolean isVisible = session.isCursorVisible() && viewport.shows(x, y);
        if (session.isCursorVisible()) assertThat(viewport.shows(x, y)).as(when).isTrue();
        assertThat(terminal.isCursorVisible()).as(when).isEqualTo(isVisible);
        if (isVisible) {
            assertThat(terminal.cursorColumn()).as(when).isEqualTo(x - viewport.column());
            assertThat(terminal.cursorRow()).as(when).isEqualTo(y - viewport.row());
        }
        assertThat(OuterModes.of(terminal)).as(when).isEqualTo(OuterModes.of(session));
        if (session.mouseModes().tracking() != OuterModes.INITIAL.mouse()) {
            assertThat(terminal.mouseModes().format()).isEqualTo(MouseFormat.SGR);
        }
        assertThat(terminal.history().endLine()).as(when + ": nothing scrolls").isZero();
    }

    /** The cells between two columns, one text each. */
    private static final class Cells implements LineSink {

        private static final String PLAIN = blank(Style.DEFAULT);

        private final int from;
        private final int count;
        private final List<String> cells = new ArrayList<>();

        /** The same without text. */
        private final List<String> blanks = new ArrayList<>();

        Cells(int from, int count) {
            this.from = from;
            this.count = count;
        }

        @Override
        public void blanks(int n, Style style) {
            for (int i = 0; i < n; i++) cells.add(blank(style));
            blanks.addAll(cells.subList(blanks.size(), cells.size()));
        }

        @Override
        public void cell(int[] codePoints, int length, boolean wide, Style style) {
            String text = new String(codePoints, 0, length);
            cells.add(text.equals(" ") ? blank(style) : text + " " + style.sgr() + style.link());
            if (wide) cells.add("tail of " + cells.getLast());
            while (blanks.size() < cells.size()) blanks.add(blank(style));
        }

        private static String blank(Style style) {
            return "blank " + style.sgr() + style.link();
        }

        String finish(int lineSize) {
            List<String> shown = new ArrayList<>();
            for (int x = from; x < from + count; x++) {
                String cell = x < cells.size() ? cells.get(x) : blank(Style.DEFAULT);
                boolean isHalf =
                        (x == from && cell.startsWith("tail of "))
                                || (x == from + count - 1
                                        && x + 1 < cells.size()
                                        && cells.get(x + 1).startsWith("tail of "));
                shown.add(isHalf ? blanks.get(x) : cell);
            }
            return lineSize + ": " + String.join("|", shown).replace(PLAIN, "");
        }
    }

    @Test
    void onlyRowsThatAreDifferentAreWritten() {
        Screen session = screen(120, 40);
        var own = new TerminalSize(80, 24);
        var painter = new ScreenPainter();
        feed(session, "one\r\ntwo\r\nthree");
        painter.paint(session, own, "s");

        feed(session, "!");

        assertThat(painter.paint(session, own, "s"))
                .isEqualTo("\033[?2026h\033[?25l\033[3Hthree!\033[K\033[3;7H\033[?25h\033[?2026l");
        assertThat(painter.paint(session, own, "s")).isEmpty();
    }

    @Test
    void aLargerTerminalShowsTheScreenAtItsTopLeftAndASmallerOneThePartAroundTheCursor() {
        Screen session = screen(20, 6);
        for (int i = 1; i <= 6; i++) feed(session, "\033[" + i + ";1Hrow " + i);
        feed(session, "\033[6;19H");

        assertThat(painted(session, 30, 8)).startsWith("row 1", "row 2").contains("row 6");
        assertThat(painted(session, 20, 3)).containsExactly("row 4", "row 5", "row 6");
        feed(session, "\033[1;6Hfar along");
        assertThat(painted(session, 10, 3)).containsExactly("along", "", "");
    }

    @Test
    void aCursorThatIsHiddenMovesNothing() {
        Screen session = screen(20, 10);
        feed(session, "\033[?25ltop\033[10;1Hbottom");

        assertThat(painted(session, 20, 3)).containsExactly("top", "", "");
    }

    private static List<String> painted(Screen session, int columns, int rows) {
        Screen terminal = screen(columns, rows);
        feed(terminal, new ScreenPainter().paint(session, new TerminalSize(columns, rows), ""));
        List<String> texts = new ArrayList<>();
        for (int y = 0; y < rows; y++) texts.add(terminal.text(y));
        return texts;
    }

    private static Screen screen(int columns, int rows) {
        return new Screen(columns, rows, 100, new ScreenListener() {});
    }

    private static void feed(Screen screen, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        screen.feed(bytes, 0, bytes.length);
    }
}
