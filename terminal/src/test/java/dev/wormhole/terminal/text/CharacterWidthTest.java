package dev.wormhole.terminal.text;

import static org.assertj.core.api.Assertions.assertThat;

import com.ibm.icu.lang.UCharacter;
import com.ibm.icu.lang.UCharacter.EastAsianWidth;
import com.ibm.icu.lang.UProperty;
import com.ibm.icu.text.UnicodeSet;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CharacterWidthTest {

    /** What the table says, for every code point, against what the properties alone would say. */
    @Test
    void widthsFollowUnicodeButForTheNamedDifferences() {
        var differing = new UnicodeSet();
        for (int c = 0; c <= Character.MAX_CODE_POINT; c++) {
            if (CharacterWidth.of(c) != byProperties(c)) differing.add(c);
        }
        var named = new UnicodeSet();
        for (String[] difference : DIFFERENCES) {
            var set = new UnicodeSet(difference[0]);
            int width = Integer.parseInt(difference[1]);
            for (String character : set) {
                assertThat(CharacterWidth.of(character.codePointAt(0)))
                        .as("U+%04X: %s", character.codePointAt(0), difference[2])
                        .isEqualTo(width);
            }
            named.addAll(set);
        }

        assertThat(differing.toPattern(true)).isEqualTo(named.toPattern(true));
    }

    private static final String[][] DIFFERENCES = {
        {"[\\u00ad]", "1", "SOFT HYPHEN is shown where it stands, as in every terminal"},
        {"[:Prepended_Concatenation_Mark:]", "1", "format characters that are seen: number signs"},
        {"[[:hst=V:][:hst=T:]]", "0", "letters inside the square of the initial before them"},
        {"[:Regional_Indicator:]", "1", "half a flag: the pair is two columns, as wcwidth counts"},
    };

    /** UAX #11 for what is wide, the general category for what has no room of its own. */
    private static int byProperties(int c) {
        int room =
                1 << UCharacter.NON_SPACING_MARK
                        | 1 << UCharacter.ENCLOSING_MARK
                        | 1 << UCharacter.FORMAT
                        | 1 << UCharacter.LINE_SEPARATOR
                        | 1 << UCharacter.PARAGRAPH_SEPARATOR
                        | 1 << UCharacter.CONTROL;
        if ((room >> UCharacter.getType(c) & 1) != 0) return 0;
        int width = UCharacter.getIntPropertyValue(c, UProperty.EAST_ASIAN_WIDTH);
        boolean isWide = width == EastAsianWidth.WIDE || width == EastAsianWidth.FULLWIDTH;
        return isWide || UCharacter.hasBinaryProperty(c, UProperty.EMOJI_PRESENTATION) ? 2 : 1;
    }

    @ParameterizedTest
    @CsvSource({
        "20, 1",
        "7e, 1",
        "a0, 1",
        "e9, 1",
        "fffd, 1",
        "e000, 1",
        "378, 1",
        "a1, 1",
        "3b1, 1",
        "2500, 1",
        "2603, 1",
        "261d, 1",
        "903, 1",
        "4e00, 2",
        "3042, 2",
        "ac00, 2",
        "1100, 2",
        "ff21, 2",
        "1f600, 2",
        "231a, 2",
        "1f3fb, 2",
        "20000, 2",
        "3fffd, 2",
        "300, 0",
        "200b, 0",
        "200d, 0",
        "fe0f, 0",
        "feff, 0",
        "1160, 0",
        "11a8, 0",
        "e0100, 0",
        "302a, 0",
        "10ffff, 1",
    })
    void examples(String hex, int width) {
        assertThat(CharacterWidth.of(Integer.parseInt(hex, 16))).isEqualTo(width);
    }

    @Test
    void theTableIsWhatTheGeneratorWouldWrite() {
        assertThat(CharacterRuns.RUNS)
                .as("run CharacterTableGenerator after a change of icu4j's version")
                .isEqualTo(CharacterTableGenerator.runs());
        assertThat(CharacterWidth.UNICODE)
                .isEqualTo(
                        UCharacter.getUnicodeVersion().getMajor()
                                + "."
                                + UCharacter.getUnicodeVersion().getMinor());
    }
}
