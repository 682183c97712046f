package dev.wormhole.client.cli;

import static dev.wormhole.client.cli.Entries.FIRST;
import static dev.wormhole.client.cli.Entries.SECOND;
import static dev.wormhole.client.cli.Entries.completed;
import static dev.wormhole.client.cli.Entries.failed;
import static dev.wormhole.client.cli.Entries.running;
import static dev.wormhole.client.cli.Entries.task;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wormhole.protocol.TaskEntry;
import dev.wormhole.protocol.TaskReason;
import dev.wormhole.protocol.TaskStatus;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

import java.time.Instant;
import java.util.List;

class TaskWordsTest {

    @ParameterizedTest
    @CsvSource({
        "EXITED, 3, , 3",
        "EXITED, 255, , 255",
        "EXITED, 256, , 1",
        "SIGNAL, , SIGSEGV, 139",
        "SIGNAL, , SIGKILL, 137",
        "SIGNAL, , SIGUSR1, 138",
        "SIGNAL, , SIGUSR2, 140",
        "SIGNAL, , SIG34, 162",
        "SIGNAL, , 40, 168",
        "SIGNAL, , SIGODD, 1",
        "SPAWN_FAILED, , , 125",
        "NEVER_STARTED, , , 125",
        "LOST, , , 125",
        "TERMINATED, , SIGTERM, 143",
        "TERMINATED, , SIGKILL, 137",
        "TERMINATED, 0, , 1",
        "TIMEOUT, , SIGTERM, 124",
        "TIMEOUT, , SIGKILL, 124",
        "TIMEOUT, 0, , 124",
        "STOPPED, , SIGTERM, 143",
        "STOPPED, , , 1",
    })
    void theExitStatusTellsHowATaskFailed(
            TaskReason reason, Integer exitCode, String signal, int status) {
        assertThat(TaskWords.status(failed(FIRST, reason, exitCode, signal))).isEqualTo(status);
    }

    @Test
    void aTaskThatCompletedIsZeroAndNothingToTalkAbout() {
        assertThat(TaskWords.status(completed(FIRST))).isZero();
        assertThat(TaskWords.line(completed(FIRST))).isEmpty();
        assertThat(TaskWords.line(failed(FIRST, TaskReason.EXITED, 3, null))).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(
            value = TaskReason.class,
            names = {"EXITED"},
            mode = EnumSource.Mode.EXCLUDE)
    void everyOtherReasonIsALine(TaskReason reason) {
        assertThat(TaskWords.line(failed(FIRST, reason, null, null)))
                .hasValueSatisfying(line -> assertThat(line).startsWith("task aaaaaaaa "));
    }

    @Test
    void linesSayWhatIsKnown() {
        assertThat(TaskWords.line(failed(FIRST, TaskReason.TIMEOUT, null, "SIGTERM")))
                .hasValue("task aaaaaaaa was ended: it ran longer than 5 min 0 s");
        assertThat(TaskWords.line(failed(FIRST, TaskReason.SPAWN_FAILED, null, null)))
                .hasValue("task aaaaaaaa could not be started: there is no program make");
        assertThat(TaskWords.line(failed(FIRST, TaskReason.SIGNAL, null, "SIGSEGV")))
                .hasValue("task aaaaaaaa was ended by SIGSEGV");
    }

    @Test
    void theTableShowsAgesResultsAndTheHomeShort() {
        var tasks =
                List.of(
                        running(FIRST, "build"),
                        failed(SECOND, TaskReason.TIMEOUT, null, "SIGTERM"),
                        failed(SECOND.replace('b', 'c'), TaskReason.EXITED, 2, null));

        List<String> lines = TaskTable.lines(tasks, Instant.ofEpochSecond(220), 0, "/home/ada");

        assertThat(lines)
                .containsExactly(
                        "ID        STATUS   RESULT   AGE        TOOK        NAME   TASK      REPO",
                        "aaaaaaaa  running           2 min 0 s  1 min 59 s  build  make all  ~/src",
                        "aaaabbbb  failed   timeout  2 min 0 s  1 min 0 s          make all  ~/src",
                        "aaaacccc  failed   exit 2   2 min 0 s  1 min 0 s          make all "
                                + " ~/src");
        for (int width : new int[] {80, 100}) {
            assertThat(TaskTable.lines(tasks, Instant.ofEpochSecond(220), width, null))
                    .allSatisfy(line -> assertThat(Words.width(line)).isLessThanOrEqualTo(width));
        }
    }

    @Test
    void whatProgramsAndPeopleWroteCannotDriveTheTerminal() {
        TaskEntry hostile =
                task(FIRST, "a\033[31m", TaskStatus.FAILED, null, TaskReason.SIGNAL, "\033c");

        assertThat(TaskTable.lines(List.of(hostile), Instant.EPOCH, 0, null).get(1))
                .doesNotContain("\033");
    }

    @Test
    void anIdAUniquePrefixAndANameMeanTheirTask() throws CliException {
        var tasks = List.of(running(FIRST, "build"), running(SECOND, "log"));

        assertThat(TaskChoice.choose(SECOND, tasks).id()).hasToString(SECOND);
        assertThat(TaskChoice.choose("AAAAB", tasks).id()).hasToString(SECOND);
        assertThat(TaskChoice.choose("build", tasks).id()).hasToString(FIRST);
        assertThatThrownBy(() -> TaskChoice.choose("aaaa", tasks))
                .hasMessageContaining(FIRST)
                .hasMessageContaining(SECOND);
        assertThatThrownBy(() -> TaskChoice.choose("nosuch", tasks))
                .hasMessageContaining("no task nosuch");
        assertThatThrownBy(() -> TaskChoice.choose("", tasks))
                .isInstanceOfSatisfying(
                        CliException.class, e -> assertThat(e.status()).isEqualTo(2));
    }

    @Test
    void aNameThatATaskAndTheOneThatRepeatsItShareIsRefusedWithTheirIds() {
        var tasks = List.of(running(FIRST, "build"), running(SECOND, "build"));

        assertThatThrownBy(() -> TaskChoice.choose("build", tasks))
                .hasMessageContaining("2 tasks")
                .hasMessageContaining(FIRST)
                .hasMessageContaining(SECOND);
    }
}
