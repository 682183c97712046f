package dev.wormhole.app.workspace;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wormhole.app.layout.Direction;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;

class KeyBindingsTest {

    private final KeyBindings defaults = KeyBindings.defaults();

    @Test
    void theKeysOfTheOriginalDoWhatTheyDidThere() {
        assertThat(command("Ctrl+Shift+D")).contains(new WorkspaceCommand.SplitRight());
        assertThat(command("Ctrl+Shift+E")).contains(new WorkspaceCommand.SplitDown());
        assertThat(command("Ctrl+Shift+W")).contains(new WorkspaceCommand.Close());
        assertThat(command("Ctrl+Shift+Left"))
                .contains(new WorkspaceCommand.FocusDirection(Direction.LEFT));
    }

    @ParameterizedTest
    @ValueSource(strings = {"Ctrl+D", "Ctrl+C", "D", "Shift+D", "F2", "Ctrl+W", "Alt+Left", "Tab"})
    void whatProgramsNeedBelongsToTheTerminal(String chord) {
        assertThat(command(chord)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "ctrl+shift+d,Ctrl+Shift+D",
        "Control + Shift + d,Ctrl+Shift+D",
        "Ctrl++,Ctrl++",
        "Ctrl+-,Ctrl+-",
        "Ctrl+0,Ctrl+0",
        "alt+PageUp,Alt+Page_up",
        "cmd+k,Meta+K",
        "F5,F5",
    })
    void aChordIsReadAsPeopleWriteIt(String text, String shown) {
        KeyChord chord = KeyChord.parse(text).orElseThrow();

        assertThat(chord).hasToString(shown);
        assertThat(KeyChord.parse(chord.toString())).contains(chord);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "Ctrl+", "Hyper+D", "Ctrl+ä", "Ctrl Shift D"})
    void whatIsNoChordIsRefused(String text) {
        assertThat(KeyChord.parse(text)).isEmpty();
    }

    @Test
    void everyCommandHasAName() {
        var names = WorkspaceCommand.byName();

        assertThat(new HashSet<>(names.values())).hasSameSizeAs(names.keySet());
        names.forEach(
                (name, command) -> assertThat(WorkspaceCommand.named(name)).contains(command));
    }

    @Test
    void aSettingBindsACommandToExactlyItsKeys() {
        var customised =
                defaults.customise(
                        Map.of("split-right", List.of("Ctrl+Shift+E"), "zoom", List.of()));

        assertThat(customised.problems()).isEmpty();
        KeyBindings bindings = customised.bindings();
        assertThat(bindings.command(chord("Ctrl+Shift+E")))
                .contains(new WorkspaceCommand.SplitRight());
        assertThat(bindings.command(chord("Ctrl+Shift+D"))).isEmpty();
        assertThat(bindings.chords(new WorkspaceCommand.SplitDown())).isEmpty();
        assertThat(bindings.chords(new WorkspaceCommand.Zoom())).isEmpty();
        assertThat(bindings.chords(new WorkspaceCommand.Close()))
                .containsExactly(chord("Ctrl+Shift+W"));
    }

    @Test
    void aSettingThatMakesNoSenseIsLeftOutAndTold() {
        var customised =
                defaults.customise(
                        Map.of("fly", List.of("Ctrl+F"), "zoom", List.of("Banana+Q", "F11")));

        assertThat(customised.problems()).hasSize(2);
        assertThat(customised.bindings().chords(new WorkspaceCommand.Zoom()))
                .containsExactly(chord("F11"));
    }

    @Test
    void theFirstChordOfACommandIsTheOneToShow() {
        assertThat(defaults.chords(new WorkspaceCommand.FontLarger()).getFirst())
                .hasToString("Ctrl++");
    }

    private Optional<WorkspaceCommand> command(String chord) {
        return defaults.command(chord(chord));
    }

    private static KeyChord chord(String text) {
        return KeyChord.parse(text).orElseThrow();
    }
}
