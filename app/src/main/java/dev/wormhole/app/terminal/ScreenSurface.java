package dev.wormhole.app.terminal;

import dev.wormhole.app.fx.FxThread;
import dev.wormhole.app.terminal.emoji.EmojiImages;
import dev.wormhole.protocol.ByteString;
import dev.wormhole.protocol.ServerMessage;
import dev.wormhole.protocol.TerminalSize;
import dev.wormhole.terminal.screen.Screen;
import dev.wormhole.terminal.screen.ScreenView;
import dev.wormhole.terminal.screen.Search.Match;
import dev.wormhole.terminal.screen.ViewRow;

import javafx.beans.binding.Bindings;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;
import javafx.scene.Cursor;
import javafx.scene.Node;
import javafx.scene.canvas.Canvas;
import javafx.scene.input.Clipboard;
import javafx.scene.input.ClipboardContent;

import org.jspecify.annotations.Nullable;

import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.IntConsumer;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * A terminal with the server's own screen in it: a thread folds the stream into it, and what
 * changed is painted at the next pulse.
 *
 * <p>Owned by the FX thread, but for the stream's methods.
 */
public final class ScreenSurface implements TerminalSurface {

    private static final String FETCHED_AGAIN = "drawing failed · the screen is fetched again";

    private static final String FAILED = "drawing failed again and again · what is seen is old";

    private final Listener listener;
    private final GridSettings settings;
    private final ScreenWidget widget;
    private final Canvas canvas;
    private final GridView view;
    private final ScreenPainting painting;
    private final StreamQueue queue;
    private final ScreenLoop loop;
    private final RepaintClock clock;
    private final Selecting selecting;
    private final Finder finder;
    private final TextBlink blink;
    private final LinkHover hover;
    private final SurfaceInput input;
    private final StringProperty failure = new SimpleStringProperty("");
    private final ReadOnlyStringWrapper notice = new ReadOnlyStringWrapper("");

    // Owned by the FX thread.
    private boolean active = true;
    private boolean disposed;
    private @Nullable SurfaceFacts told;

    public ScreenSurface(
            TerminalTheme theme, Listener listener, PrimarySelection primary, EmojiImages emoji) {
        FxThread.assertFx();
        this.listener = listener;
        settings = new GridSettings(theme);
        widget = new ScreenWidget(settings);
        canvas = widget.getTerminalPanel().getCanvas();
        queue = new StreamQueue(StreamQueue.PATIENCE, () -> FxThread.later(this::overflowed));
        loop = new ScreenLoop(queue, Screen.DEFAULT_HISTORY, new Ears(), System::nanoTime);
        clock = new RepaintClock(this::paint, loop::isSkipping);
        var painter = new GridPainter(emoji, clock::request);
        CellMetrics cells = CellMetrics.of(theme, 1);
        view = new GridView(canvas, painter.node(), cells, listener::onWish, this::scrollToLine);
        painting = new ScreenPainting(settings, painter, view, cells, loop.picture());
        widget.getTerminalPanel().getPane().getChildren().setAll(view);
        selecting = new Selecting(loop, new Text());
        finder = new Finder(loop, this::show, clock::request);
        blink = new TextBlink(clock::request);
        hover = new LinkHover(loop, this::linkChanged);
        input = new SurfaceInput(this, listener, loop, view, painting, selecting, hover, primary);
        new Keyboard(view, canvas, input.new Keys(), KeyMapping.Style.ofThisSystem());
        new Mouse(canvas, view, input.new Pointer());
        canvas.focusedProperty().addListener((_, _, is) -> focusChanged(is));
        canvas.sceneProperty()
                .flatMap(scene -> scene.windowProperty())
                .flatMap(window -> window.outputScaleXProperty())
                .addListener((_, _, scale) -> scaled(scale == null ? 1 : scale.doubleValue()));
        blink.allow(theme.blinks());
        notice.bind(Bindings.when(failure.isEmpty()).then(view.sizeNotice()).otherwise(failure));
        FxThread.later(this::tellFacts);
        loop.start();
    }

    @Override
    public Node node() {
        return widget.getPane();
    }

    @Override
    public void feed(ByteString bytes) {
        queue.put(bytes);
    }

    @Override
    public void resync(TerminalSize size, ByteString snapshot, boolean keepHistory) {
        queue.put(new StreamItem.Resync(size, snapshot, keepHistory));
    }

    @Override
    public void hash(long hash) {
        queue.put(new StreamItem.Hash(hash));
    }

    @Override
    public void resize(TerminalSize size) {
        queue.put(size);
    }

    @Override
    public void focus() {
        canvas.requestFocus();
    }

    @Override
    public ReadOnlyBooleanProperty focusedProperty() {
        return canvas.focusedProperty();
    }

    @Override
    public void setActive(boolean active) {
        if (disposed || this.active == active) return;
        this.active = active;
        loop.active(active);
        clock.active(active);
        blink.active(active);
        if (active) {
            view.cursor().focused(canvas.isFocused());
        } else {
            view.cursor().rest();
            painting.release();
        }
        tellFacts();
    }

    @Override
    public void setCovered(double pixels) {
        view.covered(pixels);
    }

    @Override
    public void applyTheme(TerminalTheme theme) {
        settings.theme(theme);
        blink.allow(theme.blinks());
        measure(painting.cells().scale());
        clock.request();
    }

    private void scaled(double scale) {
        if (scale == painting.cells().scale()) return;
        measure(scale);
        clock.request();
    }

    private void measure(double scale) {
        painting.measure(scale);
        loop.settleRows();
        tellFacts();
    }

    @Override
    public void setReadOnly(boolean readOnly) {
        input.readOnly(readOnly);
    }

    /** Something goes to the program. */
    void typed() {
        clock.typed();
    }

    boolean isReadOnly() {
        return input.isReadOnly();
    }

    @Override
    public void paste(String text) {
        input.paste(text);
    }

    @Override
    public void pasteClipboard() {
        String text = Clipboard.getSystemClipboard().getString();
        if (text != null) paste(text);
    }

    @Override
    public boolean copySelection() {
        if (selecting.isEmpty()) return false;
        selectedText().thenAccept(text -> FxThread.run(() -> copy(text)));
        return true;
    }

    private static void copy(String text) {
        if (text.isEmpty()) return;
        var content = new ClipboardContent();
        content.putString(text);
        Clipboard.getSystemClipboard().setContent(content);
    }

    @Override
    public CompletableFuture<String> selectedText() {
        return selecting.text();
    }

    boolean hasSelection() {
        return !selecting.isEmpty();
    }

    @Override
    public void selectAll() {
        selecting.selectAll();
    }

    @Override
    public void clearSelection() {
        selecting.clear();
    }

    @Override
    public void find(String text, boolean ignoreCase, IntConsumer found) {
        finder.find(text, ignoreCase, found);
        clock.request();
    }

    @Override
    public void findNext(boolean forward) {
        finder.next(forward);
    }

    /** Scrolls so that a match is in the middle, unless it is seen already. */
    private void show(Match match) {
        clock.request();
        int rows = painting.shown().size().rows();
        // Where it is now: what is painted may be older.
        loop.look(
                seen -> {
                    boolean isSeen = seen.rows(rows).stream().anyMatch(row -> holds(row, match));
                    if (isSeen) return;
                    seen.to(match.line(), match.from());
                    // Not where all rows from there on are the screen's own.
                    if (seen.isScrolled()) seen.scroll(-rows / 2);
                });
    }

    private static boolean holds(ViewRow row, Match match) {
        return row.line() == match.line() && holds(row, match.from());
    }

    private static boolean holds(ViewRow row, int column) {
        return column >= row.column()
                && (!row.isWrapped() || column < row.column() + row.columns());
    }

    @Override
    public void clearScrollback() {
        selecting.clear();
        loop.clearHistory();
    }

    @Override
    public void scrollLines(int lines) {
        loop.scroll(lines);
    }

    @Override
    public void scrollPages(int pages) {
        // One line of the page before stays in sight.
        scrollLines(pages * Math.max(1, painting.shown().size().rows() - 1));
    }

    @Override
    public void scrollToTop() {
        loop.scrollTo(0);
    }

    @Override
    public void scrollToBottom() {
        loop.look(ScreenView::toScreen);
    }

    /** To the line so many below the oldest one. */
    private void scrollToLine(long lines) {
        loop.scrollTo(painting.shown().firstLine() + lines);
    }

    @Override
    public ReadOnlyStringProperty noticeProperty() {
        return notice.getReadOnlyProperty();
    }

    @Override
    public String screenText() {
        return loop.ask(ScreenSurface::text).join();
    }

    private static String text(Screen screen) {
        return IntStream.range(0, screen.rows())
                .mapToObj(screen::text)
                .collect(Collectors.joining("\n"))
                .stripTrailing();
    }

    @Override
    public void dispose() {
        if (disposed) return;
        setActive(false);
        disposed = true;
        input.end();
        finder.end();
        queue.end();
        widget.close();
    }

    /** How often it has painted. */
    long paints() {
        return clock.paints();
    }

    /** Whether nothing is left to paint; readable from any thread. */
    boolean isAtRest() {
        return clock.isAtRest();
    }

    /** Whether the screen has taken all that was fed. */
    boolean isDrained() {
        return queue.isEmpty();
    }

    /** The link that a click would follow now. */
    Optional<String> hoveredLink() {
        return hover.uri();
    }

    ScreenLoop loop() {
        return loop;
    }

    private void paint() {
        if (disposed || canvas.getScene() == null) return;
        Picture picture = loop.take();
        selecting.pictured(picture);
        if (painting.show(picture)) {
            finder.changed();
            hover.changed();
            blink.show(picture.rows());
        }
        selecting.follow();
        painting.paint(this::marks);
    }

    private int[] marks(ViewRow row) {
        int[] chosen = Highlights.join(selecting.of(row), hover.of(row));
        return Highlights.join(Highlights.join(blink.of(row), finder.of(row)), chosen);
    }

    private void linkChanged() {
        view.setCursor(hover.uri().isPresent() ? Cursor.HAND : Cursor.TEXT);
        clock.request();
    }

    private void focusChanged(boolean focused) {
        view.cursor().focused(focused && active);
        clock.request();
        tellFacts();
    }

    private void tellFacts() {
        CellMetrics cells = painting.cells();
        var facts =
                new SurfaceFacts(
                        canvas.isFocused(),
                        active,
                        cells.width() * cells.scale(),
                        cells.height() * cells.scale(),
                        settings.theme());
        if (facts.equals(told) || disposed) return;
        told = facts;
        listener.onFacts(facts);
    }

    private void overflowed() {
        if (!disposed) listener.onOutputLost();
    }

    private void failed(boolean fetch) {
        if (disposed) return;
        failure.set(fetch ? FETCHED_AGAIN : FAILED);
        if (fetch) listener.onOutputLost();
    }

    /** What the screen's thread tells. */
    private final class Ears implements ScreenLoop.Listener {

        @Override
        public void pictured() {
            clock.request();
        }

        @Override
        public CompletableFuture<ServerMessage.History> before(long line, int count) {
            return listener.olderLines(line, count);
        }

        @Override
        public void failed(boolean fetch) {
            FxThread.run(() -> ScreenSurface.this.failed(fetch));
        }

        @Override
        public void recovered() {
            FxThread.run(() -> failure.set(""));
        }

        @Override
        public void differs() {
            FxThread.run(
                    () -> {
                        if (!disposed) listener.onDiffers();
                    });
        }
    }

    /** What text is selected on. */
    private final class Text implements Selecting.Target {

        @Override
        public Picture picture() {
            return painting.shown();
        }

        @Override
        public CellMetrics cells() {
            return painting.cells();
        }

        @Override
        public void scrollLines(int lines) {
            ScreenSurface.this.scrollLines(lines);
        }

        @Override
        public void selectionChanged() {
            clock.request();
        }
    }
}
