package dev.wormhole.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.Arrays;
import java.util.List;

/** What is unfinished can be carried into another parser, which then goes on like the first. */
class ParserUnfinishedTest {

    private static final int CAP = 50;

    /** Splits the output at every byte. */
    private static void check(byte[] output, String what) {
        for (int split = 0; split <= output.length; split++) {
            byte[] before = Arrays.copyOf(output, split);
            byte[] after = Arrays.copyOfRange(output, split, output.length);
            var original = new CallLog(CAP).feed(before);
            byte[] unfinished = original.parser.unfinished();
            var copy = new CallLog(CAP).feed(unfinished);

            assertThat(copy.calls).as("%s at %d: nothing is done twice", what, split).isEmpty();
            assertThat(copy.parser.isGround()).isEqualTo(original.parser.isGround());
            assertThat(copy.parser.unfinished()).as("%s at %d", what, split).isEqualTo(unfinished);
            assertThat(copy.feed(after).calls)
                    .as("%s at %d", what, split)
                    .isEqualTo(original.forget().feed(after).calls);
        }
    }

    @ParameterizedTest
    @MethodSource("dev.wormhole.terminal.RandomOutput#seeds")
    void outputSplitAnywhereGoesOnInAnotherParser(long seed) {
        check(new RandomOutput(seed).bytes(), "seed " + seed);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a\033[1;;4:3;99999;007m b\033[?1\n;2$pc",
                "\033[1;2;3;4;5;6;7;8;9;0;1;2;3;4;5;6;7;8;9;0;1;2;3;4;5;6;7;8;9;0;1;2;3;4;5;6;7m.",
                "\033[?;\007\b;5h\033[>m\033[;;$}\033[ !p\033[ !#p.\033[1?2\n#m.\033[\177\1772A.",
                "\033(B\033 #x\033 #!x.\033%\007%5.",
                "\033]0;a\303\251b\001\007\033]\302\001\234\302\001\001\234x\302\007.",
                "\033]12\302\001\303\251\302\033\\.\033_a\302\234.\033^\302\033[m\033Xs\007\033\\.",
                "\033P1;2:3$qa\302\001\234\302\n\033\\.\033P>|\302\234.\033P0$ !\302\302\234.",
                "\033P1?\302\001\234\302\234.\033P$0q\302\033\\.\033P12\n3q\r\n\033\\.",
                "\033]123456789012345678901234567890123456789012345678901234567890\302\234.",
                "\033]1234567890123456789012345678901234567890123456789\302\234.",
                "\033]12345678901234567890123456789012345678901234567890\302\234.",
                "\033]123456789012345678901234567890123456789012345678901\302\234.",
                "\033P1q12345678901234567890123456789012345678901234567890\n\302\234.",
                "\342\202\254\360\237\230\200\303.\360\237\230.\360\220\200\200\364\217\277\277\355\240\200.",
                "\033[3\303\251\033]\033\303\251\033[\360\237m\302\2331\302\205m\302\2200$\302\234.",
            })
    void everyKindOfSequenceGoesOnInAnotherParser(String output) {
        check(output.getBytes(ISO_8859_1), output);
    }

    @Test
    void inGroundNothingIsUnfinished() {
        var log = new CallLog().feed("text\r\n\033[1m\033]0;t\007\302\233m\033Px\033\\\303\251");

        assertThat(log.parser.unfinished()).isEmpty();
    }

    @Test
    void theFormIsCanonical() {
        for (String[] example :
                List.of(
                        new String[] {"\302\2331;0042\n", "\033[1;42"},
                        new String[] {"\302\235title\001", "\033]title"},
                        new String[] {"\033[99999", "\033[65535"},
                        new String[] {"\033[1;2$1", "\033[0?"},
                        new String[] {"\033]0;a\033", "\033]0;a\033"},
                        new String[] {"\033P1$q\302", "\033P1$q\302"},
                        new String[] {"\360\237\230", "\360\237\230"},
                        new String[] {"\033(", "\033("})) {
            assertThat(new CallLog().feed(example[0]).parser.unfinished())
                    .as(example[0])
                    .asString(ISO_8859_1)
                    .isEqualTo(example[1]);
        }
    }
}
