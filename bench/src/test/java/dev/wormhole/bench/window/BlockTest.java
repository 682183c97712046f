package dev.wormhole.bench.window;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class BlockTest {

    private static final int MARK = 'M';

    /** A pixel a letter. */
    private static Picture picture(String... rows) {
        return new Picture() {
            @Override
            public int width() {
                return rows[0].length();
            }

            @Override
            public int height() {
                return rows.length;
            }

            @Override
            public int rgb(int x, int y) {
                return rows[y].charAt(x);
            }
        };
    }

    @Test
    void everyMarkedCellIsFoundWithItsSize() {
        Picture picture =
                picture(
                        "..........", //
                        ".MMM...MMM",
                        ".MMM...MMM",
                        "..........",
                        "MMM.......",
                        "MMM.......");

        assertThat(Block.find(picture, MARK))
                .containsExactly(
                        new Block(1, 1, 3, 2), new Block(7, 1, 3, 2), new Block(0, 4, 3, 2));
    }

    @Test
    void aColourThatIsNearlyTheMarksIsNone() {
        assertThat(Block.find(picture("LLL", "LNN"), MARK)).isEmpty();
    }

    @Test
    void aCellShowsItsGroundThoughAGlyphCoversMostOfIt() {
        Picture picture = picture("xxxMxx", "xxxxxx");

        assertThat(new Block(3, 0, 3, 2).shows(picture, MARK)).isTrue();
        assertThat(new Block(0, 0, 3, 2).shows(picture, MARK)).isFalse();
    }

    @Test
    void cellsLieSideBySide() {
        assertThat(new Block(10, 20, 8, 16).moved(3, 2)).isEqualTo(new Block(34, 52, 8, 16));
    }
}
