package dev.wormhole.app.view;

import dev.wormhole.app.terminal.SurfaceFacts;
import dev.wormhole.app.terminal.TerminalSurface;
import dev.wormhole.app.terminal.TerminalTheme;
import dev.wormhole.app.workspace.PaneModel;
import dev.wormhole.app.workspace.PaneState;
import dev.wormhole.app.workspace.TerminalPort;
import dev.wormhole.protocol.ByteString;
import dev.wormhole.protocol.ServerMessage;
import dev.wormhole.protocol.TerminalSize;

import javafx.beans.value.ObservableObjectValue;
import javafx.css.PseudoClass;
import javafx.geometry.Insets;
import javafx.geometry.Pos;
import javafx.scene.control.Label;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import javafx.util.Subscription;

import org.kordamp.ikonli.feather.Feather;
import org.kordamp.ikonli.javafx.FontIcon;

import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * One pane: its head, its terminal, and a strip at the bottom when there is something to say. The
 * text stays readable whatever happens to the session.
 *
 * <p>Owned by the FX thread.
 */
final class PaneView extends VBox {

    private static final PseudoClass CURRENT = PseudoClass.getPseudoClass("current");
    private static final PseudoClass ATTENTION = PseudoClass.getPseudoClass("attention");
    private static final PseudoClass ENDED = PseudoClass.getPseudoClass("ended");
    private static final double STRIP_HEIGHT = 31;
    private static final Insets NOTICE_MARGIN = new Insets(0, 18, 8, 0);
    private static final Insets INPUT_MARGIN = new Insets(0, 18, 8, 12);
    private static final Insets FIND_MARGIN = new Insets(0, 22, 0, 0);

    private final PaneModel model;
    private final PaneActions actions;
    private final TerminalSurface surface;
    private final PaneHead head;
    private final StackPane body = new StackPane();
    private final Region veil = new Region();
    private final HBox strip = new HBox();
    private final Label notice = new Label();
    private final InputLabel input;
    private final OfferBar offer;
    private final TaskStrip task;
    private final FindBar find;
    private final Subscription subscriptions;

    // Owned by the FX thread.
    private boolean isCurrent;
    private boolean isWindowShown = true;

    PaneView(
            PaneModel model,
            Surfaces surfaces,
            ObservableObjectValue<TerminalTheme> theme,
            PaneActions actions) {
        this.model = model;
        this.actions = actions;
        surface = surfaces.create(theme.get(), new Ears());
        head = new PaneHead(model, actions, surface::focus);
        input = new InputLabel(model);
        offer = new OfferBar(model);
        task = new TaskStrip(model, () -> actions.rerun(model));
        find = new FindBar(surface, this::closeFind);
        getStyleClass().add("wh-pane");
        setMinSize(0, 0);
        veil.getStyleClass().add("wh-veil");
        veil.setMouseTransparent(true);
        strip.getStyleClass().add("wh-strip");
        strip.setMouseTransparent(true);
        notice.getStyleClass().add("wh-notice");
        notice.setMouseTransparent(true);
        StackPane.setAlignment(strip, Pos.BOTTOM_CENTER);
        StackPane.setAlignment(offer, Pos.BOTTOM_CENTER);
        StackPane.setAlignment(task, Pos.BOTTOM_CENTER);
        addEventFilter(KeyEvent.ANY, event -> offer.key(event, surface.focusedProperty().get()));
        StackPane.setAlignment(notice, Pos.BOTTOM_RIGHT);
        StackPane.setMargin(notice, NOTICE_MARGIN);
        StackPane.setAlignment(input, Pos.BOTTOM_LEFT);
        StackPane.setMargin(input, INPUT_MARGIN);
        StackPane.setAlignment(find, Pos.TOP_RIGHT);
        StackPane.setMargin(find, FIND_MARGIN);
        body.setMinSize(0, 0);
        body.getChildren().setAll(surface.node(), veil, notice, input, strip, offer, task);
        VBox.setVgrow(body, Priority.ALWAYS);
        getChildren().setAll(head, body);
        notice.textProperty().bind(surface.noticeProperty());
        notice.visibleProperty().bind(notice.textProperty().isNotEmpty());
        subscriptions =
                Subscription.combine(
                        theme.subscribe(surface::applyTheme),
                        model.stateProperty().subscribe(_ -> showState()),
                        model.offerProperty().subscribe(_ -> showState()),
                        model.taskProperty().subscribe(_ -> showState()),
                        model.shownProperty().subscribe(_ -> activate()),
                        model.attentionProperty()
                                .subscribe(is -> pseudoClassStateChanged(ATTENTION, is)),
                        surface.focusedProperty()
                                .subscribe(
                                        is -> {
                                            if (is) actions.focus(model);
                                        }));
        model.connect(new Port());
    }

    /** The pane with the keyboard, or another; the only pane of a window is never veiled. */
    void current(boolean current, boolean isOnly) {
        isCurrent = current;
        pseudoClassStateChanged(CURRENT, current);
        veil.setVisible(!current && !isOnly);
        showState();
    }

    void zoomed(boolean zoomed) {
        head.zoomed(zoomed);
    }

    /** A window that nobody sees costs nothing. */
    void windowShown(boolean shown) {
        isWindowShown = shown;
        activate();
    }

    void focus() {
        surface.focus();
    }

    TerminalSurface surface() {
        return surface;
    }

    void askName() {
        head.askName();
    }

    void find() {
        if (!body.getChildren().contains(find)) body.getChildren().add(find);
        find.open();
    }

    void dispose() {
        subscriptions.unsubscribe();
        notice.textProperty().unbind();
        input.dispose();
        offer.dispose();
        task.dispose();
        surface.dispose();
    }

    private void closeFind() {
        body.getChildren().remove(find);
        surface.find("", true, _ -> {});
        surface.focus();
    }

    private void activate() {
        surface.setActive(isWindowShown && model.shownProperty().get());
    }

    private void showState() {
        PaneState state = model.state();
        pseudoClassStateChanged(
                ENDED, state instanceof PaneState.Exited || state instanceof PaneState.Refused);
        // Subscribed before this view, so it is up to date.
        boolean isTaskTold = task.isVisible();
        Optional<PaneWords> words = isTaskTold ? Optional.empty() : words(state);
        strip.setVisible(words.isPresent());
        boolean isOffered = !model.offerProperty().get().isEmpty();
        boolean isCovered = words.isPresent() || isOffered || isTaskTold;
        notice.setTranslateY(isCovered ? -STRIP_HEIGHT : 0);
        input.setTranslateY(isCovered ? -STRIP_HEIGHT : 0);
        surface.setCovered(isCovered ? STRIP_HEIGHT : 0);
        words.ifPresent(this::say);
    }

    private Optional<PaneWords> words(PaneState state) {
        return model.isTask() ? PaneWords.ofTask(state, isCurrent) : PaneWords.of(state, isCurrent);
    }

    private void say(PaneWords words) {
        var text = new Label(words.text());
        text.setMinWidth(Region.USE_PREF_SIZE);
        var hint = new Label(words.hint());
        hint.getStyleClass().add("quiet");
        strip.getChildren().setAll(new FontIcon(icon(words.tone())), text, hint);
        strip.getStyleClass().remove("bad");
        if (words.tone() == PaneWords.Tone.BAD) {
            strip.getStyleClass().add("bad");
            text.setMinWidth(0);
            hint.setMinWidth(Region.USE_PREF_SIZE);
        }
    }

    private static Feather icon(PaneWords.Tone tone) {
        return switch (tone) {
            case ENDED -> Feather.CORNER_DOWN_LEFT;
            case BUSY -> Feather.LOADER;
            case OFFLINE -> Feather.WIFI_OFF;
            case BAD -> Feather.ALERT_CIRCLE;
        };
    }

    /** What the terminal says. */
    private final class Ears implements TerminalSurface.Listener {

        @Override
        public void onInput(ByteString bytes) {
            model.input(bytes);
        }

        @Override
        public void onWish(TerminalSize wish) {
            model.wish(wish);
        }

        @Override
        public void onOutputLost() {
            model.outputLost();
        }

        @Override
        public CompletableFuture<ServerMessage.History> olderLines(long before, int count) {
            return model.olderLines(before, count);
        }

        @Override
        public void onFacts(SurfaceFacts facts) {
            model.viewer(session -> ViewerWords.of(session, facts));
        }

        @Override
        public void onDiffers() {
            model.screenDiffers();
        }

        @Override
        public void onLink(String address) {
            actions.openLink(address);
        }
    }

    /** What the session says, on the link's thread. */
    private final class Port implements TerminalPort {

        @Override
        public void feed(ByteString bytes) {
            surface.feed(bytes);
        }

        @Override
        public void resync(TerminalSize size, ByteString snapshot, boolean keepHistory) {
            surface.resync(size, snapshot, keepHistory);
        }

        @Override
        public void hash(long hash) {
            surface.hash(hash);
        }

        @Override
        public void resize(TerminalSize size) {
            surface.resize(size);
        }
    }
}
