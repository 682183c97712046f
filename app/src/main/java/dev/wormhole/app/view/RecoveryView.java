package dev.wormhole.app.view;

import dev.wormhole.app.workspace.Workspace;
import dev.wormhole.protocol.ServerMessage;

import javafx.geometry.Pos;
import javafx.scene.control.Button;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Region;
import javafx.util.Subscription;

import org.kordamp.ikonli.feather.Feather;
import org.kordamp.ikonli.javafx.FontIcon;

import java.util.Optional;

/**
 * What the server's last start brought back, in numbers, until the person has put it away; a click
 * tells the whole story. Nothing else moves when it comes or goes.
 *
 * <p>Owned by the FX thread.
 */
final class RecoveryView extends HBox {

    private final String host;
    private final SeenReports reports;
    private final Button words;
    private final Subscription subscription;

    // Owned by the FX thread.
    private Optional<ServerMessage.Recovery> shown = Optional.empty();

    RecoveryView(Workspace workspace, WindowActions window) {
        host = workspace.host();
        reports = window.reports();
        setAlignment(Pos.CENTER_LEFT);
        words =
                Icons.button(
                        "",
                        new FontIcon(Feather.ROTATE_CCW),
                        "What came back at the server's last start, and what did not",
                        () -> shown.ifPresent(window::showRecovery));
        words.setId("recovery");
        words.setMinWidth(0);
        Button putAway = Icons.button(Feather.X, "Put away", this::putAway);
        putAway.setId("recovery-put-away");
        putAway.setMinWidth(Region.USE_PREF_SIZE);
        getChildren().setAll(words, putAway);
        subscription = workspace.recovery().reportProperty().subscribe(this::show);
    }

    void dispose() {
        subscription.unsubscribe();
    }

    private void show(Optional<ServerMessage.Recovery> report) {
        shown = report.filter(told -> !reports.isSeen(host, told.at()));
        setVisible(shown.isPresent());
        setManaged(shown.isPresent());
        words.setText(shown.map(RecoveryView::words).orElse(""));
    }

    /** The same numbers as in {@code wormhole status}. */
    private static String words(ServerMessage.Recovery report) {
        return "%d reattached, %d recreated, %d lost"
                .formatted(
                        report.reattached().size(),
                        report.recreated().size(),
                        report.lost().size());
    }

    private void putAway() {
        shown.ifPresent(report -> reports.seen(host, report.at()));
        show(shown);
    }
}
