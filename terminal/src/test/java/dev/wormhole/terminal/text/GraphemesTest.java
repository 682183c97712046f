package dev.wormhole.terminal.text;

import static org.assertj.core.api.Assertions.assertThat;

import com.ibm.icu.lang.UCharacter;
import com.ibm.icu.lang.UProperty;
import com.ibm.icu.text.BreakIterator;
import com.ibm.icu.util.ULocale;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;

class GraphemesTest {

    private static final int[] SAMPLES = samples();

    static LongStream seeds() {
        return LongStream.range(0, 40);
    }

    /** A code point of each kind that any of the rules tells from others. */
    private static int[] samples() {
        int[] properties = {
            UProperty.GRAPHEME_CLUSTER_BREAK,
            UProperty.INDIC_CONJUNCT_BREAK,
            UProperty.EXTENDED_PICTOGRAPHIC,
            UProperty.EMOJI,
            UProperty.EAST_ASIAN_WIDTH
        };
        var kinds = new LinkedHashMap<List<Integer>, Integer>();
        for (int c = 0; c <= Character.MAX_CODE_POINT; c++) {
            if (c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE) continue;
            var kind = new ArrayList<Integer>();
            for (int property : properties) kind.add(UCharacter.getIntPropertyValue(c, property));
            kinds.putIfAbsent(kind, c);
        }
        return kinds.values().stream().mapToInt(Integer::intValue).toArray();
    }

    private static String byRules(int... text) {
        var parts = new StringBuilder();
        int state = 0;
        for (int c : text) {
            state = state == 0 ? 0 : Graphemes.extend(state, c);
            if (state == 0) {
                parts.append("| ");
                state = Graphemes.start(c);
            }
            assertThat(state).isPositive();
            parts.append("%04X ".formatted(c));
        }
        return parts.toString();
    }

    private static String byIcu(int... codePoints) {
        String text = new String(codePoints, 0, codePoints.length);
        var iterator = BreakIterator.getCharacterInstance(ULocale.ROOT);
        iterator.setText(text);
        var parts = new StringBuilder();
        for (int i = 0; i < text.length(); i += Character.charCount(text.codePointAt(i))) {
            if (iterator.isBoundary(i)) parts.append("| ");
            parts.append("%04X ".formatted(text.codePointAt(i)));
        }
        return parts.toString();
    }

    @Test
    void everyPairOfKindsBreaksWhereIcuBreaks() {
        for (int a : SAMPLES) {
            for (int b : SAMPLES) {
                assertThat(byRules(a, b)).isEqualTo(byIcu(a, b));
            }
        }
        assertThat(SAMPLES).hasSizeGreaterThan(25);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void textOfAllKindsBreaksWhereIcuBreaks(long seed) {
        var random = new Random(seed);
        for (int i = 0; i < 100; i++) {
            int[] text = random.ints(40, 0, SAMPLES.length).map(n -> SAMPLES[n]).toArray();

            assertThat(byRules(text)).as("seed %d", seed).isEqualTo(byIcu(text));
        }
    }

    /** Few kinds, so that conjuncts, flags and joined emoji become long. */
    @ParameterizedTest
    @MethodSource("seeds")
    void longClustersBreakWhereIcuBreaks(long seed) {
        int[] kinds = {
            0x915, 0x94d, 0x93c, 0x200d, 0x200c, 0x1f468, 0x1f3fd, 0xfe0f, 0x1f1e6, 0x1100, 0x1161,
            0x11a8, 0xac00, 0xac01, 0x600, 0x903, 'a', '\r', '\n', 0x11a3a, 0x1cf5
        };
        var random = new Random(seed);
        for (int i = 0; i < 100; i++) {
            int few = 2 + random.nextInt(4);
            int[] some = random.ints(few, 0, kinds.length).map(n -> kinds[n]).toArray();
            int[] text = random.ints(30, 0, few).map(n -> some[n]).toArray();

            assertThat(byRules(text)).as("seed %d", seed).isEqualTo(byIcu(text));
        }
    }

    /** Each behind and before what the rules ask about. */
    @Test
    void everyCodePointBreaksWhereIcuBreaks() {
        var text = new ArrayList<Integer>();
        for (int c = 0; c <= Character.MAX_CODE_POINT; c++) {
            boolean isSurrogate = c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE;
            // The planes between are of one kind each.
            boolean isSample = c < 0x21000 || (c >= 0xe0000 && c < 0xe2000) || c % 0x1000 < 2;
            if (isSurrogate || !isSample) continue;
            text.addAll(List.of(0x915, 0x94d, c, 0x1f468, 0x200d, c, 0x1100, c, 0xac00, c));
            text.addAll(List.of(0x1f1e6, c, (int) '\n'));
            if (text.size() < 10_000) continue;
            int[] part = text.stream().mapToInt(Integer::intValue).toArray();
            assertThat(byRules(part)).as("up to U+%04X", c).isEqualTo(byIcu(part));
            text.clear();
        }
    }

    @Test
    void plainCharactersStandAlone() {
        for (int c = 0x20; c <= Character.MAX_CODE_POINT; c++) {
            if (!Graphemes.isPlain(c)) continue;
            for (int before : SAMPLES) {
                int state = Graphemes.start(before);
                assertThat(Graphemes.extend(state, c) != 0).isEqualTo(Graphemes.takesAny(state));
            }
            assertThat(CharacterWidth.of(c)).isPositive();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "a", "~", "é", "ж", "α", "─", "漢", "あ", "ｱ", "Ａ", "✓", "…",
    })
    void latinAndIdeographsArePlain(String text) {
        assertThat(Graphemes.isPlain(text.codePointAt(0))).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "e\u0301, 1",
        "👩‍👩‍👧‍👦, 2",
        "🇩🇪, 2",
        "🇩, 1",
        "❤️, 2",
        "❤, 1",
        "❤︎, 1",
        "😀︎, 2",
        "1️⃣, 2",
        "1⃣, 1",
        "☝🏽, 2",
        "👍🏽, 2",
        "🏳️‍🌈, 2",
        "🏴󠁧󠁢󠁥󠁮󠁧󠁿, 2",
        "각, 2",
        "\u1100\u1161\u11a8, 2",
        "क्षि, 1",
        "한, 2",
        "a\ufe0f, 1",
        "漢\ufe00, 2",
        "\u0301, 0",
        "\u06001, 1",
        "❤️‍🔥, 2",
        "ｶﾞ, 1",
        "ก็, 1",
    })
    void aClusterIsAsWideAsItsWidestPartOrAsItsStyleSays(String text, int width) {
        int[] codePoints = text.codePoints().toArray();

        assertThat(Graphemes.width(codePoints, codePoints.length)).as(text).isEqualTo(width);
    }

    @Test
    void oneCodePointIsAsWideAsItIsAlone() {
        for (int c = 0; c <= Character.MAX_CODE_POINT; c++) {
            assertThat(Graphemes.width(new int[] {c}, 1)).isEqualTo(CharacterWidth.of(c));
        }
        assertThat(Graphemes.width(new int[0], 0)).isZero();
    }
}
