package dev.wormhole.terminal.text;

import com.ibm.icu.lang.UCharacter;
import com.ibm.icu.lang.UCharacter.GraphemeClusterBreak;
import com.ibm.icu.lang.UProperty;
import com.ibm.icu.text.UnicodeSet;
import com.ibm.icu.util.VersionInfo;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Writes {@code CharacterRuns.java} from ICU's Unicode data: {@code main} with the file's path,
 * after the version of icu4j has changed; then {@code packaging/format}.
 */
final class CharacterTableGenerator {

    private static final int RUNS_A_LINE = 80;

    /** Emoji of their own and the bases of emoji variation sequences; a flag's half is neither. */
    private static final UnicodeSet EMOJI_BASES =
            new UnicodeSet("[[:Emoji:]-[:Regional_Indicator:]-[:Emoji_Modifier:]]").freeze();

    private static final UnicodeSet CONSONANTS = new UnicodeSet("[:InCB=Consonant:]").freeze();
    private static final UnicodeSet LINKERS = new UnicodeSet("[:InCB=Linker:]").freeze();
    private static final UnicodeSet IN_CONJUNCTS = new UnicodeSet("[:InCB=Extend:]").freeze();

    private CharacterTableGenerator() {}

    public static void main(String[] args) throws IOException {
        Files.writeString(Path.of(args[0]), source());
    }

    /** The runs as they have to be. */
    static String runs() {
        List<Byte> values = values();
        var runs = new StringBuilder();
        for (int from = 0; from <= Character.MAX_CODE_POINT; ) {
            int to = from + 1;
            while (to <= Character.MAX_CODE_POINT && value(to) == value(from)) to++;
            if (to - from > 1) runs.append(Integer.toString(to - from, 32));
            runs.append((char) ('A' + values.indexOf(value(from))));
            from = to;
        }
        return runs.toString();
    }

    /** The byte of a code point; all Hangul syllables have three letters here. */
    private static byte value(int c) {
        int value = CharacterWidthRule.of(c) | characterClass(c) << CharacterTable.CLASS_SHIFT;
        return (byte) (EMOJI_BASES.contains(c) ? value | CharacterTable.EMOJI : value);
    }

    private static int characterClass(int c) {
        boolean isConsonant = CONSONANTS.contains(c);
        boolean isLinker = LINKERS.contains(c);
        boolean isInConjunct = IN_CONJUNCTS.contains(c);
        return switch (UCharacter.getIntPropertyValue(c, UProperty.GRAPHEME_CLUSTER_BREAK)) {
            case GraphemeClusterBreak.CR, GraphemeClusterBreak.LF, GraphemeClusterBreak.CONTROL ->
                    CharacterTable.CONTROL;
            case GraphemeClusterBreak.EXTEND ->
                    isLinker
                            ? CharacterTable.LINKER
                            : isInConjunct ? CharacterTable.CONJUNCT_EXTEND : CharacterTable.EXTEND;
            case GraphemeClusterBreak.ZWJ -> CharacterTable.ZWJ;
            case GraphemeClusterBreak.REGIONAL_INDICATOR -> CharacterTable.REGIONAL;
            case GraphemeClusterBreak.PREPEND -> CharacterTable.PREPEND;
            case GraphemeClusterBreak.SPACING_MARK -> CharacterTable.SPACING;
            case GraphemeClusterBreak.L -> CharacterTable.HANGUL_L;
            case GraphemeClusterBreak.V -> CharacterTable.HANGUL_V;
            case GraphemeClusterBreak.T -> CharacterTable.HANGUL_T;
            case GraphemeClusterBreak.LV, GraphemeClusterBreak.LVT -> CharacterTable.HANGUL_LVT;
            default -> other(c, isConsonant, isLinker);
        };
    }

    private static int other(int c, boolean isConsonant, boolean isLinker) {
        if (isLinker) return CharacterTable.STANDING_LINKER;
        if (UCharacter.hasBinaryProperty(c, UProperty.EXTENDED_PICTOGRAPHIC)) {
            return CharacterTable.PICTOGRAPH;
        }
        return isConsonant ? CharacterTable.CONSONANT : CharacterTable.OTHER;
    }

    static List<Byte> values() {
        var values = new ArrayList<Byte>();
        for (int c = 0; c <= Character.MAX_CODE_POINT; c++) {
            if (!values.contains(value(c))) values.add(value(c));
        }
        return values;
    }

    private static String source() {
        var text = new StringBuilder();
        List<Byte> values = values();
        VersionInfo version = UCharacter.getUnicodeVersion();
        text.append("package dev.wormhole.terminal.text;\n\n")
                .append(
                        "/**\n"
                            + " * The Unicode data of {@link CharacterTable}, from ICU. Generated"
                            + " by ")
                .append("CharacterTableGenerator in\n * the test tree.\n */\n")
                .append("final class CharacterRuns {\n\n")
                .append("    static final String UNICODE = \"")
                .append(version.getMajor() + "." + version.getMinor())
                .append("\";\n\n")
                .append("    /** The first is A's, the next B's in the runs. */\n")
                .append("    static final byte[] VALUES = {\n        ");
        for (int i = 0; i < values.size(); i++) {
            if (i > 0) text.append(i % 16 == 0 ? ",\n        " : ", ");
            text.append(values.get(i));
        }
        text.append("\n    };\n\n")
                .append(
                        "    /**\n"
                            + "     * From U+0000 to U+10FFFF: how many code points, as a number to"
                            + " ")
                .append("base 32 unless one, and the\n     * letter of their value.\n     */\n")
                .append("    static final String RUNS =\n            ");
        String runs = runs();
        for (int i = 0; i < runs.length(); i += RUNS_A_LINE) {
            if (i > 0) text.append("\n                    + ");
            text.append('"').append(runs, i, Math.min(runs.length(), i + RUNS_A_LINE)).append('"');
        }
        return text.append(";\n\n    private CharacterRuns() {}\n}\n").toString();
    }
}
