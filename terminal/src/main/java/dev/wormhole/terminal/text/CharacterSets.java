package dev.wormhole.terminal.text;

import org.jspecify.annotations.Nullable;

import java.util.HashMap;
import java.util.Map;

/**
 * The character sets there are: those of the VT220 and VT320 (their programmer references,
 * "Character Sets") and the ISO supplements of later terminals, by the names of ctlseqs. Where a
 * set is empty DEC's terminals show a reversed question mark, U+2426.
 *
 * <p>Immutable.
 */
final class CharacterSets {

    private static final char DEL = 0x7f;

    /** The upper half of an 8-bit code begins here. */
    private static final int UPPER = 0xa0;

    private static final Map<Integer, CharacterSet> OF_94 = new HashMap<>();
    private static final Map<Integer, CharacterSet> OF_96 = new HashMap<>();

    static {
        graphics();
        nationals();
        supplements();
        technical();
    }

    private CharacterSets() {}

    static @Nullable CharacterSet find(int id, boolean is96) {
        return (is96 ? OF_96 : OF_94).get(id);
    }

    private static void graphics() {
        CharacterSet graphics =
                national(
                        "0",
                        "_`abcdefghijklmnopqrstuvwxyz{|}~",
                        "\u00a0◆▒␉␌␍␊°±␤␋┘┐┌└┼⎺⎻─⎼⎽├┤┴┬│≤≥π≠£·");
        // The VT100's alternate character ROM: there is none but the standard one.
        alias(CharacterSet.ASCII, "B", "1");
        alias(graphics, "2");
    }

    /** National replacement sets: ASCII with a few characters replaced. */
    private static void nationals() {
        // British.
        national("A", "#", "£");
        // Dutch.
        national("4", "#@[\\]{|}~", "£¾ĳ½|¨ƒ¼´");
        // Finnish.
        alias(national("C", "[\\]^`{|}~", "ÄÖÅÜéäöåü"), "5");
        // French.
        alias(national("R", "#@[\\]{|}~", "£à°ç§éùè¨"), "f");
        // French Canadian.
        alias(national("Q", "@[\\]^`{|}~", "àâçêîôéùèû"), "9");
        // German.
        national("K", "@[\\]{|}~", "§ÄÖÜäöüß");
        // Italian.
        national("Y", "#@[\\]`{|}~", "£§°çéùàòèì");
        // Norwegian and Danish.
        alias(national("`", "@[\\]^`{|}~", "ÄÆØÅÜäæøåü"), "E", "6");
        // Portuguese.
        national("%6", "[\\]{|}", "ÃÇÕãçõ");
        // Spanish.
        national("Z", "#@[\\]{|}", "£§¡Ñ¿°ñç");
        // Swedish.
        alias(national("H", "@[\\]^`{|}~", "ÉÄÖÅÜéäöåü"), "7");
        // Swiss.
        national("=", "#@[\\]^_`{|}~", "ùàéçêîèôäöüû");
        // Turkish, Hebrew and Greek, of the VT500s.
        national("%2", "&@[\\]^`{|}~", "ğİŞÖÇÜĞşöçü");
        national("%=", "`abcdefghijklmnopqrstuvwxyz", "אבגדהוזחטיךכלםמןנסעףפץצקרשת");
        national("\">", "abcdefghijklmnopqrstuvwxyz", "ΑΒΓΔΕΖΗΘΙΚΛΜΝΧΟΠΡΣΤΥΦΞΨΩ␦␦");
    }

    /** DEC's own upper half, before there was Latin-1; ISO's upper halves. */
    private static void supplements() {
        char[] dec = replaced(latin1(), "$&(,-./48>PW]^pw}~", "␦␦¤␦␦␦␦␦␦␦␦ŒŸ␦␦œÿ␦");
        dec[0] = ' ';
        dec[CharacterSet.LENGTH - 1] = DEL;
        alias(add("%5", false, dec), "<");
        add("A", true, latin1());
        add(
                "B",
                true,
                ("\u00a0Ą˘Ł¤ĽŚ§¨ŠŞŤŹ\u00adŽŻ°ą˛ł´ľśˇ¸šşťź˝žż"
                     + "ŔÁÂĂÄĹĆÇČÉĘËĚÍÎĎĐŃŇÓÔŐÖ×ŘŮÚŰÜÝŢßŕáâăäĺćçčéęëěíîďđńňóôőö÷řůúűüýţ˙")
                        .toCharArray());
        add("L", true, cyrillic());
        add("M", true, replaced(latin1(), "P]^p}~", "ĞİŞğış"));
    }

    /** Formulas, and the pieces of which larger signs are built. */
    private static void technical() {
        String signs =
                " ⎷┌─⌠⌡│⎡⎣⎤⎦⎧⎩⎫⎭⎨⎬␦␦␦␦␦␦␦␦␦␦␦≤≠≥∫"
                        + "∴∝∞÷Δ∇ΦΓ∼≃Θ×Λ⇔⇒≡ΠΨ␦Σ␦␦√ΩΞΥ⊂⊃∩∪∧∨"
                        + "¬αβχδεφγηιθκλ␦ν∂πψρστ␦ƒωξυζ←↑→↓";
        add(">", false, (signs + DEL).toCharArray());
    }

    /** ISO 8859-5: the block's order but for three signs. */
    private static char[] cyrillic() {
        var characters = new char[CharacterSet.LENGTH];
        for (int i = 0; i < characters.length; i++) characters[i] = (char) (0x400 + i);
        return replaced(characters, " -p}", "\u00a0\u00ad№§");
    }

    private static char[] latin1() {
        var characters = new char[CharacterSet.LENGTH];
        for (int i = 0; i < characters.length; i++) characters[i] = (char) (UPPER + i);
        return characters;
    }

    private static CharacterSet national(String id, String from, String to) {
        return add(id, false, replaced(CharacterSet.ascii(), from, to));
    }

    /** The characters with those at the places of the first text replaced by the second's. */
    private static char[] replaced(char[] characters, String from, String to) {
        if (from.length() != to.length()) throw new IllegalArgumentException("to: " + to);
        for (int i = 0; i < from.length(); i++) {
            characters[from.charAt(i) - CharacterSet.FIRST] = to.charAt(i);
        }
        return characters;
    }

    private static CharacterSet add(String id, boolean is96, char[] characters) {
        var set = new CharacterSet(id(id), is96, characters);
        (is96 ? OF_96 : OF_94).put(set.id(), set);
        return set;
    }

    private static void alias(CharacterSet set, String... ids) {
        for (String id : ids) OF_94.put(id(id), set);
    }

    private static int id(String bytes) {
        int id = 0;
        for (int i = 0; i < bytes.length(); i++) id = id << 8 | bytes.charAt(i);
        return id;
    }
}
