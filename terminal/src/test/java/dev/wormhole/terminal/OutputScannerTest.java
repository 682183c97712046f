package dev.wormhole.terminal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

class OutputScannerTest {

    private final Heard heard = new Heard();
    private final OutputScanner scanner = new OutputScanner("1.2.3", heard);

    private static final class Heard implements OutputScanner.Listener {

        final List<String> events = new ArrayList<>();

        @Override
        public void title(String title) {
            events.add("title " + title);
        }

        @Override
        public void directory(String host, String path) {
            events.add("directory " + host + " " + path);
        }

        @Override
        public void bell() {
            events.add("bell");
        }

        @Override
        public void reply(byte[] answer) {
            events.add("reply " + new String(answer, ISO_8859_1));
        }
    }

    private void feed(String latin1) {
        byte[] bytes = latin1.getBytes(ISO_8859_1);
        scanner.feed(bytes, 0, bytes.length);
    }

    @Test
    void titlesComeFromOscZeroAndTwo() {
        feed(
                "\033]0;one;two\007\033]2;caf\u00c3\u00a9\033\\\033]1;icon\007\033]2;\007\033]20;no\007\033]2\007");

        assertThat(heard.events).containsExactly("title one;two", "title café", "title ");
    }

    @Test
    void aTitleIsShortAndTame() {
        feed("\033]2;a\u00c2\u009bb\177c\u00e2\u0080\u00aed\u00e2\u0080\u00a8e\007");
        feed("\033]2;" + "\u00f0\u009f\u0098\u0080".repeat(300) + "\007");

        assertThat(heard.events).containsExactly("title abcde", "title " + "😀".repeat(256));
    }

    @Test
    void directoriesAreDecodedWithTheirHost() {
        feed(
                "\033]7;file://box/home/me/a%20b%C3%A9\007\033]7;file:///tmp\033\\\033]7;FILE://h/x?y#z\007");
        feed("\033]7;file://h/caf\u00c3\u00a9\007");

        assertThat(heard.events)
                .containsExactly(
                        "directory box /home/me/a bé",
                        "directory  /tmp",
                        "directory h /x?y#z",
                        "directory h /café");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "/tmp",
                "file:",
                "file://",
                "file://host",
                "http://h/x",
                "file://h/%",
                "file://h/%4",
                "file://h/%zz",
                "file://h/%00",
                "file://h/%0a",
                "file://h/%1b[c",
                "file://h/%ff",
                "file://h%0a/x",
                "kitty-shell-cwd://h/x"
            })
    void whatIsNoAbsolutePathIsNotHeard(String uri) {
        feed("\033]7;" + uri + "\007");

        assertThat(heard.events).isEmpty();
    }

    @Test
    void aPathLongerThanTheSystemsIsNotHeard() {
        feed("\033]7;file:///" + "x".repeat(5000) + "\007");

        assertThat(heard.events).isEmpty();
    }

    @Test
    void bellsRingOnlyOutsideStrings() {
        feed("\007\033]0;t\007\007\033_a\007b\033\\");

        assertThat(heard.events).containsExactly("bell", "title t", "bell");
    }

    @Test
    void queriesAreAnsweredFromFixedTexts() {
        feed("\033[c\033[0c\033[>c\033[>0c\033[5n\033[>q\033[>0q");

        assertThat(heard.events)
                .containsExactly(
                        "reply \033[?62;22c",
                        "reply \033[?62;22c",
                        "reply \033[>1;10;0c",
                        "reply \033[>1;10;0c",
                        "reply \033[0n",
                        "reply \033P>|wormhole(1.2.3)\033\\",
                        "reply \033P>|wormhole(1.2.3)\033\\");
    }

    @Test
    void answersAndOtherQueriesAreNotAnswered() {
        feed(
                "\033[?62;22c\033[>1;10;0c\033[1c\033[6n\033[?5n\033[0n\033[=c\033[1q\033[5;5n\033P$qm\033\\");

        assertThat(heard.events).isEmpty();
    }

    @Test
    void anAnswerBelongsToItsListener() {
        var scanner =
                new OutputScanner(
                        "1",
                        new OutputScanner.Listener() {
                            @Override
                            public void reply(byte[] answer) {
                                assertThat(answer).startsWith(27, '[');
                                answer[0] = 'x';
                            }
                        });

        scanner.feed("\033[c\033[c".getBytes(ISO_8859_1), 0, 6);
    }

    @Test
    void aVersionCannotEndTheAnswer() {
        assertThatThrownBy(() -> new OutputScanner("1\033\\", heard))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void theFirstLineStartAfterTheSeekIsKept() {
        scanner.seekCuts();
        assertThat(scanner.lineStart()).as("the beginning").isZero();
        feed("ab");
        scanner.seekCuts();
        assertThat(scanner.lineStart()).isEqualTo(OutputScanner.NONE);
        assertThat(scanner.boundary()).isEqualTo(2);

        feed("c\r\nde\r\n");
        assertThat(scanner.lineStart()).isEqualTo(5);

        scanner.seekCuts();
        assertThat(scanner.lineStart()).as("just after a line feed").isEqualTo(9);
        feed("x");
        assertThat(scanner.lineStart()).isEqualTo(9);
    }

    @Test
    void aLineFeedInsideASequenceIsNoCut() {
        feed("x");
        scanner.seekCuts();
        feed("\033[5\nC\033]0;a\nb\007");
        assertThat(scanner.lineStart()).isEqualTo(OutputScanner.NONE);

        feed("y\n");
        assertThat(scanner.lineStart()).isEqualTo(scanner.position());
    }

    @Test
    void aSeekInsideASequenceFindsTheBoundaryBehindIt() {
        feed("\033[1");
        scanner.seekCuts();
        assertThat(scanner.boundary()).isEqualTo(OutputScanner.NONE);
        feed("2\007");
        assertThat(scanner.boundary()).isEqualTo(OutputScanner.NONE);
        feed("m");
        assertThat(scanner.boundary()).isEqualTo(6);
        feed("more");
        assertThat(scanner.boundary()).isEqualTo(6);
    }

    @Test
    void aSequenceGivenUpForAnotherIsNoBoundary() {
        feed("\033[1");
        scanner.seekCuts();
        feed("\033[2m");

        assertThat(scanner.boundary()).isEqualTo(scanner.position());
    }

    @Test
    void aScannerThatGoesOnElsewhereDoesNotClaimALine() {
        var later = new OutputScanner("1", 5000, heard);
        later.seekCuts();
        assertThat(later.lineStart()).isEqualTo(OutputScanner.NONE);
        later.feed(new byte[] {'\n'}, 0, 1);
        assertThat(later.lineStart()).isEqualTo(5001);
    }

    /**
     * What a ring relies on: output cut at either place is parsed as it would have been in the
     * whole.
     */
    @ParameterizedTest
    @MethodSource("dev.wormhole.terminal.RandomOutput#seeds")
    void cutsLeaveTheRestAsItWas(long seed) {
        var output = new RandomOutput(seed);
        byte[] bytes = output.bytes();
        long fed = 0;
        for (byte[] block : output.split(bytes)) {
            scanner.seekCuts();
            scanner.feed(block, 0, block.length);
            for (long cut : new long[] {scanner.lineStart(), scanner.boundary()}) {
                if (cut == OutputScanner.NONE) continue;
                byte[] before = Arrays.copyOf(bytes, (int) cut);
                byte[] rest = Arrays.copyOfRange(bytes, (int) cut, bytes.length);
                List<String> inTheWhole =
                        new CallLog().feed(before).forget().feedAfter(cut, rest).calls;

                assertThat(cut).as("seed %d", seed).isBetween(fed, fed + block.length);
                assertThat(new CallLog().feed(rest).calls)
                        .as("seed %d, cut %d", seed, cut)
                        .isEqualTo(inTheWhole);
            }
            fed += block.length;
        }
    }
}
