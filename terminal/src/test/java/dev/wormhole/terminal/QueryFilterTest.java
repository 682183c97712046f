package dev.wormhole.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

class QueryFilterTest {

    @Test
    void withoutSideEffectsNoBellNotificationClipboardOrPrivateStringPasses() {
        String text =
                "a\007b\033]9;note\007c\033]777;notify;t;b\033\\d\033]52;c;eA==\007e"
                        + "\033P>7wdata\033\\f";
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);

        byte[] left = new QueryFilter(true).filter(bytes, 0, bytes.length);

        assertThat(new String(left, StandardCharsets.UTF_8)).isEqualTo("abcdef");
    }

    @Test
    void withoutSideEffectsProgressAndTitlesStillPass() {
        String text = "\033]9;4;1;50\007\033]2;9;title\007\033]99;x\033\\";
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);

        byte[] left = new QueryFilter(true).filter(bytes, 0, bytes.length);

        assertThat(new String(left, StandardCharsets.UTF_8)).isEqualTo(text);
    }

    private static byte[] filter(byte[] bytes) {
        return new QueryFilter().filter(bytes, 0, bytes.length);
    }

    private static String filter(String latin1) {
        return new String(filter(latin1.getBytes(ISO_8859_1)), ISO_8859_1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\033[c",
                "\033[0c",
                "\033[>c",
                "\033[>0c",
                "\033[=c",
                "\033Z",
                "\302\232",
                "\302\233c",
                "\033[5n",
                "\033[6n",
                "\033[?6n",
                "\033[?15n",
                "\033[?996n",
                "\033[4$p",
                "\033[?2026$p",
                "\033P$qm\033\\",
                "\033P+q544e\033\\",
                "\033P+Q66\033\\",
                "\302\220$qm\302\234",
                "\033[>q",
                "\033[>0q",
                "\033[11t",
                "\033[13t",
                "\033[13;2t",
                "\033[14t",
                "\033[14;2t",
                "\033[15t",
                "\033[16t",
                "\033[18t",
                "\033[19t",
                "\033[20t",
                "\033[21t",
                "\033[65554t",
                "\033]4;1;?\007",
                "\033]4;1;?;2;?\033\\",
                "\033]4;1;red;2;?\033\\",
                "\033]5;0;?\007",
                "\033]10;?\007",
                "\033]11;?\033\\",
                "\033]010;?\007",
                "\033]12;?\302\234",
                "\033]17;?\007",
                "\033]19;?\007",
                "\033]10;?;?\007",
                "\033]50;?\007",
                "\033]50;?+1\007",
                "\033]52;c;?\007",
                "\033]52;;?\033\\",
                "\033]60\007",
                "\033]61;allowColorOps\007",
                "\033]21;foreground=?\007",
                "\033]22;?__current__\007",
                "\033]99;i=1:p=?;\033\\",
                "\033]1337;ReportCellSize\007",
                "\033]5522;type=read;\033\\",
                "\033]702;?\007",
                "\033[1;1;1;1;24;80*y",
                "\033[?u",
                "\033[1$u",
                "\033[&u",
                "\033[1$w",
                "\033[2$w",
                "\005",
                "\033[x",
                "\033[0x",
                "\033[1x",
                "\033['|",
                "\033[?1;1;0S",
                "\033[#R",
                "\033[1;1;2;2#|",
                "\033[?4m",
                "\033[\"v",
                "\033[1+x",
                "\033_Gi=31,s=1,v=1,a=q,t=d,f=24;AAAA\033\\",
                "\033_Ga=T;AAAA\033\\",
            })
    void whatWouldBeAnsweredIsTakenOut(String query) {
        assertThat(filter("before" + query + "after")).isEqualTo("beforeafter");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "plain",
                "a\r\n\t\007\b",
                "\000\177",
                "\u00c3\u00a9\u00e2\u0082\u00ac",
                "\u00ff\u00c3.",
                "\033[m",
                "\033[1;31m",
                "\033[?62;22c",
                "\033[?1049h",
                "\033[8;24;80t",
                "\033[8;18;18t",
                "\033[22;0t",
                "\033[23t",
                "\033[t",
                "\033[ q",
                "\033[2 q",
                "\033[1\"q",
                "\033[!p",
                "\033[>4;2m",
                "\033[>4n",
                "\033[=5u",
                "\033[>1u",
                "\033[<u",
                "\033[u",
                "\033[s",
                "\033[S",
                "\033[2S",
                "\033[1;1;2;2$x",
                "\033[2*x",
                "\033[#p",
                "\033]0;title?\007",
                "\033]2;?\033\\",
                "\033]7;file://h/tmp\007",
                "\033]8;;http://x?\033\\",
                "\033]52;c;aGVsbG8=\007",
                "\033]10;#fff\007",
                "\033]4;1;rgb:0/0/0\007",
                "\033]104\007",
                "\033]133;A\033\\",
                "\033]9;?\007",
                "\033]777;notify;?;?\007",
                "\033]22;pointer\007",
                "\033]1337;SetMark\007",
                "\033]99;i=1;hello\033\\",
                "\033Pq#0~\033\\",
                "\033P=1s\033\\",
                "\033_x\033\\",
                "\033^x\033\\",
                "\033Xx\033\\",
                "\033(B",
                "\033c",
                "\0337",
                "\033\\",
                "\033kname\033\\",
                "\033[1\nm",
                "\030\032",
                "\302\2331m",
            })
    void everythingElsePassesUnchanged(String output) {
        assertThat(filter("before" + output + "after")).isEqualTo("before" + output + "after");
    }

    @Test
    void anUnfinishedSequenceWaitsForItsEnd() {
        var filter = new QueryFilter();

        assertThat(filter.filter("a\033[".getBytes(ISO_8859_1), 0, 3))
                .asString(ISO_8859_1)
                .isEqualTo("a");
        assertThat(filter.filter("31".getBytes(ISO_8859_1), 0, 2)).isEmpty();
        assertThat(filter.filter("mb\u00c3".getBytes(ISO_8859_1), 0, 3))
                .asString(ISO_8859_1)
                .isEqualTo("\033[31mb");
        assertThat(filter.filter("\u00a9\033[6".getBytes(ISO_8859_1), 0, 4))
                .asString(ISO_8859_1)
                .isEqualTo("é".transform(QueryFilterTest::latin1OfUtf8));
        assertThat(filter.filter("n.".getBytes(ISO_8859_1), 0, 2))
                .asString(ISO_8859_1)
                .isEqualTo(".");
    }

    private static String latin1OfUtf8(String text) {
        return new String(text.getBytes(java.nio.charset.StandardCharsets.UTF_8), ISO_8859_1);
    }

    @Test
    void controlsInsideAQueryStayButNoEnquiry() {
        assertThat(filter("a\033[\n\0056\007nb")).isEqualTo("a\n\007b");
        assertThat(filter("a\033[\n\0051mb")).isEqualTo("a\nb");
        assertThat(filter("a\033]0;a\005b\007b")).isEqualTo("ab");
        assertThat(filter("a\033Pq\302\005\234\033\\b")).isEqualTo("ab");
    }

    @Test
    void givenUpAndMalformedSequencesGo() {
        assertThat(filter("a\033]52;c;?\033[mb")).isEqualTo("a\033[mb");
        assertThat(filter("a\033]10;?\030b")).isEqualTo("a\030b");
        assertThat(filter("a\033[1\033[cb")).isEqualTo("ab");
        assertThat(filter("a\033[\u00c3\u00a9cb")).isEqualTo("a\u00c3\u00a9cb");
        assertThat(filter("a\033[1?cb")).isEqualTo("ab");
        assertThat(filter("a\033]0;t\302\233cb\007c")).isEqualTo("ac");
    }

    @Test
    void whatStandsAroundAQueryDoesNotBecomeOne() {
        assertThat(filter("\u00c2\033[c\u009bc")).isEqualTo("\u00c2\000\u009bc");
        assertThat(filter("\u00c3\033[c\u00a9")).isEqualTo("\u00c3\000\u00a9");
        assertThat(filter("\u00c2\005\u009bc")).isEqualTo("\u00c2\000\u009bc");
        assertThat(filter("\u00c2\033[\005c\u009bc")).isEqualTo("\u00c2\000\u009bc");
        assertThat(filter("\u00c2\033[\tc\u009bc")).isEqualTo("\u00c2\t\u009bc");
        assertThat(filter("\u00ef\u00bf\u00bd\033[c.")).isEqualTo("\u00ef\u00bf\u00bd.");
    }

    @Test
    void aLongPicturePassesAndWhatIsOverTheCapGoes() {
        String picture = "\033Pq" + "~".repeat(900_000) + "\033\\";
        String tooLong = "\033]52;c;" + "A".repeat(QueryFilter.MAX_STRING) + "\007";

        assertThat(filter("a" + picture + "b" + tooLong + "c")).isEqualTo("a" + picture + "bc");
    }

    @Test
    void textOfAnyLengthPasses() {
        String text = "x".repeat(3 * QueryFilter.MAX_STRING);

        assertThat(filter(text)).isEqualTo(text);
    }

    @Test
    void aSequenceThatNeverEndsHoldsLittle() {
        for (String filling : List.of("0", "\000", "\177", "\033", "x\005", "\007")) {
            var filter = new QueryFilter();
            byte[] bytes = filling.repeat(100_000).getBytes(ISO_8859_1);
            filter.filter("\033[".getBytes(ISO_8859_1), 0, 2);
            for (int i = 0; i < 30; i++) filter.filter(bytes, 0, bytes.length);

            byte[] end = filter.filter("\030z".getBytes(ISO_8859_1), 0, 2);

            assertThat(new String(end, ISO_8859_1)).endsWith("\030z").hasSizeLessThan(5);
        }
    }

    @ParameterizedTest
    @MethodSource("dev.wormhole.terminal.RandomOutput#seeds")
    void whatComesOutDoesNotDependOnTheSplit(long seed) {
        var output = new RandomOutput(seed);
        byte[] bytes = output.bytes();
        for (int attempt = 0; attempt < 40; attempt++) {
            // Small caps, so that they are reached.
            int cap = attempt % 2 == 0 ? QueryFilter.MAX_STRING : 1 + attempt;
            byte[] whole = new QueryFilter(cap, cap + 8).filter(bytes, 0, bytes.length);
            var filter = new QueryFilter(cap, cap + 8);
            var pieces = new ByteArrayOutputStream();
            for (byte[] piece : output.split(bytes)) {
                pieces.writeBytes(filter.filter(piece, 0, piece.length));
            }

            assertThat(pieces.toByteArray()).as("seed %d", seed).isEqualTo(whole);
            assertThat(new CallLog().feed(whole).calls)
                    .as("seed %d", seed)
                    .doesNotContain("CSI c", "CSI 6n", "ESC Z", "C0 05", "OSC 11;?", "discarded");
        }
    }

    @ParameterizedTest
    @MethodSource("dev.wormhole.terminal.RandomOutput#seeds")
    void filteringTwiceChangesNothingMore(long seed) {
        byte[] once = filter(new RandomOutput(seed).bytes());

        assertThat(filter(once)).as("seed %d", seed).isEqualTo(once);
    }

    @ParameterizedTest
    @MethodSource("dev.wormhole.terminal.RandomOutput#seeds")
    void outputWithoutQueriesPassesByteForByte(long seed) {
        byte[] bytes = new RandomOutput(seed).bytesWithoutQueries();

        assertThat(filter(bytes)).as("seed %d", seed).isEqualTo(bytes);
    }

    @ParameterizedTest
    @MethodSource("dev.wormhole.terminal.RandomOutput#seeds")
    void noQuerySurvives(long seed) {
        var left = new CallLog().feed(filter(new RandomOutput(seed).bytes())).calls;

        assertThat(left)
                .as("seed %d", seed)
                .doesNotContain(
                        "CSI c", "CSI 0c", "CSI >c", "CSI 6n", "CSI ?6n", "CSI 18t", "CSI >q",
                        "ESC Z", "C0 05")
                .doesNotContain("OSC 11;?", "DCS +q|544e", "APC Ga=q", "CSI ?2026$p", "discarded");
    }
}
