package dev.wormhole.app.workspace;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wormhole.protocol.TaskEntry;
import dev.wormhole.protocol.TaskReason;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

class TaskWordsTest {

    private static final Instant NOW = Instant.ofEpochSecond(100);

    private final TaskEntry running = ScriptedTasks.running(10, "tests");

    @Test
    void anOutcomeSaysHowItEndedAndHowLongItTook() {
        assertThat(TaskWords.outcome(ScriptedTasks.completed(running), NOW))
                .isEqualTo("completed · 12 s");
        assertThat(TaskWords.outcome(ScriptedTasks.over(running, TaskReason.EXITED, 2), NOW))
                .isEqualTo("failed: exit status 2 · 12 s");
        assertThat(TaskWords.outcome(ScriptedTasks.over(running, TaskReason.TERMINATED, null), NOW))
                .isEqualTo("terminated · 12 s");
        assertThat(TaskWords.outcome(running, NOW)).isEqualTo("running · 1 min 30 s");
    }

    @ParameterizedTest
    @EnumSource(TaskReason.class)
    void everyReasonHasItsWords(TaskReason reason) {
        TaskEntry over = ScriptedTasks.over(running, reason, null);

        assertThat(TaskWords.status(over)).isNotBlank().doesNotContain("null");
        assertThat(TaskWords.tone(over))
                .isEqualTo(
                        reason == TaskReason.TERMINATED
                                ? TaskWords.Tone.ENDED
                                : TaskWords.Tone.BAD);
    }

    @Test
    void aLineIsShownAsItWasTyped() {
        String line = "cd /tmp && make 'a b' | tee log";

        assertThat(TaskWords.words(line)).containsExactly("sh", "-c", line);
        assertThat(TaskWords.line(TaskWords.words(line))).isEqualTo(line);
        assertThat(TaskWords.line(List.of("echo", "a b", "it's", "")))
                .isEqualTo("echo 'a b' 'it'\\''s' ''");
        assertThat(TaskWords.line(List.of())).isEqualTo("login shell");
    }

    @Test
    void aTaskIsCalledByItsPurposeElseByItsCommand() {
        assertThat(TaskWords.title(running)).isEqualTo("tests");
        assertThat(TaskWords.title(ScriptedTasks.running(1, "first\nsecond"))).isEqualTo("first");
        assertThat(TaskWords.title(ScriptedTasks.running(1, " "))).isEqualTo("make test");
    }

    @ParameterizedTest
    @CsvSource({"0,0 s", "59,59 s", "60,1 min 0 s", "3661,1 h 1 min", "90000,1 d 1 h"})
    void aTimeIsAsExactAsOneWantsToKnow(long seconds, String words) {
        assertThat(TaskWords.time(Duration.ofSeconds(seconds))).isEqualTo(words);
    }
}
