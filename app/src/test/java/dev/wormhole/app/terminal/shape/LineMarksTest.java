package dev.wormhole.app.terminal.shape;

import static org.assertj.core.api.Assertions.assertThat;

import javafx.scene.canvas.GraphicsContext;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.testfx.framework.junit5.ApplicationExtension;

import java.util.Arrays;
import java.util.HashSet;
import java.util.function.Consumer;

@ExtendWith(ApplicationExtension.class)
class LineMarksTest {

    private static final int CELLS = 10;

    /** The cell under test lies in the middle row and not at the edge of the sheet. */
    private static final int MARGIN = 9;

    /** Antialiasing at a cut. */
    private static final int NEARLY = 3;

    @ParameterizedTest
    @CsvSource({"8,17,1", "9,20,1", "10,21,1.25", "16,34,2"})
    void runsThatTouchGoOnIntoEachOther(int width, int height, double scale) {
        var marks = new LineMarks(height / scale, baseline(height) / scale, scale);
        for (int style = 1; style <= 5; style++) {
            int drawn = style;
            Ink whole = drawn(width, height, scale, g -> run(g, marks, drawn, width, scale, 10));
            Ink parts = drawn(width, height, scale, g -> run(g, marks, drawn, width, scale, 1));

            assertThat(parts.difference(whole)).as("style " + style).isLessThanOrEqualTo(NEARLY);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "8,17,13,1",
        "9,20,15,1",
        "8,17,17,1",
        "8,17,0,1",
        "6,8,6,1",
        "10,21,16,1.25",
        "16,34,26,2"
    })
    void nothingIsDrawnOutsideOfTheRun(int width, int height, int baseline, double scale) {
        var marks = new LineMarks(height / scale, baseline / scale, scale);
        for (int kind = 1; kind <= 7; kind++) {
            int drawn = kind;
            Ink sheet = drawn(width, height, scale, g -> mark(g, marks, drawn, width, scale));
            Ink run = sheet.part(MARGIN, MARGIN, CELLS * width, height);

            assertThat(run.sum()).as("kind " + kind).isPositive();
            assertThat(sheet.sum()).as("kind " + kind).isEqualTo(run.sum());
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {17, 20, 34})
    void underlinesLieBelowTheBaselineAndAreToldApart(int height) {
        var marks = new LineMarks(height, baseline(height), 1);
        var seen = new HashSet<Integer>();
        for (int style = 1; style <= 5; style++) {
            int drawn = style;
            Ink run =
                    drawn(8, height, 1, g -> run(g, marks, drawn, 8, 1, CELLS))
                            .part(MARGIN, MARGIN, CELLS * 8, height);

            assertThat(run.part(0, 0, CELLS * 8, baseline(height)).sum()).isZero();
            seen.add(Arrays.hashCode(rows(run)));
        }
        assertThat(seen).hasSize(5);
    }

    @Test
    void aDoubleUnderlineIsTwoLinesWithAGap() {
        var marks = new LineMarks(17, 13, 1);
        Ink run = drawn(8, 17, 1, g -> run(g, marks, LineMarks.DOUBLE, 8, 1, CELLS));

        assertThat(run.column(MARGIN).strip()).matches("\\.+#\\.#\\.+");
        assertThat(run.column(MARGIN + 8 * CELLS - 1)).isEqualTo(run.column(MARGIN));
    }

    @Test
    void noStyleDrawsNothing() {
        var marks = new LineMarks(17, 13, 1);

        assertThat(drawn(8, 17, 1, g -> run(g, marks, 0, 8, 1, CELLS)).sum()).isZero();
    }

    @Test
    void aStrikeGoesThroughSmallLettersAndAnOverlineLiesAtTheTop() {
        var marks = new LineMarks(17, 13, 1);
        Ink strike = drawn(8, 17, 1, g -> marks.strike(g, MARGIN, MARGIN, 80));
        Ink over = drawn(8, 17, 1, g -> marks.overline(g, MARGIN, MARGIN, 80));

        assertThat(strike.column(MARGIN).indexOf('#') - MARGIN).isBetween(8, 11);
        assertThat(over.column(MARGIN).indexOf('#') - MARGIN).isZero();
    }

    private static int baseline(int height) {
        return height * 3 / 4;
    }

    private static String[] rows(Ink run) {
        String[] rows = new String[run.height()];
        for (int y = 0; y < rows.length; y++) rows[y] = run.row(y);
        return rows;
    }

    private static Ink drawn(
            int width, int height, double scale, Consumer<GraphicsContext> painter) {
        return Ink.of(CELLS * width + 2 * MARGIN, height + 2 * MARGIN, scale, painter);
    }

    /** Ten cells in pieces of a number of cells. */
    private static void run(
            GraphicsContext g, LineMarks marks, int style, int width, double scale, int piece) {
        for (int cell = 0; cell < CELLS; cell += piece) {
            marks.underline(
                    g,
                    style,
                    (MARGIN + cell * width) / scale,
                    MARGIN / scale,
                    piece * width / scale);
        }
    }

    private static void mark(
            GraphicsContext g, LineMarks marks, int kind, int width, double scale) {
        double start = MARGIN / scale;
        double length = CELLS * width / scale;
        switch (kind) {
            case 6 -> marks.strike(g, start, start, length);
            case 7 -> marks.overline(g, start, start, length);
            default -> marks.underline(g, kind, start, start, length);
        }
    }
}
