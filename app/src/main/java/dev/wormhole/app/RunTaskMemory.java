package dev.wormhole.app;

import dev.wormhole.app.dialog.TaskMemory;
import dev.wormhole.app.dialog.TaskRecipe;
import dev.wormhole.client.preferences.Preferences;
import dev.wormhole.client.preferences.PreferencesException;
import dev.wormhole.client.preferences.PreferencesFile;
import dev.wormhole.protocol.Limits;
import dev.wormhole.protocol.json.Json;
import dev.wormhole.protocol.json.JsonObject;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;

/**
 * The tasks that were run from this person's windows, in the preferences: the section {@code
 * tasks}, the newest first. What cannot be understood there is left out.
 *
 * <p>Owned by the FX thread.
 */
final class RunTaskMemory implements TaskMemory {

    /** Most that are remembered. */
    static final int MOST = 20;

    private static final Logger log = LoggerFactory.getLogger(RunTaskMemory.class);

    private static final String RECENT = "recent";
    private static final String COMMAND = "command";
    private static final String PURPOSE = "task";
    private static final String DIRECTORY = "directory";
    private static final String TIME_LIMIT = "timeLimit";

    private final PreferencesFile file;
    private final Executor blocking;
    private List<TaskRecipe> recent;

    /**
     * @param preferences as they were when the window began
     * @param blocking runs jobs that wait for the disk
     */
    RunTaskMemory(PreferencesFile file, Preferences preferences, Executor blocking) {
        this.file = file;
        this.blocking = blocking;
        recent = read(preferences.tasks());
    }

    @Override
    public List<TaskRecipe> recent() {
        return recent;
    }

    @Override
    public void keep(TaskRecipe recipe) {
        recent = with(recipe, recent);
        blocking.execute(
                () -> {
                    try {
                        // Another window may have kept some since this one has read them.
                        file.update(
                                stored ->
                                        stored.withTasks(
                                                written(
                                                        with(recipe, read(stored.tasks())),
                                                        stored.tasks())));
                    } catch (PreferencesException e) {
                        log.warn("the task is not remembered: {}", e.getMessage());
                    }
                });
    }

    private static List<TaskRecipe> with(TaskRecipe newest, List<TaskRecipe> older) {
        var all = new ArrayList<TaskRecipe>();
        all.add(newest);
        for (TaskRecipe recipe : older)
            if (all.size() < MOST && !recipe.command().equals(newest.command())) all.add(recipe);
        return List.copyOf(all);
    }

    private static List<TaskRecipe> read(@Nullable Json section) {
        var read = new ArrayList<TaskRecipe>();
        if (section instanceof JsonObject object
                && object.get(RECENT) instanceof Json.Array(var items)) {
            for (Json item : items) {
                if (read.size() == MOST) break;
                if (!(item instanceof JsonObject fields)) continue;
                String command = text(fields, COMMAND, Limits.COMMAND_BYTES);
                boolean isKnown = read.stream().anyMatch(one -> one.command().equals(command));
                if (command.isBlank() || isKnown) continue;
                read.add(
                        new TaskRecipe(
                                command,
                                text(fields, PURPOSE, Limits.TASK_CHARS),
                                text(fields, DIRECTORY, Limits.PATH_CHARS),
                                text(fields, TIME_LIMIT, Limits.NAME_CODE_POINTS)));
            }
        }
        return List.copyOf(read);
    }

    /** One line of text; empty for anything else. */
    private static String text(JsonObject fields, String name, int most) {
        return fields.get(name) instanceof Json.Text(var value)
                        && value.length() <= most
                        && value.chars().noneMatch(Character::isISOControl)
                ? value
                : "";
    }

    private static JsonObject written(List<TaskRecipe> recipes, @Nullable Json old) {
        var fields = JsonObject.builder();
        if (old instanceof JsonObject object) object.fields().forEach(fields::put);
        var items = new ArrayList<Json>();
        for (TaskRecipe recipe : recipes)
            items.add(
                    JsonObject.builder()
                            .put(COMMAND, recipe.command())
                            .put(PURPOSE, recipe.purpose())
                            .put(DIRECTORY, recipe.directory())
                            .put(TIME_LIMIT, recipe.timeLimit())
                            .build());
        return fields.put(RECENT, new Json.Array(items)).build();
    }
}
