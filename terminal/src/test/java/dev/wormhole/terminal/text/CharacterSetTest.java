package dev.wormhole.terminal.text;

import static org.assertj.core.api.Assertions.assertThat;

import static java.util.Objects.requireNonNull;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.charset.Charset;

class CharacterSetTest {

    private static CharacterSet of94(String id) {
        return requireNonNull(CharacterSet.of(id(id), false), id);
    }

    private static int id(String bytes) {
        return bytes.chars().reduce(0, (id, b) -> id << 8 | b);
    }

    private static String shown(CharacterSet set, String bytes) {
        var text = new StringBuilder();
        bytes.chars().forEach(b -> text.appendCodePoint(set.map(b)));
        return text.toString();
    }

    @Test
    void asciiIsItselfAndKnownByIdentity() {
        for (int b = 0x20; b < 0x80; b++) assertThat(CharacterSet.ASCII.map(b)).isEqualTo(b);

        assertThat(CharacterSet.of('B', false)).isSameAs(CharacterSet.ASCII);
        assertThat(CharacterSet.ASCII.id()).isEqualTo('B');
        assertThat(CharacterSet.ASCII.is96()).isFalse();
    }

    @Test
    void aSetIsFoundByItsNameAndKindAlone() {
        assertThat(CharacterSet.of('A', false)).isNotSameAs(CharacterSet.of('A', true));
        assertThat(CharacterSet.of('%' << 8 | '5', false)).isSameAs(CharacterSet.of('<', false));
        assertThat(CharacterSet.of('B' | '%' << 8, false)).isNull();
        assertThat(CharacterSet.of('0', true)).isNull();
        assertThat(CharacterSet.of(0, false)).isNull();
    }

    @Test
    void everyNameGivesASetThatCanBeDesignatedAgain() {
        for (boolean is96 : new boolean[] {false, true}) {
            for (int id = 0; id < 0x10000; id++) {
                CharacterSet set = CharacterSet.of(id, is96);
                if (set == null) continue;

                assertThat(CharacterSet.of(set.id(), set.is96())).isSameAs(set);
                assertThat(set.is96()).isEqualTo(is96);
            }
        }
    }

    /** VT220 programmer reference, table 2-4; the blank is a blank that cannot be wrapped at. */
    @Test
    void graphicsAreLinesAndCorners() {
        CharacterSet graphics = of94("0");

        assertThat(shown(graphics, "`abcdefghijklmnopqrstuvwxyz{|}~"))
                .isEqualTo("◆▒␉␌␍␊°±␤␋┘┐┌└┼⎺⎻─⎼⎽├┤┴┬│≤≥π≠£·");
        assertThat(graphics.map('_')).isEqualTo(0xa0);
        for (int b = 0x20; b < '_'; b++) assertThat(graphics.map(b)).isEqualTo(b);
    }

    /** VT220 programmer reference, table 2-5, and VT320's Portuguese. */
    @ParameterizedTest
    @CsvSource(
            delimiter = ' ',
            quoteCharacter = 'q',
            value = {
                "A £@[\\]^_`{|}~", "4 £¾ĳ½|^_`¨ƒ¼´", "5 #@ÄÖÅÜ_éäöåü", "C #@ÄÖÅÜ_éäöåü",
                "R £à°ç§^_`éùè¨", "f £à°ç§^_`éùè¨", "Q #àâçêî_ôéùèû", "9 #àâçêî_ôéùèû",
                "K #§ÄÖÜ^_`äöüß", "Y £§°çé^_ùàòèì", "E #ÄÆØÅÜ_äæøåü", "6 #ÄÆØÅÜ_äæøåü",
                "` #ÄÆØÅÜ_äæøåü", "%6 #@ÃÇÕ^_`ãçõ~", "Z £§¡Ñ¿^_`°ñç~", "H #ÉÄÖÅÜ_éäöåü",
                "7 #ÉÄÖÅÜ_éäöåü", "= ùàéçêîèôäöüû",
            })
    void nationalSetsReplaceTwelvePlaces(String id, String expected) {
        CharacterSet set = of94(id);

        assertThat(shown(set, "#@[\\]^_`{|}~")).isEqualTo(expected);
        String kept = " !\"$%&'()*+,-./0123456789:;<=>?AZaz\177";
        assertThat(shown(set, kept)).isEqualTo(kept);
    }

    /** VT220 programmer reference, table 2-3: Latin-1 as it was drafted. */
    @Test
    void theSupplementOfDecIsNearlyLatin1() {
        CharacterSet dec = of94("%5");
        var differing = new StringBuilder();
        for (int b = 0x21; b < 0x7f; b++) {
            if (dec.map(b) != b + 0x80) differing.append((char) b);
        }

        assertThat(differing).hasToString("$&(,-./48>PW]^pw}~");
        assertThat(shown(dec, "(W]w}")).isEqualTo("¤ŒŸœÿ");
        assertThat(shown(dec, "$P~")).isEqualTo("␦␦␦");
        assertThat(shown(dec, " \177")).isEqualTo(" \177");
    }

    @ParameterizedTest
    @CsvSource({"A, ISO-8859-1", "B, ISO-8859-2", "L, ISO-8859-5", "M, ISO-8859-9"})
    void setsOf96AreTheUpperHalvesOfIso8859(char id, String charset) {
        CharacterSet set = requireNonNull(CharacterSet.of(id, true));

        for (int b = 0x20; b < 0x80; b++) {
            String expected = new String(new byte[] {(byte) (b | 0x80)}, Charset.forName(charset));
            assertThat(Character.toString(set.map(b))).as("%s %x", charset, b).isEqualTo(expected);
        }
    }

    /** VT320 programmer reference, "DEC Technical": the corners of its table. */
    @Test
    void theTechnicalSetHoldsFormulas() {
        CharacterSet technical = of94(">");

        assertThat(shown(technical, "!/0<?@DOPV_`aoz{~")).isEqualTo("⎷⎨⎬≤∫∴Δ≡Π√∨¬α∂ζ←↓");
        assertThat(shown(technical, "18Rmu")).isEqualTo("␦␦␦␦␦");
        assertThat(shown(technical, " \177")).isEqualTo(" \177");
    }

    /** A map that makes a wide character or a mark would break every grid drawn with it. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void everyCharacterOfEverySetIsOneColumn(boolean is96) {
        for (int id = 0; id < 0x10000; id++) {
            CharacterSet set = CharacterSet.of(id, is96);
            if (set == null) continue;
            for (int b = 0x20; b < 0x7f; b++) {
                assertThat(CharacterWidth.of(set.map(b))).as("%s %x", set, b).isEqualTo(1);
            }
        }
    }
}
