package dev.wormhole.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wormhole.client.preferences.PreferencesFile;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;

class RecoveryMemoryTest {

    @TempDir Path folder;

    private RecoveryMemory memory() {
        var file = new PreferencesFile(folder);
        return new RecoveryMemory(file, file.load().preferences(), Runnable::run);
    }

    @Test
    void aReportThatWasPutAwayStaysSoInTheNextWindowUntilTheServerStartsAgain() {
        RecoveryMemory first = memory();
        assertThat(first.isSeen("local", 7)).isFalse();

        first.seen("local", 7);

        assertThat(first.isSeen("local", 7)).isTrue();
        assertThat(memory().isSeen("local", 7)).isTrue();
        assertThat(memory().isSeen("local", 8)).isFalse();
        assertThat(memory().isSeen("far away", 7)).isFalse();
    }
}
