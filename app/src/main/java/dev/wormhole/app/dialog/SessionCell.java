package dev.wormhole.app.dialog;

import dev.wormhole.app.dialog.SessionListPanel.RowMode;
import dev.wormhole.protocol.SessionId;

import javafx.geometry.Pos;
import javafx.scene.control.Button;
import javafx.scene.control.Control;
import javafx.scene.control.Label;
import javafx.scene.control.ListCell;
import javafx.scene.control.TextField;
import javafx.scene.control.Tooltip;
import javafx.scene.input.MouseButton;
import javafx.scene.input.MouseEvent;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;

import org.jspecify.annotations.Nullable;

/**
 * One row of the session list: words and buttons, a field for a new name, or the question whether
 * to end the session.
 *
 * <p>Owned by the FX thread.
 */
final class SessionCell extends ListCell<SessionRow> {

    private final SessionListPanel panel;

    SessionCell(SessionListPanel panel) {
        this.panel = panel;
        getStyleClass().add("wh-session-cell");
        // The list is as wide as it is: long words are cut, nothing scrolls sideways.
        setPrefWidth(0);
        addEventHandler(MouseEvent.MOUSE_CLICKED, this::clicked);
    }

    @Override
    protected void updateItem(@Nullable SessionRow row, boolean empty) {
        super.updateItem(row, empty);
        setText(null);
        if (empty || row == null) {
            setGraphic(null);
            return;
        }
        SessionId session = row.entry().id();
        setGraphic(
                switch (panel.mode()) {
                    case RowMode.Renaming(var renamed) when renamed.equals(session) -> field(row);
                    case RowMode.Ending(var ended) when ended.equals(session) -> question(row);
                    case RowMode.Reading _, RowMode.Renaming _, RowMode.Ending _ -> words(row);
                });
    }

    private void clicked(MouseEvent event) {
        SessionRow row = getItem();
        boolean isOpening = event.getButton() == MouseButton.PRIMARY && event.getClickCount() == 2;
        if (row != null && isOpening && panel.mode() instanceof RowMode.Reading)
            panel.open(row.entry().id());
    }

    private HBox words(SessionRow row) {
        SessionId session = row.entry().id();
        Button rename = button("Rename", "session-rename", () -> panel.beginRename(session));
        Button end = button("End", "session-end", () -> panel.askToEnd(session));
        Button open =
                button(row.isShown() ? "Go to" : "Open", "session-open", () -> panel.open(session));
        return row(labels(row, row.detail()), badges(row), rename, end, open);
    }

    private HBox field(SessionRow row) {
        SessionId session = row.entry().id();
        var name = new TextField(row.entry().name() == null ? "" : row.entry().name());
        name.setPromptText(row.headline());
        name.getStyleClass().add("session-name-field");
        name.setOnAction(_ -> panel.rename(session, name.getText()));
        name.setMaxWidth(Double.MAX_VALUE);
        HBox.setHgrow(name, Priority.ALWAYS);
        Button save =
                button(
                        "Rename",
                        "session-rename-save",
                        () -> panel.rename(session, name.getText()));
        takeKeyboard(name);
        var box = new HBox(name, save);
        box.getStyleClass().add("wh-row");
        return box;
    }

    private HBox question(SessionRow row) {
        SessionId session = row.entry().id();
        Button keep = button("Keep", "session-keep", panel::read);
        Button end = button("End for ever", "session-end-really", () -> panel.end(session));
        end.getStyleClass().add("danger");
        String loss =
                row.entry().isExited()
                        ? "Its text will be gone."
                        : "Its program is ended and its text will be gone.";
        takeKeyboard(end);
        return row(labels(row, loss), new HBox(), keep, end);
    }

    private static VBox labels(SessionRow row, String detail) {
        var head = new Label(row.headline());
        head.getStyleClass().addAll("wh-row-head", "session-head");
        var below = new Label(detail);
        below.getStyleClass().addAll("text-muted", "text-small", "session-detail");
        var words = new VBox(head, below);
        words.setAlignment(Pos.CENTER_LEFT);
        words.setMinWidth(0);
        words.setMaxWidth(Double.MAX_VALUE);
        HBox.setHgrow(words, Priority.ALWAYS);
        return words;
    }

    private static HBox badges(SessionRow row) {
        var activity = new Label(row.activity());
        activity.getStyleClass().addAll("text-muted", "text-small", "session-activity");
        var state = new Label(row.state());
        state.getStyleClass().addAll("wh-badge", "session-state");
        state.getStyleClass().add(row.entry().isExited() ? "wh-badge-quiet" : "wh-badge-good");
        var badges = new HBox(activity, state);
        badges.getStyleClass().add("wh-badges");
        if (!row.entry().isStored()) {
            var unstored = new Label("not stored");
            unstored.getStyleClass().addAll("wh-badge", "session-unstored");
            unstored.setTooltip(
                    new Tooltip("Nothing of this session is written to its server's disk."));
            badges.getChildren().add(unstored);
        }
        if (row.isShown()) {
            var shown = new Label("shown");
            shown.getStyleClass().addAll("wh-badge", "session-shown");
            badges.getChildren().add(shown);
        }
        badges.setMinWidth(Region.USE_PREF_SIZE);
        return badges;
    }

    private static HBox row(VBox words, HBox badges, Button... buttons) {
        var row = new HBox(words, badges);
        row.getChildren().addAll(buttons);
        row.getStyleClass().add("wh-row");
        return row;
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
        button.setFocusTraversable(
                style.equals("session-end-really") || style.equals("session-keep"));
        button.setOnAction(_ -> action.run());
        return button;
    }
}
