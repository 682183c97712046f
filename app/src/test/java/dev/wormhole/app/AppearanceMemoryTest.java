package dev.wormhole.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.wormhole.app.terminal.TerminalTheme;
import dev.wormhole.app.terminal.scheme.Schemes;
import dev.wormhole.app.view.Appearance;
import dev.wormhole.client.preferences.PreferencesFile;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.testfx.api.FxRobot;
import org.testfx.framework.junit5.ApplicationExtension;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;

@ExtendWith(ApplicationExtension.class)
@SuppressWarnings("NullAway.Init") // JUnit calls the setup first.
class AppearanceMemoryTest {

    @TempDir Path folder;
    private PreferencesFile file;

    @BeforeEach
    void place() {
        file = new PreferencesFile(folder);
    }

    @Test
    void whatIsChosenIsThereTheNextTime(FxRobot robot) {
        robot.interact(
                () -> {
                    var appearance = new Appearance();
                    var memory = new AppearanceMemory(appearance, file);
                    memory.keep(_ -> {});
                    appearance.modeProperty().set(Appearance.Mode.LIGHT);
                    appearance.schemeProperty(true).set("Nord");
                    appearance.schemeProperty(false).set("Tango Light");
                    appearance.fontFamilyProperty().set("Monospaced");
                    appearance.fontSizeProperty().set(16.5);
                    appearance.lineSpacingProperty().set(1.2);
                    appearance.blinkingTextProperty().set(false);
                    memory.stop();
                    memory.saveNow();
                });

        var next = restored(robot);

        assertThat(next.problems).isEmpty();
        assertThat(next.appearance.modeProperty().get()).isEqualTo(Appearance.Mode.LIGHT);
        assertThat(next.appearance.scheme(true).name()).isEqualTo("Nord");
        assertThat(next.appearance.scheme(false).name()).isEqualTo("Tango Light");
        assertThat(next.appearance.fontFamilyProperty().get()).isEqualTo("Monospaced");
        assertThat(next.appearance.fontSizeProperty().get()).isEqualTo(16.5);
        assertThat(next.appearance.lineSpacingProperty().get()).isEqualTo(1.2);
        assertThat(next.appearance.blinkingTextProperty().get()).isFalse();
        assertThat(next.appearance.terminalThemeProperty().get().blinks()).isFalse();
    }

    @Test
    void aChangeIsKeptWithoutTheWindowBeingClosed(FxRobot robot) {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            robot.interact(
                    () -> {
                        var appearance = new Appearance();
                        new AppearanceMemory(appearance, file).keep(threads);
                        appearance.fontSizeProperty().set(20);
                    });

            await().atMost(Duration.ofSeconds(60))
                    .until(() -> file.load().preferences().appearance() != null);
        }
        assertThat(restored(robot).appearance.fontSizeProperty().get()).isEqualTo(20);
    }

    @Test
    void nothingIsWrittenWhereNothingWasChosen(FxRobot robot) {
        robot.interact(
                () -> {
                    var memory = new AppearanceMemory(new Appearance(), file);
                    memory.keep(Runnable::run);
                    memory.stop();
                    memory.saveNow();
                });

        assertThat(file.path()).doesNotExist();
    }

    @Test
    void eachThingThatIsWrongIsToldAndTheDefaultUsed(FxRobot robot) throws Exception {
        write(
                """
                {"version":1,
                 "schemes":[{"name":"Broken"}],
                 "appearance":{"mode":"dim","darkScheme":"Tango Light","lightScheme":7,
                   "fontFamily":" ","fontSize":500,"lineSpacing":1.5}}
                """);

        var read = restored(robot);

        assertThat(read.problems).hasSize(6);
        assertThat(read.problems.getFirst()).contains("\"Broken\" is left out");
        assertThat(read.problems.get(1))
                .isEqualTo(
                        "appearance.mode: the default is used, because it is system, dark or"
                                + " light, not dim");
        assertThat(read.problems.get(2)).contains("no dark scheme is called \"Tango Light\"");
        assertThat(read.problems.get(5)).contains("from 6.0 to 72.0, not 500.0");
        assertThat(read.appearance.scheme(true).name()).isEqualTo(Schemes.DARK);
        assertThat(read.appearance.scheme(false).name()).isEqualTo(Schemes.LIGHT);
        assertThat(read.appearance.fontSizeProperty().get()).isEqualTo(TerminalTheme.FONT_SIZE);
        assertThat(read.appearance.lineSpacingProperty().get()).isEqualTo(1.5);
    }

    @Test
    void aSectionOfAnotherFormIsNoReasonToLoseTheRest(FxRobot robot) throws Exception {
        write("{\"version\":1,\"appearance\":[],\"schemes\":\"none\"}");

        assertThat(restored(robot).problems).hasSize(2);
        assertThat(file.load().notice()).isEmpty();
    }

    private record Restored(Appearance appearance, List<String> problems) {}

    private Restored restored(FxRobot robot) {
        var made = new ArrayList<Restored>();
        robot.interact(
                () -> {
                    var appearance = new Appearance();
                    var memory = new AppearanceMemory(appearance, file);
                    made.add(new Restored(appearance, memory.restore(file.load().preferences())));
                });
        return made.getFirst();
    }

    private void write(String text) throws IOException {
        Files.writeString(file.path(), text);
    }
}
