package dev.wormhole.app.dialog;

import dev.wormhole.app.workspace.Problems;
import dev.wormhole.app.workspace.Workspace;
import dev.wormhole.protocol.SessionEntry;
import dev.wormhole.protocol.SessionId;

import javafx.beans.InvalidationListener;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;
import javafx.scene.control.Label;
import javafx.scene.control.ListView;
import javafx.scene.control.TextField;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * The sessions of the server: to see, open, rename and end them, those first that no pane shows.
 *
 * <p>Owned by the FX thread.
 */
public final class SessionListPanel implements Panel {

    private final Workspace workspace;
    private final InstantSource clock;
    private final SessionOrder order = new SessionOrder();
    private final TextField search = new TextField();
    private final ObservableList<SessionRow> rows = FXCollections.observableArrayList();
    private final ListView<SessionRow> list = new ListView<>(rows);
    private final Label error = new Label();
    private final VBox content;
    private final InvalidationListener changed = _ -> refresh();

    // Owned by the FX thread.
    private RowMode mode = new RowMode.Reading();
    private @Nullable Runnable dismiss;

    /** What a row is there for just now. */
    sealed interface RowMode {

        record Reading() implements RowMode {}

        /** The row of this session is a field for its name. */
        record Renaming(SessionId session) implements RowMode {}

        /** The row of this session asks whether it shall end. */
        record Ending(SessionId session) implements RowMode {}
    }

    public SessionListPanel(Workspace workspace, InstantSource clock) {
        this.workspace = workspace;
        this.clock = clock;
        search.setId("session-search");
        search.setPromptText("Search by name, directory, title or id");
        search.textProperty().addListener(changed);
        search.addEventFilter(KeyEvent.KEY_PRESSED, this::searchKey);
        list.setId("session-list");
        list.getStyleClass().add("wh-sessions");
        list.setCellFactory(_ -> new SessionCell(this));
        list.setPlaceholder(new Label("No session."));
        list.addEventFilter(KeyEvent.KEY_PRESSED, this::listKey);
        VBox.setVgrow(list, Priority.ALWAYS);
        error.setId("session-error");
        error.getStyleClass().add("wh-error");
        error.setWrapText(true);
        error.managedProperty().bind(error.visibleProperty());
        error.setVisible(false);
        var keys = new Label("Enter opens  ·  F2 renames  ·  Delete ends  ·  Esc closes");
        keys.getStyleClass().addAll("text-muted", "text-small");
        content = new VBox(search, list, error, keys);
        content.setId("session-panel");
        content.getStyleClass().addAll("wh-panel", "wh-panel-wide");
    }

    @Override
    public String title() {
        return "Sessions on " + workspace.host();
    }

    @Override
    public Region content() {
        return content;
    }

    @Override
    public void opened(Runnable close) {
        dismiss = close;
        workspace.sessions().addListener(changed);
        workspace.treeProperty().addListener(changed);
        workspace.refreshSessions();
        refresh();
        if (!rows.isEmpty()) list.getSelectionModel().select(0);
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
        workspace.sessions().removeListener(changed);
        workspace.treeProperty().removeListener(changed);
    }

    RowMode mode() {
        return mode;
    }

    void open(SessionId session) {
        if (dismiss != null) dismiss.run();
        workspace.open(session);
    }

    void beginRename(SessionId session) {
        become(new RowMode.Renaming(session));
    }

    void rename(SessionId session, String name) {
        String wanted = name.strip();
        become(new RowMode.Reading());
        list.requestFocus();
        answer(workspace.rename(session, wanted));
    }

    void askToEnd(SessionId session) {
        become(new RowMode.Ending(session));
    }

    void end(SessionId session) {
        become(new RowMode.Reading());
        list.requestFocus();
        answer(workspace.destroy(session));
    }

    void read() {
        become(new RowMode.Reading());
        list.requestFocus();
    }

    private void answer(CompletableFuture<Void> request) {
        error.setVisible(false);
        request.whenComplete(
                (_, problem) -> {
                    if (problem == null) return;
                    error.setText(Problems.sentence(problem));
                    error.setVisible(true);
                });
    }

    private void become(RowMode next) {
        mode = next;
        list.refresh();
        // At once and not with the next pulse: the row takes the keyboard, and the first letter of
        // a new name may be on its way already.
        list.layout();
    }

    /** Shows what is known now; the selection stays with its session. */
    private void refresh() {
        @Nullable SessionRow selected = list.getSelectionModel().getSelectedItem();
        int index = list.getSelectionModel().getSelectedIndex();
        Instant now = clock.instant();
        List<SessionRow> next =
                order.arrange(workspace.sessions(), this::isShown).stream()
                        .map(entry -> new SessionRow(entry, isShown(entry.id()), now))
                        .filter(row -> row.matches(search.getText()))
                        .toList();
        leaveModeOf(next);
        update(next);
        if (rows.isEmpty()) return;
        int same = selected == null ? -1 : indexOf(selected.entry().id());
        list.getSelectionModel().select(same >= 0 ? same : Math.clamp(index, 0, rows.size() - 1));
    }

    /** Only rows that differ change: a field that somebody types into stays the same field. */
    private void update(List<SessionRow> next) {
        if (!ids(rows).equals(ids(next))) {
            rows.setAll(next);
            return;
        }
        for (int i = 0; i < next.size(); i++) {
            SessionRow row = next.get(i);
            boolean isBusy = !(mode instanceof RowMode.Reading) && row.entry().id().equals(busy());
            if (!isBusy && !rows.get(i).equals(row)) rows.set(i, row);
        }
    }

    private void leaveModeOf(List<SessionRow> next) {
        @Nullable SessionId busy = busy();
        if (busy != null && !ids(next).contains(busy)) mode = new RowMode.Reading();
    }

    private @Nullable SessionId busy() {
        return switch (mode) {
            case RowMode.Reading() -> null;
            case RowMode.Renaming(var session) -> session;
            case RowMode.Ending(var session) -> session;
        };
    }

    private static List<SessionId> ids(List<SessionRow> rows) {
        return rows.stream().map(row -> row.entry().id()).toList();
    }

    private int indexOf(SessionId session) {
        return ids(rows).indexOf(session);
    }

    private boolean isShown(SessionId session) {
        return workspace.paneOf(session).isPresent();
    }

    private @Nullable SessionEntry selected() {
        @Nullable SessionRow row = list.getSelectionModel().getSelectedItem();
        return row == null ? null : row.entry();
    }

    /** The search field keeps the keyboard; the keys that move and choose go to the list. */
    private void searchKey(KeyEvent event) {
        switch (event.getCode()) {
            case UP, DOWN -> {
                int step = event.getCode() == KeyCode.UP ? -1 : 1;
                int index = list.getSelectionModel().getSelectedIndex() + step;
                if (!rows.isEmpty())
                    list.getSelectionModel().select(Math.clamp(index, 0, rows.size() - 1));
                list.scrollTo(list.getSelectionModel().getSelectedIndex());
                event.consume();
            }
            case ENTER, F2 -> listKey(event);
            default -> {}
        }
    }

    private void listKey(KeyEvent event) {
        @Nullable SessionEntry entry = selected();
        // A row that is a field or a question takes its own keys.
        if (entry == null || !(mode instanceof RowMode.Reading)) return;
        switch (event.getCode()) {
            case ENTER -> open(entry.id());
            case F2 -> beginRename(entry.id());
            case DELETE -> askToEnd(entry.id());
            default -> {
                return;
            }
        }
        event.consume();
    }
}
