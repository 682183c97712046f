package dev.wormhole.app.view;

import dev.wormhole.app.fx.Beat;
import dev.wormhole.client.cli.StoreWords;
import dev.wormhole.protocol.ServerMessage;

import javafx.geometry.Pos;
import javafx.scene.control.Button;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Region;

import org.kordamp.ikonli.feather.Feather;
import org.kordamp.ikonli.javafx.FontIcon;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * That the server cannot store what its sessions print, and for how long; a click tells the whole
 * story. Nothing is seen while all is well.
 *
 * <p>Owned by the FX thread. It ticks only while something is wrong.
 */
final class StoreView extends HBox {

    private static final Duration BEAT = Duration.ofSeconds(1);

    private final Button words;
    private final Beat beat = new Beat(BEAT, this::show);

    // Owned by the FX thread.
    private Optional<ServerMessage.StoreState> state = Optional.empty();

    StoreView(Runnable tell) {
        words = Icons.button("", new FontIcon(Feather.ALERT_TRIANGLE), "", tell);
        words.setId("store-trouble");
        words.getStyleClass().add("wh-store");
        words.setMinWidth(Region.USE_PREF_SIZE);
        setAlignment(Pos.CENTER_LEFT);
        getChildren().setAll(words);
        show();
    }

    void state(Optional<ServerMessage.StoreState> changed) {
        state = changed;
        if (changed.filter(told -> told.problem() != null).isPresent()) beat.start();
        else beat.stop();
        show();
    }

    void dispose() {
        beat.stop();
    }

    private void show() {
        Instant now = Instant.now();
        String brief = state.map(told -> StoreWords.brief(told, now)).orElse("");
        setVisible(!brief.isEmpty());
        setManaged(!brief.isEmpty());
        if (brief.equals(words.getText())) return;
        words.setText(brief);
        if (brief.isEmpty()) return;
        String trouble = StoreWords.trouble(state.orElseThrow(), now);
        Icons.tip(words, trouble != null ? trouble : StoreWords.damage(state.orElseThrow()));
    }
}
