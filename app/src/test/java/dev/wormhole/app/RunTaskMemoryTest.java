package dev.wormhole.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wormhole.app.dialog.TaskRecipe;
import dev.wormhole.client.preferences.PreferencesFile;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

@SuppressWarnings("NullAway.Init") // JUnit calls the setup first.
class RunTaskMemoryTest {

    @TempDir Path folder;
    private PreferencesFile file;

    @BeforeEach
    void place() {
        file = new PreferencesFile(folder);
    }

    private RunTaskMemory memory() {
        return new RunTaskMemory(file, file.load().preferences(), Runnable::run);
    }

    private static TaskRecipe recipe(String command) {
        return new TaskRecipe(command, "for " + command, "/srv", "30 min");
    }

    @Test
    void whatWasRunIsThereTheNextTimeTheNewestFirst() {
        RunTaskMemory memory = memory();
        memory.keep(recipe("make"));
        memory.keep(recipe("npm test"));
        memory.keep(recipe("make"));

        assertThat(memory.recent()).containsExactly(recipe("make"), recipe("npm test"));
        assertThat(memory().recent()).containsExactly(recipe("make"), recipe("npm test"));
    }

    @Test
    void twentyAreRemembered() {
        RunTaskMemory memory = memory();
        for (int i = 0; i < 30; i++) memory.keep(recipe("make " + i));

        assertThat(memory().recent()).hasSize(RunTaskMemory.MOST);
        assertThat(memory().recent().getFirst()).isEqualTo(recipe("make 29"));
    }

    @Test
    void whatAnotherWindowHasKeptMeanwhileStays() {
        RunTaskMemory one = memory();
        RunTaskMemory other = memory();
        one.keep(recipe("make"));
        other.keep(recipe("npm test"));

        assertThat(memory().recent()).containsExactly(recipe("npm test"), recipe("make"));
    }

    @Test
    void whatIsNotUnderstoodIsLeftOut() throws IOException {
        Files.writeString(
                file.path(),
                """
                {"version": 1, "tasks": {"other": 1, "recent": [
                  7, null, "make", {"command": 3}, {"command": "  "}, {"task": "no command"},
                  {"command": "two\\nlines"}, {"command": "good", "task": [], "timeLimit": 9},
                  {"command": "good"}]}}
                """);

        assertThat(memory().recent()).containsExactly(new TaskRecipe("good", "", "", ""));

        memory().keep(recipe("make"));
        assertThat(memory().recent()).hasSize(2);
        assertThat(Files.readString(file.path())).contains("\"other\": 1");
    }

    @Test
    void aSectionOfAnotherFormIsAsGoodAsNone() throws IOException {
        Files.writeString(file.path(), "{\"version\": 1, \"tasks\": [1, 2]}");

        assertThat(memory().recent()).isEmpty();

        memory().keep(recipe("make"));
        assertThat(memory().recent()).containsExactly(recipe("make"));
    }
}
