package dev.wormhole.app.terminal;

import com.techsenger.jeditermfx.core.model.TerminalTextBuffer;

import dev.wormhole.app.fx.FxThread;
import dev.wormhole.protocol.ByteString;
import dev.wormhole.protocol.TerminalSize;
import dev.wormhole.terminal.Paste;

import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.geometry.Dimension2D;
import javafx.geometry.Point2D;
import javafx.scene.Node;
import javafx.scene.control.ContextMenu;
import javafx.scene.control.MenuItem;
import javafx.scene.control.SeparatorMenuItem;
import javafx.scene.input.Clipboard;
import javafx.scene.input.ClipboardContent;

/**
 * A terminal made of JediTermFX's emulator, text and painter.
 *
 * <p>Owned by the FX thread, but for the stream's three methods.
 */
public final class JediTermSurface implements TerminalSurface {

    /** One message to the server; a large paste is several. */
    private static final int INPUT_CHUNK = 16 << 10;

    private final Listener listener;
    private final PrimarySelection primary;
    private final GridSettings settings;
    private final Grid grid;
    private final GridPanel panel;
    private final GridView view;
    private final StreamQueue queue;
    private final EmulatorLoop emulator;
    private final RepaintClock clock;

    // Owned by the FX thread.
    private boolean readOnly;
    private boolean active = true;
    private boolean disposed;
    private ContextMenu menu = new ContextMenu();

    public JediTermSurface(TerminalTheme theme, Listener listener, PrimarySelection primary) {
        FxThread.assertFx();
        this.listener = listener;
        this.primary = primary;
        settings = new GridSettings(theme);
        queue = new StreamQueue(StreamQueue.PATIENCE, () -> FxThread.later(this::overflowed));
        grid = new Grid(settings, new Links(address -> listener.onLink(address)));
        panel = grid.panel();
        emulator = new EmulatorLoop(queue, grid, this::titled);
        view = new GridView(panel, listener::onWish);
        clock = new RepaintClock(this::paint);
        panel.clock(clock);
        new Keyboard(view, panel.getCanvas(), new Keys(), KeyMapping.Style.ofThisSystem());
        new Mouse(panel.getCanvas(), panel.canvasPane(), new Pointer());
        panel.getCanvas().focusedProperty().addListener((_, _, is) -> focusChanged(is));
        panel.selectedTextProperty().addListener(_ -> primary.text(selectedText()));
        applyTheme(theme);
        emulator.start();
    }

    @Override
    public Node node() {
        return view;
    }

    @Override
    public void feed(ByteString bytes) {
        queue.put(bytes);
    }

    @Override
    public void resync(TerminalSize size, ByteString snapshot) {
        queue.put(size, snapshot);
    }

    @Override
    public void resize(TerminalSize size) {
        queue.put(size);
    }

    @Override
    public void focus() {
        panel.getCanvas().requestFocus();
    }

    @Override
    public ReadOnlyBooleanProperty focusedProperty() {
        return panel.getCanvas().focusedProperty();
    }

    @Override
    public void setActive(boolean active) {
        if (disposed || this.active == active) return;
        this.active = active;
        clock.active(active);
        if (active) panel.repaint();
        else view.cursor().rest();
    }

    @Override
    public void setCovered(double pixels) {
        view.covered(pixels);
    }

    @Override
    public void applyTheme(TerminalTheme theme) {
        settings.theme(theme);
        emulator.whileStill(panel::fontChanged);
        view.colours(theme);
        view.sizeChanged();
    }

    @Override
    public void setReadOnly(boolean readOnly) {
        this.readOnly = readOnly;
    }

    @Override
    public void paste(String text) {
        type(ByteString.copyOf(Paste.encode(text, emulator.modes().bracketedPaste())));
    }

    @Override
    public void pasteClipboard() {
        String text = Clipboard.getSystemClipboard().getString();
        if (text != null) paste(text);
    }

    @Override
    public boolean copySelection() {
        String text = selectedText();
        if (text.isEmpty()) return false;
        var content = new ClipboardContent();
        content.putString(text);
        Clipboard.getSystemClipboard().setContent(content);
        return true;
    }

    @Override
    public String selectedText() {
        return grid.text(panel.getSelection());
    }

    @Override
    public void selectAll() {
        emulator.whileStill(panel::selectAll);
        panel.repaint();
    }

    @Override
    public void clearSelection() {
        panel.clearSelection();
    }

    @Override
    public int find(String text, boolean ignoreCase) {
        if (text.isEmpty()) {
            panel.setFindResult(null);
            panel.clearSelection();
            return 0;
        }
        emulator.whileStill(() -> panel.setFindResult(Search.in(grid.buffer(), text, ignoreCase)));
        int found = panel.getFindResult().getItems().size();
        if (found > 0) findNext(false);
        return found;
    }

    @Override
    public void findNext(boolean forward) {
        emulator.whileStill(
                () -> {
                    if (forward) panel.selectNextFindResultItem();
                    else panel.selectPrevFindResultItem();
                });
    }

    @Override
    public void clearScrollback() {
        TerminalTextBuffer buffer = grid.buffer();
        emulator.whileStill(
                () -> {
                    if (!buffer.isUsingAlternateBuffer()) buffer.clearHistory();
                });
        panel.clearSelection();
    }

    @Override
    public void scrollLines(int lines) {
        panel.firstLine(panel.firstLine() + lines);
    }

    @Override
    public void scrollPages(int pages) {
        // One line of the page before stays in sight.
        scrollLines(pages * Math.max(1, grid.buffer().getHeight() - 1));
    }

    @Override
    public void scrollToTop() {
        panel.firstLine(-grid.buffer().getHistoryLinesCount());
    }

    @Override
    public void scrollToBottom() {
        panel.firstLine(0);
    }

    @Override
    public ReadOnlyStringProperty sizeNoticeProperty() {
        return view.sizeNotice();
    }

    @Override
    public String screenText() {
        return grid.screenText();
    }

    @Override
    public void dispose() {
        if (disposed) return;
        setActive(false);
        disposed = true;
        menu.hide();
        queue.end();
    }

    /** How often it has painted. */
    long paints() {
        return clock.paints();
    }

    /** Whether nothing is left to paint; readable from any thread. */
    boolean isAtRest() {
        return clock.isAtRest();
    }

    /** Whether the emulator has taken all that was fed. */
    boolean isDrained() {
        return queue.isEmpty();
    }

    Modes modes() {
        return emulator.modes();
    }

    int scrollbackLines() {
        return grid.buffer().getHistoryLinesCount();
    }

    private void paint() {
        boolean isPainted =
                emulator.tryWhileStill(
                        () -> {
                            panel.tick();
                            view.showCursor();
                        });
        if (!isPainted) clock.request();
    }

    private void focusChanged(boolean focused) {
        view.cursor().focused(focused && active);
        clock.request();
    }

    private void type(ByteString bytes) {
        if (readOnly || disposed || bytes.isEmpty()) return;
        panel.clearSelection();
        scrollToBottom();
        view.cursor().rouse();
        send(bytes);
    }

    private void send(ByteString bytes) {
        if (readOnly || disposed) return;
        for (int from = 0; from < bytes.length(); from += INPUT_CHUNK) {
            listener.onInput(bytes.slice(from, Math.min(bytes.length(), from + INPUT_CHUNK)));
        }
    }

    private void overflowed() {
        if (!disposed) listener.onOverflow();
    }

    private void titled(String title) {
        FxThread.run(
                () -> {
                    if (!disposed) listener.onTitle(title);
                });
    }

    private void showMenu(double screenX, double screenY) {
        menu.hide();
        var copy = new MenuItem("Copy");
        copy.setDisable(selectedText().isEmpty());
        copy.setOnAction(_ -> copySelection());
        var paste = new MenuItem("Paste");
        paste.setDisable(readOnly || !Clipboard.getSystemClipboard().hasString());
        paste.setOnAction(_ -> pasteClipboard());
        var all = new MenuItem("Select all");
        all.setOnAction(_ -> selectAll());
        var clear = new MenuItem("Clear scrollback");
        clear.setOnAction(_ -> clearScrollback());
        menu = new ContextMenu(copy, paste, new SeparatorMenuItem(), all, clear);
        menu.show(view, screenX, screenY);
    }

    /** What keys act on. */
    private final class Keys implements Keyboard.Target {

        @Override
        public Modes modes() {
            return emulator.modes();
        }

        @Override
        public void type(ByteString bytes) {
            JediTermSurface.this.type(bytes);
        }

        @Override
        public void scrollPages(int pages) {
            JediTermSurface.this.scrollPages(pages);
        }

        @Override
        public void scrollToTop() {
            JediTermSurface.this.scrollToTop();
        }

        @Override
        public void scrollToBottom() {
            JediTermSurface.this.scrollToBottom();
        }

        @Override
        public void compose(String text) {
            view.compose(text);
        }

        @Override
        public Point2D cursorCorner() {
            return view.cursorCorner();
        }
    }

    /** What the mouse acts on. */
    private final class Pointer implements Mouse.Target {

        @Override
        public Modes modes() {
            return emulator.modes();
        }

        @Override
        public Dimension2D cellSize() {
            return panel.cellSize();
        }

        @Override
        public TerminalSize size() {
            return panel.size();
        }

        @Override
        public void send(ByteString bytes) {
            JediTermSurface.this.send(bytes);
        }

        @Override
        public void scrollLines(int lines) {
            JediTermSurface.this.scrollLines(lines);
        }

        @Override
        public void pastePrimary() {
            paste(primary.text());
        }

        @Override
        public void showMenu(double screenX, double screenY) {
            JediTermSurface.this.showMenu(screenX, screenY);
        }

        @Override
        public void focus() {
            JediTermSurface.this.focus();
        }
    }
}
