package dev.wormhole.client.cli;

import static dev.wormhole.client.cli.Entries.FIRST;
import static dev.wormhole.client.cli.Entries.SECOND;
import static dev.wormhole.client.cli.Entries.entry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wormhole.protocol.SessionEntry;

import org.junit.jupiter.api.Test;

import java.util.List;

class SessionChoiceTest {

    private static final List<SessionEntry> SESSIONS =
            List.of(entry(FIRST, "build"), entry(SECOND, "log"));

    @Test
    void anIdAUniquePrefixAndANameMeanTheirSession() throws CliException {
        assertThat(chosen(SECOND)).isEqualTo(SECOND);
        assertThat(chosen(SECOND.toUpperCase(java.util.Locale.ROOT))).isEqualTo(SECOND);
        assertThat(chosen("aaaab")).isEqualTo(SECOND);
        assertThat(chosen("build")).isEqualTo(FIRST);
    }

    @Test
    void whatMeansSeveralIsRefusedWithTheirIds() {
        assertThatThrownBy(() -> chosen("aaaa"))
                .hasMessageContaining(FIRST)
                .hasMessageContaining(SECOND);
    }

    @Test
    void twoOfOneNameAreRefusedWithTheirIds() {
        var twins = List.of(entry(FIRST, "twin"), entry(SECOND, "twin"));

        assertThatThrownBy(() -> SessionChoice.choose("twin", twins))
                .hasMessageContaining(FIRST)
                .hasMessageContaining(SECOND);
    }

    @Test
    void aNameThatIsAlsoAPrefixOfAnotherIdIsAmbiguousButAWholeIdNeverIs() throws CliException {
        var sessions = List.of(entry(FIRST, SECOND), entry(SECOND, "aaaaa"));

        assertThatThrownBy(() -> SessionChoice.choose("aaaaa", sessions))
                .hasMessageContaining("2 sessions");
        assertThat(SessionChoice.choose(SECOND, sessions).id()).hasToString(SECOND);
    }

    @Test
    void whatMeansNoneIsRefusedAndAnEmptyWordIsWrongUsage() {
        assertThatThrownBy(() -> chosen("nosuch")).hasMessageContaining("no session nosuch");
        assertThatThrownBy(() -> chosen(""))
                .isInstanceOfSatisfying(
                        CliException.class, e -> assertThat(e.status()).isEqualTo(2));
    }

    private static String chosen(String word) throws CliException {
        return SessionChoice.choose(word, SESSIONS).id().toString();
    }
}
