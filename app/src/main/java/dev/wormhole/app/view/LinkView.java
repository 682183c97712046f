package dev.wormhole.app.view;

import dev.wormhole.client.link.LinkState;

import javafx.animation.KeyFrame;
import javafx.animation.Timeline;
import javafx.scene.control.Hyperlink;
import javafx.scene.control.Label;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Region;

import java.time.Duration;
import java.util.Locale;

/**
 * Where the link stands: a dot and words, and the way to cut the waiting short.
 *
 * <p>Owned by the FX thread. It ticks only while there is a time to count down.
 */
final class LinkView extends HBox {

    private final Label words = new Label();
    private final Hyperlink retry = new Hyperlink("retry now");
    private final Timeline countdown =
            new Timeline(new KeyFrame(javafx.util.Duration.millis(250), _ -> show()));

    // Owned by the FX thread.
    private LinkState state = new LinkState.Disconnected();
    private long since = System.nanoTime();

    LinkView(Runnable retryNow) {
        getStyleClass().add("wh-link");
        var dot = new Region();
        dot.getStyleClass().add("wh-dot");
        words.setMinWidth(0);
        retry.getStyleClass().add("wh-link-action");
        retry.setFocusTraversable(false);
        retry.setMinWidth(Region.USE_PREF_SIZE);
        retry.setOnAction(
                _ -> {
                    retry.setVisited(false);
                    retryNow.run();
                });
        countdown.setCycleCount(Timeline.INDEFINITE);
        getChildren().setAll(dot, words, retry);
        show();
    }

    void state(LinkState changed) {
        state = changed;
        since = System.nanoTime();
        if (changed instanceof LinkState.Reconnecting) countdown.play();
        else countdown.stop();
        show();
    }

    void dispose() {
        countdown.stop();
    }

    private void show() {
        LinkWords said = LinkWords.of(state, Duration.ofNanos(System.nanoTime() - since));
        if (!words.getText().equals(said.text())) words.setText(said.text());
        for (LinkWords.Tone tone : LinkWords.Tone.values()) {
            String styleClass = tone.name().toLowerCase(Locale.ROOT);
            boolean isTone = tone == said.tone();
            if (isTone && !getStyleClass().contains(styleClass)) getStyleClass().add(styleClass);
            if (!isTone) getStyleClass().remove(styleClass);
        }
        boolean hasTip = words.getTooltip() != null;
        if (hasTip ? !words.getTooltip().getText().equals(said.tip()) : !said.tip().isEmpty()) {
            Icons.tip(words, said.tip());
        }
        retry.setVisible(said.canRetry());
        retry.setManaged(said.canRetry());
    }
}
