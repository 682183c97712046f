package dev.wormhole.app.terminal.shape;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.testfx.framework.junit5.ApplicationExtension;

import java.util.Arrays;
import java.util.List;
import java.util.Set;

/** Unicode's names of the characters say where a line of which weight leaves the cell. */
@ExtendWith(ApplicationExtension.class)
class BoxLinesTest {

    private static final String PREFIX = "BOX DRAWINGS ";
    private static final List<String> SIDES = List.of("UP", "RIGHT", "DOWN", "LEFT");
    private static final List<String> WEIGHTS = List.of("NONE", "LIGHT", "HEAVY", "DOUBLE");

    @ParameterizedTest
    @CsvSource({"8,17,1", "9,20,1", "7,14,1", "10,21,1.25", "13,27,1.5", "16,34,2"})
    void linesLeaveTheCellWhereThoseOfTheNextOneBegin(int width, int height, double scale) {
        ShapeSheet sheet = ShapeSheet.of(width, height, scale);
        String[] across = edges(sheet, height, 0x2500, 0x2501, 0x2550, 3);
        String[] down = edges(sheet, width, 0x2502, 0x2503, 0x2551, 0);

        for (int c = 0x2500; c <= 0x257F; c++) {
            String name = Character.getName(c).substring(PREFIX.length());
            if (name.contains("DASH") || name.contains("DIAGONAL")) continue;
            int[] weights = weights(name);
            for (int side = 0; side < 4; side++) {
                String[] expected = side % 2 == 0 ? down : across;
                assertThat(edge(sheet.cell(c), side))
                        .as(name + " " + SIDES.get(side))
                        .isEqualTo(expected[weights[side]]);
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"8,17,1", "9,20,1", "16,34,2", "24,50,2"})
    void aHeavyLineIsTwiceALightOneAndADoubleOneHasAGap(int width, int height, double scale) {
        ShapeSheet sheet = ShapeSheet.of(width, height, scale);
        String[] across = edges(sheet, height, 0x2500, 0x2501, 0x2550, 3);
        int light = painted(across[1]);

        assertThat(light).isPositive();
        assertThat(across[1]).contains("#".repeat(light));
        assertThat(across[2]).contains("#".repeat(2 * light)).matches("\\.+#+\\.+");
        assertThat(across[3])
                .contains("#".repeat(light) + ".".repeat(light) + "#".repeat(light))
                .matches("\\.+#+\\.+#+\\.+");
    }

    @Test
    void edgesOfLinesAreSharp() {
        ShapeSheet sheet = ShapeSheet.of(9, 20, 1.25);

        for (int c = 0x2500; c <= 0x257F; c++) {
            if (c >= 0x256D && c <= 0x2573) continue;
            Ink cell = sheet.cell(c);
            for (int y = 0; y < 20; y++) {
                for (int x = 0; x < 9; x++) {
                    int ink = cell.at(x, y);
                    assertThat(ink == 0 || ink >= Ink.FULL - 1).as(c + ": " + ink).isTrue();
                }
            }
        }
    }

    @Test
    void channelsOfDoubleLinesOpenIntoEachOther() {
        ShapeSheet sheet = ShapeSheet.of(8, 17, 1);
        Ink cross = sheet.cell('╬');

        assertThat(cross.column(3)).isEqualTo(".".repeat(17));
        assertThat(cross.row(8)).isEqualTo("........");
        assertThat(sheet.cell('╠').column(2)).isEqualTo("#".repeat(17));
        assertThat(sheet.cell('╩').row(9)).isEqualTo("########");
        assertThat(sheet.cell('╔').row(7)).isEqualTo("..######");
        assertThat(sheet.cell('╔').row(8)).isEqualTo("..#.....");
        assertThat(sheet.cell('╔').row(9)).isEqualTo("..#.####");
    }

    @Test
    void singleLinesCrossDoubleOnesAndEndAtTheNearerLine() {
        ShapeSheet sheet = ShapeSheet.of(8, 17, 1);

        assertThat(sheet.cell('╫').row(8)).isEqualTo("########");
        assertThat(sheet.cell('╪').column(3)).isEqualTo("#".repeat(17));
        assertThat(sheet.cell('╟').row(8)).isEqualTo("..#.####");
        assertThat(sheet.cell('╢').row(8)).isEqualTo("###.#...");
        assertThat(sheet.cell('╓').row(8)).isEqualTo("..######");
        assertThat(sheet.cell('╤').column(3)).isEqualTo(".......#." + "#".repeat(8));
    }

    @ParameterizedTest
    @CsvSource({"8,17", "9,20", "11,23", "16,34"})
    void dashesKeepTheirRhythmIntoTheNextCell(int width, int height) {
        ShapeSheet sheet = ShapeSheet.of(width, height, 1);

        var box = new CellBox(width, height);
        for (int c : "┄┅┆┇┈┉┊┋╌╍╎╏".codePoints().toArray()) {
            Ink cell = sheet.cell(c);
            String name = Character.getName(c);
            String line =
                    name.endsWith("HORIZONTAL")
                            ? cell.row(box.lineTop())
                            : cell.column(box.lineLeft());
            int dashes = name.contains("QUADRUPLE") ? 4 : name.contains("TRIPLE") ? 3 : 2;
            String joined = line + line;

            assertThat(groups(line, '#')).as(name + " " + line).hasSize(dashes);
            assertThat(groups(joined, '#')).as(name + " " + joined).hasSize(2 * dashes);
            String within = joined.substring(joined.indexOf('#'), joined.lastIndexOf('#'));
            assertThat(Set.copyOf(groups(within, '.'))).as(name + " " + joined).hasSize(1);
        }
    }

    @ParameterizedTest
    @CsvSource({"8,17", "9,20", "16,34"})
    void roundedCornersReachFromLineToLine(int width, int height) {
        ShapeSheet sheet = ShapeSheet.of(width, height, 1);

        for (String pair : List.of("╭┌", "╮┐", "╯┘", "╰└")) {
            Ink round = sheet.cell(pair.charAt(0));
            Ink square = sheet.cell(pair.charAt(1));
            for (int side = 0; side < 4; side++) {
                assertThat(edge(round, side)).as(pair).isEqualTo(edge(square, side));
            }
            assertThat(round.sum()).as(pair).isLessThan(square.sum());
        }
    }

    /** What leaves the cell for each weight of a line, taken from straight ones. */
    private static String[] edges(
            ShapeSheet sheet, int length, int light, int heavy, int doubled, int side) {
        return new String[] {
            ".".repeat(length),
            edge(sheet.cell(light), side),
            edge(sheet.cell(heavy), side),
            edge(sheet.cell(doubled), side)
        };
    }

    private static String edge(Ink cell, int side) {
        return switch (side) {
            case 0 -> cell.row(0);
            case 1 -> cell.column(cell.width() - 1);
            case 2 -> cell.row(cell.height() - 1);
            default -> cell.column(0);
        };
    }

    /** By side, from names like "LEFT UP HEAVY AND RIGHT DOWN LIGHT" and "DOUBLE UP AND LEFT". */
    private static int[] weights(String name) {
        int[] weights = new int[4];
        int weight = 0;
        for (String part : name.split(" AND ")) {
            var words = List.of(part.split(" "));
            for (String word : words) {
                if (WEIGHTS.contains(word)) weight = WEIGHTS.indexOf(word);
                if (word.equals("SINGLE") || word.equals("ARC")) weight = 1;
            }
            for (String word : words) {
                if (SIDES.contains(word)) weights[SIDES.indexOf(word)] = weight;
                if (word.equals("VERTICAL")) weights[0] = weights[2] = weight;
                if (word.equals("HORIZONTAL")) weights[1] = weights[3] = weight;
            }
        }
        return weights;
    }

    private static int painted(String line) {
        return (int) line.chars().filter(c -> c == '#').count();
    }

    /** The stretches of a line that consist of this sign. */
    private static List<String> groups(String line, char sign) {
        String others = sign == '#' ? "\\.+" : "#+";
        return Arrays.stream(line.split(others)).filter(group -> !group.isEmpty()).toList();
    }
}
