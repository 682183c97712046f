package dev.wormhole.app.view;

import dev.wormhole.app.workspace.PaneModel;
import dev.wormhole.app.workspace.WorkspaceCommand;

import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.OverrunStyle;
import javafx.scene.control.TextField;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.input.MouseButton;
import javafx.scene.input.MouseEvent;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;

import org.kordamp.ikonli.feather.Feather;
import org.kordamp.ikonli.javafx.FontIcon;

/**
 * The slim head of a pane: what it is, and what can be done with it.
 *
 * <p>Owned by the FX thread.
 */
final class PaneHead extends HBox {

    /** Narrower panes show their name alone. */
    private static final double TOOLS_FROM = 300;

    private static final int QUARTER_TURN = 90;

    private static final String UNSTORED =
            "Nothing of this session is written to the disk. It goes on without this window, and"
                    + " ends with its program or this computer. What the shell itself writes, such"
                    + " as its history, is not in our hands.";

    private static final String CLOSE = "End this session";
    private static final String CLOSE_TASK = "Close: the task stays in the list of tasks";

    private final PaneModel model;
    private final PaneActions actions;
    private final Runnable renamed;
    private final Label title = new Label();
    private final Label place = new Label();
    private final HBox tools = new HBox();
    private final TextField name = new TextField();
    private final Button zoom;

    /**
     * @param renamed a name was given or not: the terminal gets the keyboard back
     */
    PaneHead(PaneModel model, PaneActions actions, Runnable renamed) {
        this.model = model;
        this.actions = actions;
        this.renamed = renamed;
        getStyleClass().add("wh-head");
        var mark = new Region();
        mark.getStyleClass().add("mark");
        title.getStyleClass().add("title");
        title.textProperty().bind(model.titleProperty());
        title.setMinWidth(40);
        place.getStyleClass().add("place");
        place.textProperty().bind(model.cwdProperty());
        place.setTextOverrun(OverrunStyle.LEADING_ELLIPSIS);
        place.setMinWidth(0);
        var unstored = new Label("not stored", Icons.of(Feather.EYE_OFF));
        unstored.getStyleClass().add("unstored");
        unstored.setMinWidth(Region.USE_PREF_SIZE);
        unstored.visibleProperty().bind(model.storedProperty().not());
        unstored.managedProperty().bind(unstored.visibleProperty());
        Icons.tip(unstored, UNSTORED);
        var gap = new Region();
        HBox.setHgrow(gap, Priority.ALWAYS);
        zoom = tool(Feather.MAXIMIZE_2, "Zoom", new WorkspaceCommand.Zoom());
        Button below = tool(Feather.COLUMNS, "Split down", new WorkspaceCommand.SplitDown());
        below.getGraphic().setRotate(QUARTER_TURN);
        Button close = tool(Feather.X, CLOSE, new WorkspaceCommand.Close());
        model.taskProperty()
                .subscribe(
                        its -> {
                            if (its.isPresent())
                                Icons.tip(
                                        close,
                                        CLOSE_TASK + actions.keyOf(new WorkspaceCommand.Close()));
                        });
        tools.getStyleClass().add("tools");
        tools.getChildren()
                .setAll(
                        tool(Feather.COLUMNS, "Split right", new WorkspaceCommand.SplitRight()),
                        below,
                        zoom,
                        tool(
                                Feather.LOG_OUT,
                                "Detach: the session goes on without a pane",
                                new WorkspaceCommand.Detach()),
                        close);
        tools.setMinWidth(Region.USE_PREF_SIZE);
        name.addEventHandler(KeyEvent.KEY_PRESSED, this::nameKey);
        name.focusedProperty().addListener((_, _, is) -> nameFocus(is));
        getChildren().setAll(mark, title, unstored, place, gap, tools);
        widthProperty().addListener(_ -> showTools());
        addEventHandler(MouseEvent.MOUSE_PRESSED, this::pressed);
        showTools();
    }

    void zoomed(boolean is) {
        zoom.setGraphic(new FontIcon(is ? Feather.MINIMIZE_2 : Feather.MAXIMIZE_2));
    }

    /** Lets the person type a name in the title's place. */
    void askName() {
        if (getChildren().contains(name)) return;
        name.setText(title.getText());
        getChildren().set(getChildren().indexOf(title), name);
        name.requestFocus();
        name.selectAll();
    }

    private Button tool(Feather icon, String tip, WorkspaceCommand.PaneCommand command) {
        return Icons.button(
                icon, tip + actions.keyOf(command), () -> actions.execute(model, command));
    }

    private void showTools() {
        boolean isRoom = getWidth() >= TOOLS_FROM;
        tools.setVisible(isRoom);
        tools.setManaged(isRoom);
        place.setVisible(isRoom);
        place.setManaged(isRoom);
    }

    private void pressed(MouseEvent event) {
        if (event.getButton() != MouseButton.PRIMARY) return;
        actions.focus(model);
        if (event.getClickCount() == 2) askName();
        event.consume();
    }

    private void nameKey(KeyEvent event) {
        if (event.getCode() == KeyCode.ENTER) {
            String given = name.getText().strip();
            endName();
            if (!given.isEmpty()) actions.rename(model, given);
        } else if (event.getCode() == KeyCode.ESCAPE) {
            endName();
        } else {
            return;
        }
        event.consume();
    }

    private void nameFocus(boolean focused) {
        if (!focused && getChildren().contains(name)) {
            getChildren().set(getChildren().indexOf(name), title);
        }
    }

    private void endName() {
        if (!getChildren().contains(name)) return;
        getChildren().set(getChildren().indexOf(name), title);
        renamed.run();
    }
}
