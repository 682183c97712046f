package dev.wormhole.app.terminal.shape;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.testfx.framework.junit5.ApplicationExtension;

@ExtendWith(ApplicationExtension.class)
class CellShapesTest {

    /** Rounding of what is half transparent. */
    private static final int NEARLY = 2;

    @Test
    void wholeRangesHaveShapes() {
        for (int[] range :
                new int[][] {
                    {0x2500, 0x259F}, {0x2800, 0x28FF}, {0xE0B0, 0xE0BF}, {0x1FB00, 0x1FB92}
                }) {
            for (int c = range[0]; c <= range[1]; c++) {
                assertThat(CellShapes.has(c)).as(Integer.toHexString(c)).isTrue();
            }
        }
    }

    @Test
    void textHasNone() {
        for (int c : new int[] {0, 'x', 0x24FF, 0x25A0, 0x27FF, 0x2900, 0x4E00, 0xE0C0, 0x1F600}) {
            assertThat(CellShapes.has(c)).as(Integer.toHexString(c)).isFalse();
        }
    }

    @ParameterizedTest
    @CsvSource({"8,17,1", "9,20,1", "7,13,1", "5,9,1", "10,21,1.25", "12,25,1.5", "16,34,2"})
    void everyCharacterPaintsInItsCellAndNowhereElse(int width, int height, double scale) {
        ShapeSheet sheet = ShapeSheet.of(width, height, scale);

        for (int c : ShapeSheet.ALL) {
            if (c == 0x2800) continue; // The blank among the braille patterns.
            assertThat(sheet.cell(c).sum()).as(name(c)).isPositive();
            assertThat(sheet.tile(c).sum()).as(name(c)).isEqualTo(sheet.cell(c).sum());
        }
    }

    @ParameterizedTest
    @CsvSource({"8,17,1", "9,20,1", "16,34,2"})
    void noPixelIsPaintedTwice(int width, int height, double scale) {
        ShapeSheet sheet = ShapeSheet.of(width, height, scale, 1, 0.5);

        for (int c : ShapeSheet.ALL) {
            assertThat(sheet.tile(c).most()).as(name(c)).isLessThanOrEqualTo(128 + NEARLY);
        }
    }

    @ParameterizedTest
    @CsvSource({"8,17,1.25", "10,21,1.25", "12,25,1.5", "9,20,2", "16,34,2"})
    void aScaleChangesNoDevicePixel(int width, int height, double scale) {
        ShapeSheet scaled = ShapeSheet.of(width, height, scale);
        ShapeSheet plain = ShapeSheet.of(width, height, 1);

        assertThat(scaled.ink().difference(plain.ink())).isLessThanOrEqualTo(NEARLY);
    }

    @ParameterizedTest
    @CsvSource({"8,17,1", "9,20,1.25"})
    void aRunIsTheSameAsItsCells(int width, int height, double scale) {
        ShapeSheet one = ShapeSheet.of(width, height, scale);
        ShapeSheet three = ShapeSheet.of(width, height, scale, 3, 1);

        for (int c : ShapeSheet.ALL) {
            for (int i = 0; i < 3; i++) {
                Ink cell = three.cell(c).part(i * width, 0, width, height);
                assertThat(cell.difference(one.cell(c))).as(name(c)).isLessThanOrEqualTo(NEARLY);
            }
        }
    }

    @Test
    void theOpacityOfTheContextIsAsBefore() {
        Ink.of(
                20,
                20,
                1,
                g -> {
                    g.setGlobalAlpha(0.5);
                    CellShapes.draw(g, '░', 0, 0, 8, 17, 1);
                    assertThat(g.getGlobalAlpha()).isEqualTo(0.5);
                });
    }

    static String name(int codePoint) {
        return Integer.toHexString(codePoint) + " " + Character.getName(codePoint);
    }
}
