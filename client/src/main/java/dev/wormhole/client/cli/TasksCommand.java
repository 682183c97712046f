package dev.wormhole.client.cli;

import dev.wormhole.protocol.MessageCodec;
import dev.wormhole.protocol.ServerMessage;
import dev.wormhole.protocol.TaskEntry;
import dev.wormhole.protocol.TaskStatus;
import dev.wormhole.protocol.TerminalSize;
import dev.wormhole.protocol.json.Json;
import dev.wormhole.protocol.json.JsonException;

import org.jspecify.annotations.Nullable;

import picocli.CommandLine.Model.CommandSpec;

import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/** {@code wormhole tasks}: the tasks of the server. */
final class TasksCommand implements Command {

    private static final String STATUS = "--status";

    @Override
    public CommandSpec spec() {
        return Options.command("tasks", "Lists the tasks of the server, the newest first.")
                .addOption(
                        Options.flag(
                                Options.JSON, "prints the entries of task_list as a JSON array"))
                .addOption(Options.value(STATUS, "S", "only those that are " + statuses(" or ")));
    }

    @Override
    public int run(Call call) throws CliException {
        TaskStatus status = status(call.option(STATUS));
        List<TaskEntry> tasks;
        try (ServerConnection server = call.connect(false)) {
            tasks =
                    server.tasks().stream()
                            .filter(entry -> status == null || entry.status() == status)
                            .toList();
        }
        if (call.has(Options.JSON)) call.console().out().println(json(tasks).toText());
        else print(call.console(), tasks);
        return 0;
    }

    private static @Nullable TaskStatus status(@Nullable String word) throws CliException {
        if (word == null) return null;
        for (TaskStatus status : TaskStatus.values()) {
            if (status.wireName().equals(word)) return status;
        }
        throw CliException.usage("--status is one of " + statuses(", ") + ", not " + word);
    }

    private static String statuses(String between) {
        return Arrays.stream(TaskStatus.values())
                .map(TaskStatus::wireName)
                .collect(Collectors.joining(between));
    }

    private static void print(Console console, List<TaskEntry> tasks) {
        if (tasks.isEmpty()) {
            if (console.isLookedAt())
                console.err().println("no tasks: 'wormhole run -- COMMAND' makes one");
            return;
        }
        int width = console.isLookedAt() ? console.size().map(TerminalSize::cols).orElse(0) : 0;
        String home = console.environment().get("HOME");
        TaskTable.lines(tasks, InstantSource.system().instant(), width, home)
                .forEach(console.out()::println);
    }

    /** The entries in the form of the wire, so that there is one description of them. */
    private static Json json(List<TaskEntry> tasks) {
        try {
            String message = MessageCodec.encode(new ServerMessage.Tasks(tasks), null).toUtf8();
            return new Json.Array(Json.parseObject(message).items("tasks"));
        } catch (JsonException e) {
            throw new IllegalStateException("the codec writes what it reads", e);
        }
    }
}
