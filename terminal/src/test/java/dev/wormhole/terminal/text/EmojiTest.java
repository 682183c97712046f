package dev.wormhole.terminal.text;

import static org.assertj.core.api.Assertions.assertThat;

import com.ibm.icu.text.UnicodeSet;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EmojiTest {

    @Test
    void theOnesByDefaultAreThoseOfUnicode() {
        var ours = new UnicodeSet();
        for (int c = 0; c <= Character.MAX_CODE_POINT; c++) {
            if (Emoji.isByDefault(c)) ours.add(c);
        }

        assertThat(differing(ours, "[:Emoji_Presentation:]")).isEqualTo("[]");
    }

    @Test
    void thePossibleOnesAreThoseOfUnicodeButForDigits() {
        var ours = new UnicodeSet();
        for (int c = 0; c <= Character.MAX_CODE_POINT; c++) {
            if (Emoji.isPossible(c)) ours.add(c);
        }

        assertThat(differing(ours, "[[:Emoji:]-[:ASCII:]]")).isEqualTo("[]");
    }

    private static String differing(UnicodeSet ours, String theirs) {
        return ours.complementAll(new UnicodeSet(theirs)).toPattern(true);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "🚀",
                "❤️",
                "☺️",
                "🇩🇪",
                "🇩",
                "👍🏽",
                "☝🏽",
                "1️⃣",
                "#️⃣",
                "👨‍👩‍👧‍👦",
                "🏳️‍🌈",
                "❤‍🔥",
                "🏴󠁧󠁢󠁥󠁮󠁧󠁿",
                "🏽",
                "㊗️"
            })
    void emojiAreShownAsSuch(String cluster) {
        assertThat(Emoji.isShown(cluster)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "", "a", "1", "1⃣", "1️", "é", "☺", "♥", "→", "©", "☺︎", "🚀︎", "漢", "㊗", "🈂", "‍",
                "️", "e🏽", "⚕", "\ud83d"
            })
    void textStaysText(String cluster) {
        assertThat(Emoji.isShown(cluster)).isFalse();
    }
}
