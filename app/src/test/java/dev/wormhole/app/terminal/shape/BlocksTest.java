package dev.wormhole.app.terminal.shape;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.testfx.framework.junit5.ApplicationExtension;

/** Unicode's names of the characters say which parts of the cell are painted. */
@ExtendWith(ApplicationExtension.class)
class BlocksTest {

    @ParameterizedTest
    @CsvSource({"8,18,1", "10,20,1.25", "16,34,2"})
    void aHalfBlockIsExactlyHalfOfTheCell(int width, int height, double scale) {
        ShapeSheet sheet = ShapeSheet.of(width, height, scale);

        assertFilled(sheet.cell('▀').part(0, 0, width, height / 2), 1);
        assertFilled(sheet.cell('▀').part(0, height / 2, width, height / 2), 0);
        assertFilled(sheet.cell('▌').part(0, 0, width / 2, height), 1);
        assertFilled(sheet.cell('▌').part(width / 2, 0, width / 2, height), 0);
    }

    @ParameterizedTest
    @CsvSource({"8,17,1", "9,20,1", "7,15,1", "16,34,2", "11,23,1"})
    void complementsTileTheCell(int width, int height, double scale) {
        ShapeSheet sheet = ShapeSheet.of(width, height, scale);
        String[] pairs = {
            "▀▄", "▌▐", "▖▜", "▗▛", "▘▟", "▝▙", "▚▞", "▔▇", "▕▉", "▁🮆", "▂🮅", "▃🮄", "▅🮃", "▆🮂",
            "▊🮇", "▋🮈", "▍🮉", "▎🮊", "▏🮋"
        };

        for (String pair : pairs) {
            Ink one = sheet.cell(pair.codePointAt(0));
            Ink other = sheet.cell(pair.codePointBefore(pair.length()));
            for (int y = 0; y < height; y++) {
                for (int x = 0; x < width; x++) {
                    assertThat(one.at(x, y) + other.at(x, y)).as(pair).isEqualTo(Ink.FULL);
                }
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"8,17", "9,20", "16,34"})
    void lowerBlocksGrowByAnEighth(int width, int height) {
        ShapeSheet sheet = ShapeSheet.of(width, height, 1);

        for (int eighths = 1; eighths <= 8; eighths++) {
            double rows = sheet.cell(0x2580 + eighths).sum() / (double) (Ink.FULL * width);
            assertThat(rows).isBetween(height * eighths / 8.0 - 0.5, height * eighths / 8.0 + 0.5);
        }
    }

    @ParameterizedTest
    @CsvSource({"8,17", "9,20"})
    void shadesAreEvenAndGetDarker(int width, int height) {
        ShapeSheet sheet = ShapeSheet.of(width, height, 1);

        assertFilled(sheet.cell('░'), 0.25);
        assertFilled(sheet.cell('▒'), 0.5);
        assertFilled(sheet.cell('▓'), 0.75);
        assertFilled(sheet.cell('█'), 1);
    }

    @ParameterizedTest
    @CsvSource({"8,17", "9,20", "16,34"})
    void sextantsAndOctantsPaintThePartsOfTheirNames(int width, int height) {
        ShapeSheet sheet = ShapeSheet.of(width, height, 1);

        assertParts(sheet, Blocks.FIRST_SEXTANT, Blocks.LAST_SEXTANT, 3);
        assertParts(sheet, Blocks.FIRST_OCTANT, Blocks.LAST_OCTANT, 4);
    }

    @ParameterizedTest
    @CsvSource({"8,17", "9,20", "16,34", "7,13"})
    void braillePaintsItsDotsApart(int width, int height) {
        ShapeSheet sheet = ShapeSheet.of(width, height, 1);
        long dot = sheet.cell(0x2801).sum();

        for (int c = 0x2801; c <= 0x28FF; c++) {
            String dots = digits(c);
            assertThat(sheet.cell(c).sum()).as(dots).isEqualTo(dot * dots.length());
            for (int i = 1; i <= 8; i++) {
                int column = i <= 3 || i == 7 ? 0 : 1;
                int row = i > 6 ? 3 : (i - 1) % 3;
                Ink part =
                        sheet.cell(c)
                                .part(column * width / 2, row * height / 4, width / 2, height / 4);
                assertThat(part.sum() > 0).as(dots).isEqualTo(dots.indexOf('0' + i) >= 0);
            }
        }
        Ink full = sheet.cell(0x28FF);
        String across = full.row(full.column(width / 4).indexOf('#'));
        String down = full.column(across.indexOf('#'));
        assertThat((across + across).split("\\.+")).filteredOn(s -> !s.isEmpty()).hasSize(4);
        assertThat((down + down).split("\\.+")).filteredOn(s -> !s.isEmpty()).hasSize(8);
    }

    @ParameterizedTest
    @CsvSource({"8,17", "9,20", "16,34"})
    void wedgesHoldTheirCornerAndNotTheOppositeOne(int width, int height) {
        ShapeSheet sheet = ShapeSheet.of(width, height, 1);

        for (int c = Slopes.FIRST_WEDGE; c <= Slopes.LAST_WEDGE; c++) {
            String name = Character.getName(c);
            boolean isLower = name.startsWith("LOWER");
            boolean isRight = name.split(" BLOCK ")[0].endsWith("RIGHT");
            Ink cell = sheet.cell(c);
            int x = isRight ? width - 1 : 0;
            int y = isLower ? height - 1 : 0;
            assertThat(cell.at(x, y)).as(name).isGreaterThan(Ink.FULL / 2);
            assertThat(cell.at(width - 1 - x, height - 1 - y)).as(name).isLessThan(Ink.FULL / 2);
        }
    }

    private static void assertParts(ShapeSheet sheet, int first, int last, int rows) {
        for (int c = first; c <= last; c++) {
            String digits = digits(c);
            for (int i = 0; i < 2 * rows; i++) {
                int x = sheet.width() * (1 + 2 * (i % 2)) / 4;
                int y = sheet.height() * (1 + 2 * (i / 2)) / (2 * rows);
                assertThat(sheet.cell(c).at(x, y))
                        .as(CellShapesTest.name(c) + " part " + (i + 1))
                        .isEqualTo(digits.indexOf('1' + i) >= 0 ? Ink.FULL : 0);
            }
        }
    }

    /** Of names like "BLOCK SEXTANT-135". */
    private static String digits(int codePoint) {
        String name = Character.getName(codePoint);
        return name.substring(name.lastIndexOf('-') + 1);
    }

    private static void assertFilled(Ink ink, double amount) {
        for (int y = 0; y < ink.height(); y++) {
            for (int x = 0; x < ink.width(); x++) {
                assertThat(ink.at(x, y) / (double) Ink.FULL)
                        .isBetween(amount - 0.01, amount + 0.01);
            }
        }
    }
}
