package dev.wormhole.client.cli;

import static dev.wormhole.client.cli.Entries.FIRST;
import static dev.wormhole.client.cli.Entries.SECOND;
import static dev.wormhole.client.cli.Entries.completed;
import static dev.wormhole.client.cli.Entries.failed;
import static dev.wormhole.client.cli.Entries.running;
import static dev.wormhole.client.cli.Entries.task;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wormhole.client.link.LinkTarget;
import dev.wormhole.protocol.ByteString;
import dev.wormhole.protocol.ClientMessage;
import dev.wormhole.protocol.ServerMessage;
import dev.wormhole.protocol.SessionId;
import dev.wormhole.protocol.TaskEntry;
import dev.wormhole.protocol.TaskReason;
import dev.wormhole.protocol.TaskStatus;
import dev.wormhole.protocol.TerminalSize;
import dev.wormhole.protocol.json.Json;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

class TaskCommandsTest {

    private static final TaskEntry PENDING =
            task(FIRST, null, TaskStatus.PENDING, null, null, null);

    @TempDir Path folder;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private final Map<String, String> environment = new HashMap<>();
    private final List<ClientMessage.TaskStart> started = new ArrayList<>();
    private final List<String> done = new ArrayList<>();
    private final List<LinkTarget> targets = new ArrayList<>();
    private final Interrupts interrupts = new Interrupts();

    /** What the server says of the task, one status after the other; the last one stays. */
    private final Deque<TaskEntry> course = new ArrayDeque<>();

    /** What is answered when somebody waits for output; after the last it is complete. */
    private final Deque<Object> output = new ArrayDeque<>();

    private final Deque<String> answers = new ArrayDeque<>();
    private List<TaskEntry> tasks = List.of(running(FIRST, "build"), running(SECOND, "log"));
    private boolean isTerminal;
    private boolean hasKeyboard;
    private String refusal;
    private String noTermination;
    private OutputStream stdout = out;

    /** An answer that begins beyond where it was asked for. */
    private record Gap(long bytes, String text) {}

    /** A person presses Ctrl-C while there is nothing to print. */
    private record CtrlC() {}

    @BeforeEach
    void surroundings() {
        environment.put("HOME", folder.toString());
        environment.put("WORMHOLE_DATA", folder.resolve("data").toString());
        environment.put("WORMHOLE_CONFIG", folder.resolve("config").toString());
        course.add(completed(FIRST));
    }

    @Test
    void runStartsTheTaskHereAndSaysWhatItIsFor() {
        assertThat(run("run", "--name", "b", "--timeout", "5m", "--", "make", "-j", "it's"))
                .isZero();

        ClientMessage.TaskStart request = started.getFirst();
        assertThat(request.repo()).isEqualTo(folder.toString());
        assertThat(request.command()).containsExactly("make", "-j", "it's");
        assertThat(request.task()).isEqualTo("make -j 'it'\\''s'");
        assertThat(request.name()).isEqualTo("b");
        assertThat(request.timeLimit()).isEqualTo(300_000);
        assertThat(request.createId()).isNotBlank();
        assertThat(request.size()).isNull();
        assertThat(text(out) + text(err)).isEmpty();
    }

    @Test
    void runTakesADirectoryAndAText() {
        assertThat(run("run", "--wait", "--repo", "sub", "--task", "tidy", "--", "make")).isZero();

        assertThat(started.getFirst().repo()).isEqualTo(folder.resolve("sub").toString());
        assertThat(started.getFirst().task()).isEqualTo("tidy");
    }

    @Test
    void aTaskOnAnotherMachineRunsWhereItIsTold() {
        environment.put("WORMHOLE_TOKEN", "t");

        assertThat(run("run", "--server", "ws://localhost:1/", "--repo", "/srv/x", "--", "make"))
                .isZero();

        assertThat(started.getFirst().repo()).isEqualTo("/srv/x");
        assertThat(run("run", "--server", "ws://localhost:1/", "--", "make")).isEqualTo(2);
        assertThat(run("run", "--server", "ws://localhost:1/", "--repo", "x", "--", "make"))
                .isEqualTo(2);
        assertThat(text(err)).hasLineCount(2).contains("whole path");
    }

    @ParameterizedTest
    @CsvSource({
        "90, 90000",
        "90s, 90000",
        "0.5s, 500",
        "5m, 300000",
        "1.5h, 5400000",
        "366d, 31622400000"
    })
    void aTimeoutIsANumberWithAUnit(String given, long millis) throws CliException {
        assertThat(RunCommand.timeLimit(given)).isEqualTo(millis);
    }

    @Test
    void runPrintsAllOutputOnceAndExitsAsTheCommandDoes() {
        course.clear();
        course.add(failed(FIRST, TaskReason.EXITED, 3, null));
        output.addAll(List.of("one\r\n", "10%\r", "99%\r\ntw", "o"));

        assertThat(run("run", "--", "make")).isEqualTo(3);

        assertThat(text(out)).isEqualTo("one\n99%\ntwo");
        assertThat(text(err)).isEmpty();
    }

    @Test
    void onATerminalTheBytesAreShownButNothingThatMakesItAnswer() {
        isTerminal = true;
        output.addAll(List.of("\033[31mred\033[c\033[6", "n\007\r\n"));

        assertThat(run("run", "--", "make")).isZero();

        assertThat(text(out)).startsWith("\033[31mred\007\r\n");
        assertThat(started.getFirst().size()).isEqualTo(new TerminalSize(120, 40));
    }

    @Test
    void theTerminalIsLeftAsItWas() {
        isTerminal = true;
        output.add("\033[?1049h\033[?25l");

        assertThat(run("run", "--", "vim")).isZero();

        assertThat(text(out)).contains("\033[?1049l", "\033[?25h", "\033[0m");
    }

    @ParameterizedTest
    @CsvSource({
        "SIGNAL, , SIGKILL, 137, was ended by SIGKILL",
        "TERMINATED, , SIGTERM, 143, was terminated",
        "TERMINATED, 1, , 1, was terminated",
        "TIMEOUT, , SIGTERM, 124, it ran longer than 5 min",
        "STOPPED, , SIGTERM, 143, its server stopped",
        "LOST, , , 125, is lost",
        "SPAWN_FAILED, , , 125, there is no program make",
        "NEVER_STARTED, , , 125, never started",
    })
    void whatWasNotTheCommandsOwnEndIsOneLineAndItsStatus(
            TaskReason reason, Integer exitCode, String signal, int status, String words) {
        course.clear();
        course.add(running(FIRST, null));
        course.add(failed(FIRST, reason, exitCode, signal));

        assertThat(run("run", "--", "make")).isEqualTo(status);

        assertThat(text(err)).startsWith("wormhole: task aaaaaaaa ").contains(words);
        assertThat(text(err)).hasLineCount(1);
        assertThat(text(out)).isEmpty();
    }

    @Test
    void whenWormholeFailsItIsOneLineAnd125() {
        refusal = "no server runs for /x: start one";

        assertThat(run("run", "--", "make")).isEqualTo(125);
        assertThat(run("run", "--detach", "--", "make")).isEqualTo(125);
        assertThat(run("run", "--server", "nosuch", "--repo", "/", "--", "make")).isEqualTo(125);

        assertThat(text(err)).hasLineCount(3).contains("no server runs", "no host is saved");
        assertThat(text(out)).isEmpty();
    }

    @Test
    void aDefectIs125Too() {
        output.add(new IllegalStateException("odd"));

        assertThat(run("run", "--", "make")).isEqualTo(125);
        assertThat(text(err)).contains("please report it");
    }

    @Test
    void aConnectionThatDoesNotComeBackIs125AndTheTaskIsNotForgotten() {
        output.add("one\n");
        output.add(CliException.failed("the connection was lost and does not come back: x"));

        assertThat(run("run", "--", "make")).isEqualTo(125);

        assertThat(text(out)).isEqualTo("one\n");
        assertThat(text(err)).hasLineCount(1).contains("was lost", "wormhole output aaaaaaaa");
    }

    @Test
    void whereNobodyReadsStdoutRunEndsAndTheTaskDoesNot() {
        output.add("one\n");
        stdout =
                new OutputStream() {
                    @Override
                    public void write(int b) throws IOException {
                        throw new IOException("Broken pipe");
                    }
                };

        assertThat(run("run", "--", "make")).isEqualTo(125);

        assertThat(text(err)).contains("stdout takes no more", "wormhole output aaaaaaaa");
        assertThat(done).isEmpty();
    }

    @Test
    void detachPrintsTheIdAloneOnceTheTaskRuns() {
        course.clear();
        course.add(PENDING);
        course.add(running(FIRST, null));

        assertThat(run("run", "--detach", "--", "make")).isZero();

        assertThat(text(out)).isEqualTo(FIRST + "\n");
        assertThat(text(err)).isEmpty();
        assertThat(course).hasSize(1);
    }

    @Test
    void detachedIsAlsoWhatEndedAtOnce() {
        course.clear();
        course.add(PENDING);
        course.add(failed(FIRST, TaskReason.EXITED, 1, null));

        assertThat(run("run", "--detach", "--", "false")).isZero();
        assertThat(text(out)).isEqualTo(FIRST + "\n");
    }

    @Test
    void detachPrintsTheIdOfATaskThatDidNotStartAndSaysWhy() {
        course.clear();
        course.add(PENDING);
        course.add(failed(FIRST, TaskReason.SPAWN_FAILED, null, null));

        assertThat(run("run", "--detach", "--", "mkae")).isEqualTo(125);

        assertThat(text(out)).isEqualTo(FIRST + "\n");
        assertThat(text(err))
                .isEqualTo(
                        "wormhole: task aaaaaaaa could not be started: there is no program make\n");
    }

    @Test
    void ctrlCWithoutATerminalLeavesTheTaskRunningAndSaysSo() {
        output.addAll(List.of("one\ntwo", new CtrlC(), "never shown"));

        assertThat(run("run", "--", "make")).isEqualTo(130);

        assertThat(text(out)).isEqualTo("one\ntwo");
        assertThat(text(err)).hasLineCount(1).contains("wormhole output aaaaaaaa --follow");
        assertThat(done).isEmpty();
    }

    @Test
    void ctrlCAsksAndTTerminatesAndGoesOnUntilTheEnd() {
        hasKeyboard = true;
        course.clear();
        course.add(failed(FIRST, TaskReason.TERMINATED, null, "SIGTERM"));
        output.addAll(List.of("one\n", new CtrlC(), "last words\n"));
        answers.add("t");

        assertThat(run("run", "--", "make")).isEqualTo(143);

        assertThat(done).containsExactly("asked", "terminate " + FIRST);
        assertThat(text(out)).isEqualTo("one\nlast words\n");
        assertThat(text(err)).contains("was terminated");
    }

    @Test
    void aTaskThatEndedWhileThePersonThoughtIsNoFailure() {
        hasKeyboard = true;
        noTermination = "it does not run";
        output.addAll(List.of(new CtrlC(), "done\n"));
        answers.add("t");

        assertThat(run("run", "--", "make")).isZero();
        assertThat(text(out)).isEqualTo("done\n");
    }

    @Test
    void aTaskThatCannotBeTerminatedIs125() {
        hasKeyboard = true;
        noTermination = "the keeper does not answer";
        course.clear();
        course.add(running(FIRST, null));
        output.add(new CtrlC());
        answers.add("t");

        assertThat(run("run", "--", "make")).isEqualTo(125);
        assertThat(text(err)).contains("the keeper does not answer");
    }

    @Test
    void ctrlCAsksAndLLeavesItRunning() {
        hasKeyboard = true;
        output.addAll(List.of("one\n", new CtrlC(), "never shown"));
        answers.add("l");

        assertThat(run("run", "--", "make")).isEqualTo(130);

        assertThat(done).containsExactly("asked");
        assertThat(text(err)).contains("wormhole output aaaaaaaa --follow");
    }

    @Test
    void aSecondCtrlCLeavesItRunningToo() {
        hasKeyboard = true;
        output.add(new CtrlC());

        assertThat(run("run", "--", "make")).isEqualTo(130);
        assertThat(done).containsExactly("asked");
    }

    @Test
    void anyOtherAnswerGoesOnAndEachCtrlCAsksAgain() {
        hasKeyboard = true;
        output.addAll(List.of("one\n", new CtrlC(), "two\n", new CtrlC(), "three\n"));
        answers.addAll(List.of("", "x"));

        assertThat(run("run", "--", "make")).isZero();

        assertThat(done).containsExactly("asked", "asked");
        assertThat(text(out)).isEqualTo("one\ntwo\nthree\n");
    }

    @Test
    void tasksArePrintedAsATableOrAsTheWiresOwnEntries() throws Exception {
        tasks = List.of(running(FIRST, "build"), failed(SECOND, TaskReason.TIMEOUT, null, null));

        assertThat(run("tasks")).isZero();
        assertThat(text(out)).contains("aaaaaaaa", "build", "running", "timeout", "make all");

        out.reset();
        assertThat(run("tasks", "--json")).isZero();
        Json.Array entries = (Json.Array) Json.parse(text(out));
        assertThat(entries.items()).hasSize(2);
        assertThat(text(out))
                .contains("\"exitCode\":null", "\"reason\":\"timeout\"", "\"command\":[\"make\"");
        assertThat(text(out).indexOf(FIRST)).isLessThan(text(out).indexOf(SECOND));

        out.reset();
        assertThat(run("tasks", "--json", "--status", "failed")).isZero();
        assertThat(((Json.Array) Json.parse(text(out))).items()).hasSize(1);
        assertThat(text(out)).contains(SECOND);

        out.reset();
        assertThat(run("tasks", "--json", "--status", "pending")).isZero();
        assertThat(text(out)).isEqualTo("[]\n");
        assertThat(text(err)).isEmpty();
    }

    @Test
    void outputIsTextInAPipeAndBytesOnATerminalUnlessItIsTold() {
        output.add("\033[31mred\033[c\033[0m\r\n");
        assertThat(run("output", "build")).isZero();
        assertThat(text(out)).isEqualTo("red\n");

        out.reset();
        assertThat(run("output", "build", "--ansi")).isZero();
        assertThat(text(out)).isEqualTo("\033[31mred\033[c\033[0m\r\n");

        isTerminal = true;
        out.reset();
        assertThat(run("output", "build")).isZero();
        assertThat(text(out)).startsWith("\033[31mred\033[0m\r\n").doesNotContain("\033[c");

        out.reset();
        assertThat(run("output", "--text", "build")).isZero();
        assertThat(text(out)).isEqualTo("red\n");
        assertThat(text(err)).isEmpty();
    }

    @Test
    void whatIsNotKeptIsALineWhereItIsMissing() {
        output.addAll(List.of("first\nhal", new Gap(7_000_000, "lf\nlast"), new Gap(1, "\n")));
        String expected = "first\nhal\n[7000000 bytes not kept]\nlf\nlast\n[1 byte not kept]\n\n";

        assertThat(run("output", "build", "--text")).isZero();
        assertThat(text(out)).isEqualTo(expected);

        out.reset();
        assertThat(run("output", "build", "--ansi")).isZero();
        assertThat(text(out)).isEqualTo(expected);

        out.reset();
        assertThat(run("output", "build", "--follow")).isZero();
        assertThat(text(out)).isEqualTo(expected);
    }

    @Test
    void onATerminalAGapCutsASequenceThatWasNotWhole() {
        isTerminal = true;
        output.addAll(List.of("a\033]0;tit", new Gap(5, "b\r\n")));

        assertThat(run("output", "build", "--follow")).isZero();

        assertThat(text(out).replaceAll("\033\\[0m\033\\(B\033\\)B\017", ""))
                .isEqualTo("a\n[5 bytes not kept]\nb\r\n");
    }

    @Test
    void followPrintsUntilTheEndAndIsZeroHoweverTheTaskEnded() {
        course.clear();
        course.add(failed(FIRST, TaskReason.EXITED, 3, null));
        output.addAll(List.of("one\n", "", "two\n"));

        assertThat(run("output", "build", "--follow")).isZero();

        assertThat(text(out)).isEqualTo("one\ntwo\n");
    }

    @Test
    void ctrlCEndsFollowAndLeavesTheTerminalAsItWas() {
        isTerminal = true;
        output.addAll(List.of("\033[?25lone\n", new CtrlC(), "never shown"));

        assertThat(run("output", "build", "--follow")).isEqualTo(130);

        assertThat(text(out)).contains("one\n", "\033[?25h").doesNotContain("never");
    }

    @Test
    void terminateAndRerunDoAsTheyAreNamed() {
        course.clear();
        course.add(running(SECOND, null));

        assertThat(run("terminate", "build")).isZero();
        assertThat(text(out)).isEmpty();
        assertThat(run("rerun", "aaaaa")).isZero();

        assertThat(text(out)).isEqualTo(SECOND + "\n");
        assertThat(text(err)).isEmpty();
        assertThat(done).containsExactly("terminate " + FIRST, "rerun " + FIRST);
    }

    @Test
    void refusalsAreOneLineAndOne() {
        noTermination = "it does not run";
        tasks = List.of(running(FIRST, "twin"), running(SECOND, "twin"));

        assertThat(run("terminate", FIRST)).isEqualTo(1);
        assertThat(run("terminate", "twin")).isEqualTo(1);
        assertThat(run("rerun", "nosuch")).isEqualTo(1);
        course.clear();
        course.add(failed(SECOND, TaskReason.SPAWN_FAILED, null, null));
        assertThat(run("rerun", FIRST)).isEqualTo(1);

        assertThat(text(err).lines().toList())
                .satisfiesExactly(
                        line -> assertThat(line).contains("it does not run"),
                        line -> assertThat(line).contains("2 tasks", FIRST, SECOND),
                        line -> assertThat(line).contains("no task nosuch"),
                        line -> assertThat(line).contains("there is no program make"));
        assertThat(text(out)).isEqualTo(SECOND + "\n");
    }

    @Test
    void helpTellsOfExitStatusesAndOfTyping() {
        assertThat(run("run", "--help")).isZero();
        assertThat(text(out)).contains("124", "125", "130", "wormhole attach ID", "--timeout");
    }

    private int run(String... args) {
        var console =
                new Console(
                        new PrintStream(stdout, false, StandardCharsets.UTF_8),
                        new PrintStream(err, true, StandardCharsets.UTF_8),
                        environment,
                        folder) {
                    @Override
                    boolean canAsk() {
                        return hasKeyboard;
                    }

                    @Override
                    boolean isLookedAt() {
                        return isTerminal;
                    }

                    @Override
                    Optional<TerminalSize> size() {
                        return isTerminal
                                ? Optional.of(new TerminalSize(120, 40))
                                : Optional.empty();
                    }

                    @Override
                    Interrupts interrupts() {
                        return interrupts;
                    }

                    @Override
                    Optional<String> ask(String question, CompletableFuture<?> interrupted) {
                        assertThat(interrupted).isNotDone();
                        done.add("asked");
                        return Optional.ofNullable(answers.poll());
                    }
                };
        return new CommandTable(
                        console,
                        null,
                        _ -> {
                            throw new AssertionError("no window");
                        },
                        target -> {
                            targets.add(target);
                            if (refusal != null) throw CliException.failed(refusal);
                            return new Server();
                        })
                .run(args);
    }

    private static String text(ByteArrayOutputStream bytes) {
        return bytes.toString(StandardCharsets.UTF_8);
    }

    /** Plays the course and the output; each connection plays the output from its beginning. */
    private final class Server extends NoServer {

        private final Deque<Object> script = new ArrayDeque<>(output);
        private long expected;

        @Override
        public TaskEntry startTask(ClientMessage.TaskStart request) {
            started.add(request);
            return course.getFirst();
        }

        @Override
        public List<TaskEntry> tasks() {
            return tasks;
        }

        @Override
        public TaskEntry task(SessionId id) {
            return course.getFirst();
        }

        @Override
        public TaskEntry awaitTask(SessionId id, TaskStatus unlike) {
            while (course.getFirst().status() == unlike) course.removeFirst();
            return course.getFirst();
        }

        @Override
        public void terminateTask(SessionId id) throws CliException {
            if (noTermination != null) throw CliException.failed(noTermination);
            done.add("terminate " + id);
        }

        @Override
        public TaskEntry rerunTask(SessionId id) {
            done.add("rerun " + id);
            return course.getFirst();
        }

        @Override
        public ServerMessage.TaskOutput taskOutput(SessionId id, long offset) throws CliException {
            return awaitTaskOutput(id, offset, interrupts.next()).orElseThrow();
        }

        @Override
        public Optional<ServerMessage.TaskOutput> awaitTaskOutput(
                SessionId id, long offset, CompletableFuture<?> interrupted) throws CliException {
            assertThat(offset).as("asked for").isEqualTo(expected);
            return switch (script.poll()) {
                case null -> Optional.of(piece(offset, ""));
                case String text -> Optional.of(piece(offset, text));
                case Gap(long bytes, String text) -> Optional.of(piece(offset + bytes, text));
                case CtrlC() -> {
                    interrupts.happened();
                    assertThat(interrupted).isDone();
                    yield Optional.empty();
                }
                case CliException failure -> throw failure;
                case RuntimeException defect -> throw defect;
                case Object other -> throw new AssertionError(other);
            };
        }

        private ServerMessage.TaskOutput piece(long offset, String text) {
            ByteString data = ByteString.utf8(text);
            expected = offset + data.length();
            boolean isOver =
                    script.stream().allMatch(it -> it instanceof String || it instanceof Gap);
            return new ServerMessage.TaskOutput(
                    SessionId.parse(FIRST), offset, isOver ? total() : expected, isOver, data);
        }

        private long total() {
            long total = expected;
            for (Object it : script) {
                if (it instanceof String text) total += ByteString.utf8(text).length();
                if (it instanceof Gap(long bytes, String text))
                    total += bytes + ByteString.utf8(text).length();
            }
            return total;
        }
    }
}
