package dev.wormhole.app.dialog;

import dev.wormhole.app.fx.Beat;
import dev.wormhole.app.workspace.Notice;
import dev.wormhole.app.workspace.Problems;
import dev.wormhole.app.workspace.TaskWords;
import dev.wormhole.app.workspace.Workspace;
import dev.wormhole.app.workspace.WorkspaceTasks;
import dev.wormhole.protocol.SessionId;
import dev.wormhole.protocol.TaskEntry;

import javafx.beans.InvalidationListener;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.ListView;
import javafx.scene.control.TextField;
import javafx.scene.input.Clipboard;
import javafx.scene.input.ClipboardContent;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;

import org.jspecify.annotations.Nullable;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * The tasks of the server, those that run and those that are over: to see, open, end, run again,
 * and to take their output out of the window.
 *
 * <p>Owned by the FX thread. It ticks only while it is shown.
 */
public final class TaskListPanel implements Panel {

    private static final Duration BEAT = Duration.ofSeconds(1);

    private static final int NAME_CHARS = 40;

    private final Workspace workspace;
    private final WorkspaceTasks tasks;
    private final TaskOutputs outputs;
    private final FileChoice disk;
    private final Executor fx;
    private final InstantSource clock;
    private final Beat beat = new Beat(BEAT, this::refresh);
    private final TextField search = new TextField();
    private final ObservableList<TaskRow> rows = FXCollections.observableArrayList();
    private final ListView<TaskRow> list = new ListView<>(rows);
    private final Label status = new Label();
    private final Button cancel = new Button("Cancel");
    private final HBox statusRow = new HBox(status, cancel);
    private final VBox content;
    private final InvalidationListener changed = _ -> changed();

    // Owned by the FX thread.
    private RowMode mode = new RowMode.Reading();
    private @Nullable Runnable dismiss;
    private boolean isOpen;

    /** Of the save that is under way. */
    private @Nullable AtomicBoolean cancelled;

    /** What a row is there for just now. */
    sealed interface RowMode {

        record Reading() implements RowMode {}

        /** The row of this task asks whether it shall end. */
        record Terminating(SessionId id) implements RowMode {}

        /** The row of this task asks whether it shall be forgotten. */
        record Removing(SessionId id) implements RowMode {}
    }

    /**
     * @param fx runs what it is given on the FX thread
     * @param blocking runs jobs that wait for the server and the disk
     */
    public TaskListPanel(
            Workspace workspace,
            FileChoice disk,
            InstantSource clock,
            Executor fx,
            Executor blocking) {
        this.workspace = workspace;
        this.disk = disk;
        this.clock = clock;
        this.fx = fx;
        tasks = workspace.tasks();
        outputs = new TaskOutputs(tasks, blocking);
        search.setId("task-search");
        search.setPromptText("Search by words, command, directory or id");
        search.textProperty().addListener(_ -> refresh());
        search.addEventFilter(KeyEvent.KEY_PRESSED, this::searchKey);
        list.setId("task-list");
        list.getStyleClass().addAll("wh-sessions", "wh-tasks");
        list.setCellFactory(_ -> new TaskCell(this));
        var none = new Label("No task has run here yet.");
        none.getStyleClass().add("text-muted");
        list.setPlaceholder(none);
        list.addEventFilter(KeyEvent.KEY_PRESSED, this::listKey);
        list.getSelectionModel()
                .selectedIndexProperty()
                .subscribe(() -> fx.execute(this::offCaption));
        VBox.setVgrow(list, Priority.ALWAYS);
        status.setId("task-status");
        status.setWrapText(true);
        status.setMaxWidth(Double.MAX_VALUE);
        HBox.setHgrow(status, Priority.ALWAYS);
        cancel.setId("task-save-cancel");
        cancel.getStyleClass().add("small");
        cancel.setMinWidth(Region.USE_PREF_SIZE);
        cancel.setOnAction(_ -> cancelSave());
        cancel.managedProperty().bind(cancel.visibleProperty());
        cancel.setVisible(false);
        statusRow.getStyleClass().add("wh-status-row");
        statusRow.managedProperty().bind(statusRow.visibleProperty());
        statusRow.setVisible(false);
        var keys =
                new Label(
                        "Enter opens  ·  F5 runs again  ·  Delete terminates or removes  ·  Ctrl+C"
                                + " copies the output  ·  Ctrl+S saves it  ·  Esc closes");
        keys.getStyleClass().addAll("text-muted", "text-small");
        content = new VBox(search, list, statusRow, keys);
        content.setId("task-panel");
        content.getStyleClass().addAll("wh-panel", "wh-panel-wide");
    }

    @Override
    public String title() {
        return "Tasks on " + workspace.host();
    }

    @Override
    public Region content() {
        return content;
    }

    @Override
    public void opened(Runnable close) {
        dismiss = close;
        isOpen = true;
        tasks.changesProperty().addListener(changed);
        workspace.treeProperty().addListener(changed);
        tasks.looked();
        refresh();
        selectNear(0, 1);
        beat.start();
        search.requestFocus();
    }

    @Override
    public boolean stepBack() {
        if (mode instanceof RowMode.Reading) return false;
        read();
        return true;
    }

    @Override
    public void closed() {
        isOpen = false;
        beat.stop();
        tasks.changesProperty().removeListener(changed);
        workspace.treeProperty().removeListener(changed);
    }

    RowMode mode() {
        return mode;
    }

    void open(SessionId id) {
        if (dismiss != null) dismiss.run();
        workspace.open(id);
    }

    void askToTerminate(SessionId id) {
        become(new RowMode.Terminating(id));
    }

    void terminate(SessionId id) {
        read();
        answer(tasks.terminate(id));
    }

    void askToRemove(SessionId id) {
        become(new RowMode.Removing(id));
    }

    void remove(SessionId id) {
        read();
        answer(workspace.destroy(id));
    }

    void rerun(SessionId id) {
        answer(
                tasks.rerun(id)
                        .thenAccept(
                                _ -> {
                                    if (isOpen && dismiss != null) dismiss.run();
                                }));
    }

    /** Back to words, with the keyboard in the list. */
    void read() {
        become(new RowMode.Reading());
        list.requestFocus();
    }

    void copy(TaskEntry entry) {
        say("Reading the output…", false);
        outputs.text(entry)
                .whenCompleteAsync(
                        (taken, problem) -> {
                            if (problem != null) {
                                say("Not copied: " + Problems.sentence(problem), true);
                                return;
                            }
                            var clip = new ClipboardContent();
                            clip.putString(taken.text());
                            Clipboard.getSystemClipboard().setContent(clip);
                            say(copied(taken), false);
                        },
                        fx);
    }

    private static String copied(TaskOutputs.Taken taken) {
        if (taken.bytes() == 0) return "There is no output.";
        if (taken.missing() == 0) return "Copied the output, " + Sizes.words(taken.bytes()) + ".";
        return "Copied the last "
                + Sizes.words(taken.bytes())
                + " of "
                + Sizes.words(taken.bytes() + taken.missing())
                + "; saving takes all that is kept.";
    }

    void save(TaskEntry entry, boolean isPlain) {
        if (cancelled != null) {
            say("Another output is being saved.", true);
            return;
        }
        Optional<Path> chosen =
                disk.newFile("Save the output", fileName(entry) + (isPlain ? ".txt" : ".log"));
        if (chosen.isEmpty()) return;
        Path file = chosen.get();
        var stop = new AtomicBoolean();
        cancelled = stop;
        say("Saving…", false);
        cancel.setVisible(true);
        outputs.save(
                        entry,
                        file,
                        isPlain,
                        (at, of) -> fx.execute(() -> progress(at, of)),
                        stop::get)
                .whenCompleteAsync((taken, problem) -> saved(file, taken, problem), fx);
    }

    private void progress(long at, long of) {
        if (cancelled != null) say("Saving… " + Sizes.words(at) + " of " + Sizes.words(of), false);
    }

    private void saved(Path file, TaskOutputs.@Nullable Taken taken, @Nullable Throwable problem) {
        cancelled = null;
        cancel.setVisible(false);
        if (taken == null) {
            String why = problem == null ? "" : Problems.sentence(problem);
            report("The output was not saved: " + why, true);
            return;
        }
        String lost =
                taken.missing() == 0
                        ? "."
                        : "; " + Sizes.words(taken.missing()) + " in between were not kept.";
        report("Saved " + Sizes.words(taken.bytes()) + " to " + file + lost, false);
    }

    private void cancelSave() {
        if (cancelled != null) cancelled.set(true);
    }

    /** A save goes on without the list, and is told of in the window then. */
    private void report(String words, boolean isProblem) {
        if (isOpen) say(words, isProblem);
        else workspace.say(isProblem ? Notice.problem(words) : Notice.info(words));
    }

    private void say(String words, boolean isProblem) {
        status.setText(words);
        status.getStyleClass().remove("wh-error");
        if (isProblem) status.getStyleClass().add("wh-error");
        statusRow.setVisible(!words.isEmpty());
    }

    private static String fileName(TaskEntry entry) {
        String words = TaskWords.title(entry).replaceAll("[^\\p{L}\\p{N}._-]+", "-");
        String name = words.replaceAll("^[-.]+|-+$", "");
        if (name.isEmpty()) return "task-" + entry.id().shortForm();
        return name.length() <= NAME_CHARS ? name : name.substring(0, NAME_CHARS);
    }

    private void answer(CompletableFuture<?> request) {
        say("", false);
        request.whenCompleteAsync(
                (_, problem) -> {
                    if (problem != null) say(Problems.sentence(problem), true);
                },
                fx);
    }

    private void become(RowMode next) {
        mode = next;
        list.refresh();
        // At once and not with the next pulse: the row takes the keyboard.
        list.layout();
    }

    private void changed() {
        // Seen as soon as it is in the list.
        if (isOpen && tasks.unseenProperty().get() > 0) tasks.looked();
        refresh();
    }

    /** Shows what is known now; the selection stays with its task. */
    private void refresh() {
        SessionId selected = selectedId();
        int index = list.getSelectionModel().getSelectedIndex();
        Instant now = clock.instant();
        var next = new ArrayList<TaskRow>();
        add(next, "Active", tasks.active(), now);
        add(next, "Recent", tasks.recent(), now);
        leaveModeOf(next);
        update(next);
        int same = selected == null ? -1 : indexOf(selected);
        if (same >= 0) list.getSelectionModel().select(same);
        else selectNear(index, 1);
    }

    private void add(List<TaskRow> next, String words, List<TaskEntry> entries, Instant now) {
        List<TaskRow.Line> lines =
                entries.stream()
                        .map(entry -> TaskRow.Line.of(entry, isShown(entry.id()), now))
                        .filter(line -> line.matches(search.getText()))
                        .toList();
        if (lines.isEmpty()) return;
        next.add(new TaskRow.Caption(words));
        next.addAll(lines);
    }

    /** Only rows that differ change: a question that was asked stays the same question. */
    private void update(List<TaskRow> next) {
        if (!keys(rows).equals(keys(next))) {
            rows.setAll(next);
            return;
        }
        for (int i = 0; i < next.size(); i++) {
            boolean isBusy = busy() != null && Objects.equals(idOf(next.get(i)), busy());
            if (!isBusy && !rows.get(i).equals(next.get(i))) rows.set(i, next.get(i));
        }
    }

    private void leaveModeOf(List<TaskRow> next) {
        SessionId asked = busy();
        if (asked == null) return;
        boolean stands =
                next.stream()
                        .filter(TaskRow.Line.class::isInstance)
                        .map(TaskRow.Line.class::cast)
                        .filter(line -> line.entry().id().equals(asked))
                        // What was to be terminated has ended by itself.
                        .anyMatch(line -> line.isOver() == mode instanceof RowMode.Removing);
        if (stands) return;
        mode = new RowMode.Reading();
        // The row is made anew, also where its words are the same.
        rows.clear();
        list.requestFocus();
    }

    private @Nullable SessionId busy() {
        return switch (mode) {
            case RowMode.Reading() -> null;
            case RowMode.Terminating(var id) -> id;
            case RowMode.Removing(var id) -> id;
        };
    }

    private static List<Object> keys(List<TaskRow> rows) {
        return rows.stream()
                .<Object>map(
                        row ->
                                switch (row) {
                                    case TaskRow.Caption caption -> caption;
                                    case TaskRow.Line line -> line.entry().id();
                                })
                .toList();
    }

    private static @Nullable SessionId idOf(TaskRow row) {
        return row instanceof TaskRow.Line line ? line.entry().id() : null;
    }

    private int indexOf(SessionId id) {
        return keys(rows).indexOf(id);
    }

    private boolean isShown(SessionId id) {
        return workspace.paneOf(id).isPresent();
    }

    private Optional<TaskEntry> selected() {
        return list.getSelectionModel().getSelectedItem() instanceof TaskRow.Line line
                ? Optional.of(line.entry())
                : Optional.empty();
    }

    private @Nullable SessionId selectedId() {
        return selected().map(TaskEntry::id).orElse(null);
    }

    /** Selects the row of this number, or the next task in a direction, or else in the other. */
    private void selectNear(int index, int step) {
        if (rows.isEmpty()) return;
        int start = Math.clamp(index, 0, rows.size() - 1);
        int found = find(start, step);
        if (found < 0) found = find(start, -step);
        if (found >= 0) list.getSelectionModel().select(found);
    }

    private int find(int start, int step) {
        for (int i = start; i >= 0 && i < rows.size(); i += step)
            if (rows.get(i) instanceof TaskRow.Line) return i;
        return -1;
    }

    /** Keys that jump may end on a caption. */
    private void offCaption() {
        if (list.getSelectionModel().getSelectedItem() instanceof TaskRow.Caption)
            selectNear(list.getSelectionModel().getSelectedIndex(), 1);
    }

    /** The search field keeps the keyboard; the keys that move and choose go to the list. */
    private void searchKey(KeyEvent event) {
        // What is selected in the field is what somebody wants to copy or delete.
        boolean isFields =
                switch (event.getCode()) {
                    case DELETE -> !search.getText().isEmpty();
                    case C -> !search.getSelectedText().isEmpty();
                    default -> false;
                };
        if (!isFields) listKey(event);
    }

    private void listKey(KeyEvent event) {
        // A row that is a question takes its own keys.
        if (!(mode instanceof RowMode.Reading)) return;
        if (event.getCode() == KeyCode.UP || event.getCode() == KeyCode.DOWN) {
            move(event.getCode() == KeyCode.UP ? -1 : 1);
            event.consume();
            return;
        }
        selected()
                .ifPresent(
                        entry -> {
                            if (isDone(event, entry)) event.consume();
                        });
    }

    private void move(int step) {
        int next = find(list.getSelectionModel().getSelectedIndex() + step, step);
        if (next < 0) return;
        list.getSelectionModel().select(next);
        // The caption above the first one is seen again.
        list.scrollTo(next == 1 ? 0 : next);
    }

    private boolean isDone(KeyEvent event, TaskEntry entry) {
        switch (event.getCode()) {
            case ENTER -> open(entry.id());
            case F5 -> rerun(entry.id());
            case DELETE -> {
                if (entry.status().isOver()) askToRemove(entry.id());
                else askToTerminate(entry.id());
            }
            case C -> {
                if (!event.isShortcutDown()) return false;
                copy(entry);
            }
            case S -> {
                if (!event.isShortcutDown()) return false;
                save(entry, true);
            }
            default -> {
                return false;
            }
        }
        return true;
    }
}
