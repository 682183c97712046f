package dev.wormhole.app.dialog;

import dev.wormhole.app.dialog.TaskListPanel.RowMode;
import dev.wormhole.app.workspace.TaskWords;
import dev.wormhole.protocol.SessionId;
import dev.wormhole.protocol.TaskEntry;

import javafx.css.PseudoClass;
import javafx.geometry.Pos;
import javafx.scene.control.Button;
import javafx.scene.control.Control;
import javafx.scene.control.Label;
import javafx.scene.control.ListCell;
import javafx.scene.control.MenuButton;
import javafx.scene.control.MenuItem;
import javafx.scene.control.SeparatorMenuItem;
import javafx.scene.input.MouseButton;
import javafx.scene.input.MouseEvent;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;

import org.jspecify.annotations.Nullable;
import org.kordamp.ikonli.feather.Feather;
import org.kordamp.ikonli.javafx.FontIcon;

import java.util.Locale;

/**
 * One row of the list of tasks: words and buttons, or the question whether to end or remove one.
 *
 * <p>Owned by the FX thread.
 */
final class TaskCell extends ListCell<TaskRow> {

    private static final PseudoClass CAPTION = PseudoClass.getPseudoClass("caption");

    private final TaskListPanel panel;

    TaskCell(TaskListPanel panel) {
        this.panel = panel;
        getStyleClass().add("wh-task-cell");
        // The list is as wide as it is: long words are cut, nothing scrolls sideways.
        setPrefWidth(0);
        addEventHandler(MouseEvent.MOUSE_CLICKED, this::clicked);
    }

    @Override
    protected void updateItem(@Nullable TaskRow row, boolean empty) {
        super.updateItem(row, empty);
        setText(null);
        TaskRow shown = empty ? null : row;
        pseudoClassStateChanged(CAPTION, shown instanceof TaskRow.Caption);
        setMouseTransparent(shown instanceof TaskRow.Caption);
        switch (shown) {
            case null -> setGraphic(null);
            case TaskRow.Caption(var words) -> setGraphic(caption(words));
            case TaskRow.Line line -> setGraphic(line(line));
        }
    }

    private HBox line(TaskRow.Line line) {
        SessionId task = line.entry().id();
        return switch (panel.mode()) {
            case RowMode.Terminating(var asked) when asked.equals(task) ->
                    question(
                            line,
                            "Its program is told to end.",
                            "Let it run",
                            "Terminate",
                            "task-terminate-really",
                            () -> panel.terminate(task));
            case RowMode.Removing(var asked) when asked.equals(task) ->
                    question(
                            line,
                            "What is known of it and its output will be gone.",
                            "Keep",
                            "Remove for ever",
                            "task-remove-really",
                            () -> panel.remove(task));
            case RowMode.Reading _, RowMode.Terminating _, RowMode.Removing _ -> words(line);
        };
    }

    private void clicked(MouseEvent event) {
        boolean isOpening = event.getButton() == MouseButton.PRIMARY && event.getClickCount() == 2;
        if (getItem() instanceof TaskRow.Line line
                && isOpening
                && panel.mode() instanceof RowMode.Reading) panel.open(line.entry().id());
    }

    private static HBox caption(String words) {
        var label = new Label(words);
        label.getStyleClass().add("wh-caption");
        var box = new HBox(label);
        box.setAlignment(Pos.BOTTOM_LEFT);
        return box;
    }

    private HBox words(TaskRow.Line line) {
        SessionId task = line.entry().id();
        Button main =
                line.isOver()
                        ? button("Run again", "task-rerun", () -> panel.rerun(task))
                        : button("Terminate", "task-terminate", () -> panel.askToTerminate(task));
        main.setDisable(line.entry().isEnding());
        Button open =
                button(line.isShown() ? "Go to" : "Open", "task-open", () -> panel.open(task));
        return row(line, line.detail(), badges(line), main, open, more(line));
    }

    private MenuButton more(TaskRow.Line line) {
        TaskEntry entry = line.entry();
        var more = new MenuButton("", new FontIcon(Feather.MORE_HORIZONTAL));
        more.getStyleClass().addAll("small", "wh-more", "task-more");
        more.setAccessibleText("More");
        more.setFocusTraversable(false);
        more.setMinWidth(Region.USE_PREF_SIZE);
        more.getItems()
                .setAll(
                        item("Copy output", "task-copy", () -> panel.copy(entry)),
                        item("Save output as text…", "task-save", () -> panel.save(entry, true)),
                        item(
                                "Save output as printed…",
                                "task-save-raw",
                                () -> panel.save(entry, false)));
        if (line.isOver()) {
            MenuItem remove = item("Remove…", "task-remove", () -> panel.askToRemove(entry.id()));
            more.getItems().addAll(new SeparatorMenuItem(), remove);
        } else {
            MenuItem again = item("Run another", "task-rerun", () -> panel.rerun(entry.id()));
            more.getItems().addAll(new SeparatorMenuItem(), again);
        }
        return more;
    }

    private HBox question(
            TaskRow.Line line,
            String loss,
            String no,
            String yes,
            String style,
            Runnable confirmed) {
        Button keep = button(no, "task-keep", panel::read);
        Button really = button(yes, style, confirmed);
        really.getStyleClass().add("danger");
        keep.setFocusTraversable(true);
        really.setFocusTraversable(true);
        takeKeyboard(really);
        return row(line, loss, new HBox(), keep, really);
    }

    private static HBox row(TaskRow.Line line, String below, HBox badges, Control... buttons) {
        var glyph = new FontIcon(icon(line.entry()));
        var place = new HBox(glyph);
        place.getStyleClass().addAll("wh-task-glyph", tone(line.entry()));
        var row = new HBox(place, labels(line, below), badges);
        row.getChildren().addAll(buttons);
        row.getStyleClass().add("wh-row");
        return row;
    }

    private static VBox labels(TaskRow.Line line, String detail) {
        var head = new Label(line.headline());
        head.getStyleClass().addAll("wh-row-head", "task-head");
        var below = new Label(detail);
        below.getStyleClass().addAll("text-muted", "text-small", "task-detail");
        var words = new VBox(head, below);
        words.setAlignment(Pos.CENTER_LEFT);
        words.setMinWidth(0);
        words.setMaxWidth(Double.MAX_VALUE);
        HBox.setHgrow(words, Priority.ALWAYS);
        return words;
    }

    private static HBox badges(TaskRow.Line line) {
        var times = new Label(line.times());
        times.getStyleClass().addAll("text-muted", "text-small", "task-times");
        var state = new Label(line.state());
        state.getStyleClass().addAll("wh-badge", "task-state", tone(line.entry()));
        var badges = new HBox(times, state);
        badges.getStyleClass().add("wh-badges");
        badges.setMinWidth(Region.USE_PREF_SIZE);
        return badges;
    }

    private static String tone(TaskEntry entry) {
        return "task-" + TaskWords.tone(entry).name().toLowerCase(Locale.ROOT);
    }

    private static Feather icon(TaskEntry entry) {
        return switch (TaskWords.tone(entry)) {
            case WAITING -> Feather.CLOCK;
            case BUSY -> Feather.PLAY_CIRCLE;
            case GOOD -> Feather.CHECK_CIRCLE;
            case BAD -> Feather.X_CIRCLE;
            case ENDED -> Feather.SLASH;
        };
    }

    /** A node that is not on the screen yet cannot have the keyboard. */
    private static void takeKeyboard(Control node) {
        node.sceneProperty()
                .addListener(
                        (_, _, scene) -> {
                            if (scene != null) node.requestFocus();
                        });
    }

    private static Button button(String words, String style, Runnable action) {
        var button = new Button(words);
        button.getStyleClass().addAll("small", style);
        button.setMinWidth(Region.USE_PREF_SIZE);
        button.setFocusTraversable(false);
        button.setOnAction(_ -> action.run());
        return button;
    }

    private static MenuItem item(String words, String id, Runnable action) {
        var item = new MenuItem(words);
        item.setId(id);
        item.setOnAction(_ -> action.run());
        return item;
    }
}
