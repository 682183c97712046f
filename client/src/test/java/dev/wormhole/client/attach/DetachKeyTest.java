package dev.wormhole.client.attach;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wormhole.protocol.ByteString;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DetachKeyTest {

    private final DetachKey key = DetachKey.parse(DetachKey.DEFAULT).orElseThrow();

    @Test
    void isFoundWhereItStands() {
        assertThat(key.find(ByteString.utf8("ab\u001ccd"))).isEqualTo(2);
        assertThat(key.find(ByteString.utf8("ab"))).isEqualTo(-1);
        assertThat(key).hasToString("Ctrl-\\");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\033[92;5u",
                "\033[92;5:1u",
                "\033[92;69u",
                "\033[27;5;92~",
                "\033[92:124;5u"
            })
    void isFoundInTheFormsOfModernKeyboards(String sequence) {
        assertThat(key.find(ByteString.utf8("x" + sequence))).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"\033[92;5:3u", "\033[92;1u", "\033[93;5u", "\033[27;2;92~", "\\"})
    void isNotFoundInItsReleaseNorInOtherKeys(String sequence) {
        assertThat(key.find(ByteString.utf8(sequence))).isEqualTo(-1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"ctrl-a", "Ctrl-]", "^B", "c-g", "ctrl-@", "ctrl-_"})
    void othersCanBeChosen(String text) {
        assertThat(DetachKey.parse(text)).isPresent();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "", "a", "ctrl-", "ctrl-[", "ctrl-i", "ctrl-m", "alt-x", "ctrl-ab", "ctrl-1"
            })
    void whatATerminalSendsForOtherKeysCannot(String text) {
        assertThat(DetachKey.parse(text)).isEmpty();
    }
}
