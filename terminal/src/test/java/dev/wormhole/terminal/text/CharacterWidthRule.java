package dev.wormhole.terminal.text;

import com.ibm.icu.lang.UCharacter;
import com.ibm.icu.lang.UCharacter.EastAsianWidth;
import com.ibm.icu.lang.UProperty;
import com.ibm.icu.text.UnicodeSet;

/** How wide a code point is, by the properties of ICU: what the table is generated from. */
final class CharacterWidthRule {

    /** Marks without room of their own and what only directs the layout; and controls. */
    private static final UnicodeSet ZERO =
            new UnicodeSet("[[:Mn:][:Me:][:Cf:][:Zl:][:Zp:][:Cc:]]").freeze();

    /** These are seen, although they are format characters. */
    private static final UnicodeSet SEEN_FORMATS =
            new UnicodeSet("[\\u00ad [:Prepended_Concatenation_Mark:]]").freeze();

    /** Vowels and finals, which stand inside the two columns of the initial before them. */
    private static final UnicodeSet INNER_JAMO = new UnicodeSet("[[:hst=V:][:hst=T:]]").freeze();

    private CharacterWidthRule() {}

    static int of(int c) {
        if (SEEN_FORMATS.contains(c)) return 1;
        if (ZERO.contains(c) || INNER_JAMO.contains(c)) return 0;
        int width = UCharacter.getIntPropertyValue(c, UProperty.EAST_ASIAN_WIDTH);
        return width == EastAsianWidth.WIDE || width == EastAsianWidth.FULLWIDTH ? 2 : 1;
    }
}
