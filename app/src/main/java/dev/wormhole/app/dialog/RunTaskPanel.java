package dev.wormhole.app.dialog;

import dev.wormhole.app.workspace.Notice;
import dev.wormhole.app.workspace.PaneModel;
import dev.wormhole.app.workspace.Problems;
import dev.wormhole.app.workspace.TaskWords;
import dev.wormhole.app.workspace.Workspace;
import dev.wormhole.protocol.SessionEntry;
import dev.wormhole.protocol.TaskEntry;

import javafx.css.PseudoClass;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.ComboBox;
import javafx.scene.control.Label;
import javafx.scene.control.TextField;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.ColumnConstraints;
import javafx.scene.layout.GridPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;

import org.jspecify.annotations.Nullable;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What to run as a task: where, what, what for and for how long at most. What was run before is
 * there to choose from.
 *
 * <p>Owned by the FX thread.
 */
public final class RunTaskPanel implements Panel {

    private static final PseudoClass WRONG = PseudoClass.getPseudoClass("danger");

    private final Workspace workspace;
    private final TaskMemory memory;
    private final Optional<FileChoice> disk;
    private final ComboBox<String> directory = combo("task-directory", "/where/it/runs");
    private final ComboBox<String> command = combo("task-command", "make test");
    private final TextField purpose = new TextField();
    private final TextField timeLimit = new TextField();
    private final Button run = new Button("Run");
    private final Label error = new Label();
    private final VBox content;

    // Owned by the FX thread.
    private @Nullable Runnable dismiss;
    private boolean isClosed;

    /**
     * @param disk of the machine that tasks run on; empty where that is another one
     */
    public RunTaskPanel(Workspace workspace, TaskMemory memory, Optional<FileChoice> disk) {
        this.workspace = workspace;
        this.memory = memory;
        this.disk = disk;
        purpose.setId("task-purpose");
        purpose.setPromptText("in your words");
        timeLimit.setId("task-limit");
        timeLimit.setPromptText("none");
        timeLimit.setPrefColumnCount(8);
        for (TextField field : List.of(purpose, timeLimit)) field.setOnAction(_ -> submit());
        run.setId("task-run");
        run.getStyleClass().add("accent");
        run.setMinWidth(Region.USE_PREF_SIZE);
        run.setOnAction(_ -> submit());
        error.setId("task-error");
        error.getStyleClass().add("wh-error");
        error.setWrapText(true);
        error.setMinHeight(Region.USE_PREF_SIZE);
        error.managedProperty().bind(error.visibleProperty());
        error.setVisible(false);
        var hint =
                new Label(
                        "A shell (sh -c) reads the line, once. A line that begins with a space is"
                                + " not remembered.");
        hint.getStyleClass().addAll("text-muted", "text-small");
        hint.setWrapText(true);
        hint.setMinHeight(Region.USE_PREF_SIZE);
        hint.setMaxWidth(Double.MAX_VALUE);
        HBox.setHgrow(hint, Priority.ALWAYS);
        var foot = new HBox(hint, run);
        foot.getStyleClass().addAll("wh-buttons", "wh-foot");
        content = new VBox(form(), error, foot);
        content.setId("run-task-panel");
        content.getStyleClass().addAll("wh-panel", "wh-run-task");
        fill();
    }

    @Override
    public String title() {
        return "Run a task on " + workspace.host();
    }

    @Override
    public Region content() {
        return content;
    }

    @Override
    public void opened(Runnable close) {
        dismiss = close;
        boolean isPlaced = !directory.getEditor().getText().isEmpty();
        TextField first = isPlaced ? command.getEditor() : directory.getEditor();
        (isPlaced ? command : directory).requestFocus();
        first.selectAll();
    }

    @Override
    public boolean stepBack() {
        for (ComboBox<String> combo : List.of(directory, command)) {
            if (!combo.isShowing()) continue;
            combo.hide();
            return true;
        }
        return false;
    }

    @Override
    public void closed() {
        isClosed = true;
        directory.hide();
        command.hide();
    }

    private GridPane form() {
        var grid = new GridPane();
        grid.getStyleClass().add("wh-form");
        var labels = new ColumnConstraints();
        labels.setMinWidth(Region.USE_PREF_SIZE);
        var fields = new ColumnConstraints();
        fields.setHgrow(Priority.ALWAYS);
        grid.getColumnConstraints().addAll(labels, fields);
        var where = new HBox(directory);
        where.getStyleClass().add("wh-field-row");
        HBox.setHgrow(directory, Priority.ALWAYS);
        disk.ifPresent(choice -> where.getChildren().add(chooser(choice)));
        grid.addRow(0, label("Command", command), command);
        grid.addRow(1, label("Directory", directory), where);
        grid.addRow(2, label("What for", purpose), purpose);
        var unit = new Label("90 s, 30 min, 2 h");
        unit.getStyleClass().addAll("text-muted", "text-small");
        var limit = new HBox(timeLimit, unit);
        limit.getStyleClass().add("wh-field-row");
        grid.addRow(3, label("Time limit", timeLimit), limit);
        return grid;
    }

    private Button chooser(FileChoice choice) {
        var button = new Button("Choose…");
        button.setId("task-choose");
        button.setMinWidth(Region.USE_PREF_SIZE);
        button.setOnAction(
                _ ->
                        choice.directory("Where the task runs", path())
                                .ifPresent(at -> directory.getEditor().setText(at.toString())));
        return button;
    }

    private Optional<Path> path() {
        try {
            return Optional.of(Path.of(directory.getEditor().getText()));
        } catch (InvalidPathException e) {
            return Optional.empty();
        }
    }

    private void fill() {
        List<TaskRecipe> recent = memory.recent();
        command.getItems().setAll(recent.stream().map(TaskRecipe::command).toList());
        // A command that was chosen comes with what else was said then.
        command.getSelectionModel()
                .selectedItemProperty()
                .subscribe(
                        chosen ->
                                recent.stream()
                                        .filter(recipe -> recipe.command().equals(chosen))
                                        .findFirst()
                                        .ifPresent(
                                                recipe -> {
                                                    purpose.setText(recipe.purpose());
                                                    timeLimit.setText(recipe.timeLimit());
                                                }));
        if (!recent.isEmpty()) command.getSelectionModel().select(0);
        directory.getItems().setAll(directories(recent));
        String here = here();
        if (!here.isEmpty()) directory.getEditor().setText(here);
        else if (!recent.isEmpty()) directory.getEditor().setText(recent.getFirst().directory());
    }

    private String here() {
        return workspace
                .focusedProperty()
                .get()
                .map(PaneModel::cwdProperty)
                .map(cwd -> cwd.get())
                .orElse("");
    }

    /** Where one could want it to run: where sessions are, and where tasks ran. */
    private Set<String> directories(List<TaskRecipe> recent) {
        var known = new LinkedHashSet<String>();
        Stream.of(
                        workspace.sessions().stream().map(SessionEntry::cwd),
                        Stream.of(workspace.tasks().active(), workspace.tasks().recent())
                                .flatMap(List::stream)
                                .map(TaskEntry::repo),
                        recent.stream().map(TaskRecipe::directory))
                .flatMap(each -> each)
                .forEach(
                        at -> {
                            if (at != null && !at.isBlank()) known.add(at);
                        });
        return known;
    }

    private void submit() {
        complain("", null);
        String line = command.getEditor().getText();
        String where = directory.getEditor().getText().strip();
        if (line.isBlank()) {
            complain("What shall it run?", command);
            return;
        }
        if (!where.startsWith("/")) {
            complain("The directory is a whole path: it begins with /.", directory);
            return;
        }
        Long limit;
        try {
            limit = TimeLimit.parse(timeLimit.getText());
        } catch (IllegalArgumentException e) {
            complain(Problems.sentence(e), timeLimit);
            return;
        }
        busy(true);
        var recipe = new TaskRecipe(line, purpose.getText().strip(), where, timeLimit.getText());
        workspace
                .tasks()
                .start(where, recipe.purpose(), TaskWords.words(line.strip()), limit)
                .whenComplete((_, problem) -> answered(recipe, problem));
    }

    private void answered(TaskRecipe recipe, @Nullable Throwable problem) {
        busy(false);
        if (problem == null) {
            if (!recipe.command().startsWith(" ")) memory.keep(recipe);
            if (dismiss != null) dismiss.run();
            return;
        }
        String words = Problems.sentence(problem);
        if (isClosed) workspace.say(Notice.problem("The task was not started: " + words));
        else complain(words, null);
    }

    private void busy(boolean is) {
        run.setDisable(is);
        run.setText(is ? "Starting…" : "Run");
    }

    /**
     * @param wrong the field to correct, where it is one
     */
    private void complain(String words, @Nullable Node wrong) {
        error.setText(words);
        error.setVisible(!words.isEmpty());
        for (Node field : List.of(command, directory, timeLimit))
            field.pseudoClassStateChanged(WRONG, field.equals(wrong));
        if (wrong != null) wrong.requestFocus();
    }

    private ComboBox<String> combo(String id, String prompt) {
        var combo = new ComboBox<String>();
        combo.setId(id);
        combo.setEditable(true);
        combo.setPromptText(prompt);
        combo.setMaxWidth(Double.MAX_VALUE);
        combo.setVisibleRowCount(12);
        combo.addEventFilter(KeyEvent.KEY_PRESSED, event -> key(combo, event));
        return combo;
    }

    /** The field inside would take these for itself. */
    private void key(ComboBox<String> combo, KeyEvent event) {
        if (combo.isShowing() || event.isAltDown()) return;
        switch (event.getCode()) {
            case ENTER -> submit();
            case DOWN -> step(combo, 1);
            case UP -> step(combo, -1);
            default -> {
                return;
            }
        }
        event.consume();
    }

    /** To the next of those that are remembered, or the one before. */
    private static void step(ComboBox<String> combo, int step) {
        List<String> items = combo.getItems();
        int next = items.indexOf(combo.getEditor().getText()) + step;
        if (next < 0 || next >= items.size()) return;
        combo.getSelectionModel().select(next);
        combo.getEditor().setText(items.get(next));
        combo.getEditor().end();
    }

    private static Label label(String words, Node field) {
        var label = new Label(words);
        label.getStyleClass().add("text-muted");
        label.setLabelFor(field);
        return label;
    }
}
