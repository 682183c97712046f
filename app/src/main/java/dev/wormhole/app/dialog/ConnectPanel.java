package dev.wormhole.app.dialog;

import dev.wormhole.app.dialog.ConnectState.Field;
import dev.wormhole.client.link.LinkTarget;
import dev.wormhole.client.preferences.SavedHost;

import javafx.css.PseudoClass;
import javafx.geometry.Pos;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.PasswordField;
import javafx.scene.control.ProgressIndicator;
import javafx.scene.control.ScrollPane;
import javafx.scene.control.TextField;
import javafx.scene.layout.ColumnConstraints;
import javafx.scene.layout.GridPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;

import org.jspecify.annotations.Nullable;

import java.util.concurrent.Executor;
import java.util.function.Consumer;

/**
 * Where to connect to: this computer, a saved host, or a new one by its address and token.
 *
 * <p>Owned by the FX thread.
 */
public final class ConnectPanel implements Panel {

    private static final PseudoClass WRONG = PseudoClass.getPseudoClass("danger");

    private final ConnectFlow flow;
    private final String current;
    private final String localName;
    private final VBox list = new VBox();
    private final TextField name = new TextField();
    private final TextField address = new TextField();
    private final PasswordField token = new PasswordField();
    private final Button add = new Button("Connect");
    private final VBox status = new VBox();
    private final VBox content;
    private @Nullable Runnable dismiss;
    private @Nullable String removing;

    /**
     * @param current the name of the host that the window shows
     * @param fx runs what it is given on the FX thread
     * @param connect turns the window to a host
     */
    public ConnectPanel(HostBook hosts, String current, Executor fx, Consumer<LinkTarget> connect) {
        this.current = current;
        localName = hosts.local().name();
        flow =
                new ConnectFlow(
                        hosts,
                        fx,
                        target -> {
                            // Closed first: the keyboard goes to the terminals of the new host.
                            if (dismiss != null) dismiss.run();
                            connect.accept(target);
                        });
        list.getStyleClass().add("wh-hosts");
        status.getStyleClass().add("wh-status");
        content = new VBox(scrolling(list), caption("Another server"), form(), status);
        content.getStyleClass().add("wh-panel");
        content.setId("connect-panel");
        flow.stateProperty().addListener((_, _, now) -> show(now));
        show(flow.stateProperty().get());
    }

    @Override
    public String title() {
        return "Connect";
    }

    @Override
    public Region content() {
        return content;
    }

    @Override
    public void opened(Runnable close) {
        dismiss = close;
        address.requestFocus();
    }

    @Override
    public boolean stepBack() {
        if (!(flow.stateProperty().get() instanceof ConnectState.Busy)) return false;
        flow.cancel();
        return true;
    }

    @Override
    public void closed() {
        flow.cancel();
        token.clear();
    }

    private static ScrollPane scrolling(Region inside) {
        var scroll = new ScrollPane(inside);
        scroll.setFitToWidth(true);
        scroll.setFocusTraversable(false);
        scroll.getStyleClass().addAll("edge-to-edge", "wh-hosts-scroll");
        return scroll;
    }

    private GridPane form() {
        name.setId("host-name");
        name.setPromptText("how you call it");
        address.setId("host-address");
        address.setPromptText("wss://host:port/");
        token.setId("host-token");
        token.setPromptText("as the server printed it");
        add.setId("host-connect");
        add.getStyleClass().add("accent");
        add.setOnAction(_ -> submit());
        for (TextField field : new TextField[] {name, address, token}) {
            field.setOnAction(_ -> submit());
            GridPane.setHgrow(field, Priority.ALWAYS);
        }
        var grid = new GridPane();
        grid.getStyleClass().add("wh-form");
        var labels = new ColumnConstraints();
        labels.setMinWidth(Region.USE_PREF_SIZE);
        grid.getColumnConstraints().addAll(labels, new ColumnConstraints());
        grid.addRow(0, label("Address", address), address);
        grid.addRow(1, label("Token", token), token);
        grid.addRow(2, label("Name", name), name);
        var buttons = new HBox(add);
        buttons.setAlignment(Pos.CENTER_RIGHT);
        grid.add(buttons, 1, 3);
        return grid;
    }

    private void submit() {
        flow.toNew(name.getText(), address.getText(), token.getText());
    }

    private void show(ConnectState state) {
        boolean isBusy = state instanceof ConnectState.Busy;
        add.setDisable(isBusy);
        mark(state instanceof ConnectState.Failed(_, Field field, _) ? field : null);
        showHosts(isBusy);
        status.getChildren().clear();
        switch (state) {
            case ConnectState.Idle() -> {}
            case ConnectState.Busy(var what) -> showBusy(what);
            case ConnectState.Unknown unknown -> showUnknown(unknown);
            case ConnectState.Changed changed -> showChanged(changed);
            case ConnectState.Failed failed -> showFailed(failed);
        }
        boolean isEmpty = status.getChildren().isEmpty();
        status.setVisible(!isEmpty);
        status.setManaged(!isEmpty);
    }

    private void mark(@Nullable Field wrong) {
        mark(name, wrong == Field.NAME);
        mark(address, wrong == Field.ADDRESS);
        mark(token, wrong == Field.TOKEN);
    }

    private static void mark(TextField field, boolean isWrong) {
        field.pseudoClassStateChanged(WRONG, isWrong);
        if (isWrong) field.requestFocus();
    }

    private void showBusy(String what) {
        var spinner = new ProgressIndicator();
        spinner.setId("connect-progress");
        spinner.setPrefSize(18, 18);
        var text = text(what, "text-muted");
        HBox.setHgrow(text, Priority.ALWAYS);
        text.setMaxWidth(Double.MAX_VALUE);
        Button cancel = button("connect-cancel", "Cancel", flow::cancel);
        var row = new HBox(spinner, text, cancel);
        row.getStyleClass().add("wh-status-row");
        status.getChildren().setAll(row);
    }

    private void showUnknown(ConnectState.Unknown unknown) {
        var question =
                text(
                        unknown.host()
                                + " shows a key that this computer has not seen before. Compare it"
                                + " with the fingerprint that the server printed:");
        Label fingerprint = fingerprint(unknown.shown().text());
        Button accept = button("fingerprint-accept", "It is the same: connect", flow::accept);
        accept.getStyleClass().add("accent");
        Button refuse = button("fingerprint-refuse", "Do not connect", flow::cancel);
        status.getChildren().setAll(question, fingerprint, buttons(refuse, accept));
        accept.requestFocus();
    }

    private void showChanged(ConnectState.Changed changed) {
        var loud = text("The certificate of " + changed.host() + " has changed.", "wh-loud");
        loud.setId("certificate-changed");
        var why =
                text(
                        "Somebody may be in between. Nothing was sent, and nothing will be. If the"
                                + " server's owner confirms the new key, remove the host and add it"
                                + " again.");
        var was = text("Accepted:", "text-muted");
        var is = text("Shown now:", "text-muted");
        status.getChildren()
                .setAll(
                        loud,
                        why,
                        was,
                        fingerprint(changed.accepted()),
                        is,
                        fingerprint(changed.shown().text()),
                        buttons(button("changed-close", "Stay away", flow::cancel)));
    }

    private void showFailed(ConnectState.Failed failed) {
        var message = text(failed.message(), "wh-error");
        message.setId("connect-error");
        status.getChildren().setAll(message);
        if (failed.anyway() == null) return;
        Button anyway = button("connect-anyway", "Switch and keep trying", flow::anyway);
        status.getChildren().add(buttons(anyway));
    }

    private void showHosts(boolean isBusy) {
        list.getChildren().setAll(localRow(isBusy));
        for (SavedHost host : flow.saved()) list.getChildren().add(savedRow(host, isBusy));
    }

    private HBox localRow(boolean isBusy) {
        Button go = button("connect-local", verb(localName), flow::toLocal);
        go.setDisable(isBusy);
        return row("This computer", "sessions that run here", localName, go);
    }

    private HBox savedRow(SavedHost host, boolean isBusy) {
        if (host.name().equals(removing)) return removeRow(host);
        Button remove =
                button(
                        "remove-" + host.name(),
                        "Remove",
                        () -> {
                            removing = host.name();
                            showHosts(false);
                        });
        remove.getStyleClass().add("flat");
        // The layout of the host that the window shows is in use.
        remove.setDisable(isBusy || host.name().equals(current));
        Button go = button("connect-" + host.name(), verb(host.name()), () -> flow.toSaved(host));
        go.setDisable(isBusy);
        return row(host.name(), host.uri().toString(), host.name(), remove, go);
    }

    private String verb(String host) {
        return host.equals(current) ? "Reconnect" : "Connect";
    }

    private HBox removeRow(SavedHost host) {
        Button keep =
                button(
                        "keep-" + host.name(),
                        "Keep",
                        () -> {
                            removing = null;
                            showHosts(false);
                        });
        Button remove =
                button(
                        "really-remove-" + host.name(),
                        "Remove",
                        () -> {
                            removing = null;
                            flow.remove(host);
                        });
        remove.getStyleClass().add("danger");
        var row = row(host.name(), "Forget its address and token?", "", keep, remove);
        remove.requestFocus();
        return row;
    }

    private HBox row(String headline, String detail, String host, Button... buttons) {
        var head = new Label(headline);
        head.getStyleClass().add("wh-row-head");
        var below = new Label(detail);
        below.getStyleClass().addAll("text-muted", "text-small");
        var words = new VBox(head, below);
        words.setMaxWidth(Double.MAX_VALUE);
        HBox.setHgrow(words, Priority.ALWAYS);
        var row = new HBox(words);
        row.getStyleClass().add("wh-row");
        if (host.equals(current)) {
            var here = new Label("shown");
            here.getStyleClass().addAll("wh-badge", "wh-badge-good");
            row.getChildren().add(here);
        }
        row.getChildren().addAll(buttons);
        return row;
    }

    private static Label caption(String words) {
        var caption = new Label(words);
        caption.getStyleClass().add("wh-caption");
        return caption;
    }

    private static Label label(String words, TextField field) {
        var label = new Label(words);
        label.getStyleClass().add("text-muted");
        label.setLabelFor(field);
        return label;
    }

    private static Label text(String words, String... styles) {
        var text = new Label(words);
        text.setWrapText(true);
        text.setMinHeight(Region.USE_PREF_SIZE);
        text.getStyleClass().addAll(styles);
        return text;
    }

    private static Label fingerprint(String words) {
        var text = text(words, "wh-fingerprint");
        text.setMaxWidth(Double.MAX_VALUE);
        return text;
    }

    private static HBox buttons(Button... buttons) {
        var row = new HBox(buttons);
        row.getStyleClass().add("wh-buttons");
        return row;
    }

    private static Button button(String id, String words, Runnable action) {
        var button = new Button(words);
        button.setId(id);
        button.setMinWidth(Region.USE_PREF_SIZE);
        button.setOnAction(_ -> action.run());
        return button;
    }
}
