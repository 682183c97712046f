package dev.wormhole.app.dialog;

import dev.wormhole.protocol.RecoveredSession;
import dev.wormhole.protocol.ServerMessage;

import javafx.scene.control.Label;
import javafx.scene.control.ScrollPane;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Who came back at the server's last start, and why others did not.
 *
 * <p>Owned by the FX thread.
 */
public final class RecoveryPanel implements Panel {

    private final VBox lines = new VBox();
    private final ScrollPane content = new ScrollPane(lines);

    public RecoveryPanel(ServerMessage.Recovery report) {
        lines.getStyleClass().add("wh-panel");
        content.setId("recovery-panel");
        content.getStyleClass().add("wh-recovery");
        content.setFitToWidth(true);
        group("Reattached", report.reattached(), "Their programs went on.");
        group("Recreated", report.recreated(), "");
        group("Lost", report.lost(), "");
        group("Ended before", report.exited(), "They stay so, with their text.");
    }

    @Override
    public String title() {
        return "What came back";
    }

    @Override
    public Region content() {
        return content;
    }

    @Override
    public void opened(Runnable dismiss) {
        content.requestFocus();
    }

    private void group(String title, List<RecoveredSession> sessions, String words) {
        if (sessions.isEmpty()) return;
        caption(title + ": " + sessions.size());
        var reasons =
                sessions.stream()
                        .collect(
                                Collectors.groupingBy(
                                        session -> session.reason() == null ? "" : session.reason(),
                                        LinkedHashMap::new,
                                        Collectors.mapping(
                                                RecoveryPanel::name, Collectors.joining(", "))));
        reasons.forEach(
                (reason, names) -> {
                    var entry = new VBox(text(names));
                    String why = reason.isEmpty() ? words : sentence(reason);
                    if (!why.isEmpty()) entry.getChildren().add(text(why, "text-muted"));
                    lines.getChildren().add(entry);
                });
    }

    private void caption(String words) {
        lines.getChildren().add(text(words, "wh-caption"));
    }

    private static String name(RecoveredSession session) {
        if (session.name() != null) return session.name();
        return session.sessionId() == null ? "A part" : session.sessionId().shortForm();
    }

    private static String sentence(String words) {
        return Character.toUpperCase(words.charAt(0))
                + words.substring(1)
                + (words.endsWith(".") ? "" : ".");
    }

    private static Label text(String words, String... styles) {
        var text = new Label(words);
        text.setWrapText(true);
        text.setMinHeight(Region.USE_PREF_SIZE);
        text.getStyleClass().addAll(styles);
        return text;
    }
}
