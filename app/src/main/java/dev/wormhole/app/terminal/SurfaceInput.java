package dev.wormhole.app.terminal;

import dev.wormhole.app.fx.FxThread;
import dev.wormhole.protocol.ByteString;
import dev.wormhole.protocol.TerminalSize;
import dev.wormhole.terminal.Paste;

import javafx.geometry.Point2D;

import org.jspecify.annotations.Nullable;

/**
 * What keys and the mouse do in a surface.
 *
 * <p>Owned by the FX thread.
 */
final class SurfaceInput {

    /** One message to the server; a large paste is several. */
    private static final int CHUNK = 16 << 10;

    private final ScreenSurface surface;
    private final TerminalSurface.Listener listener;
    private final ScreenLoop loop;
    private final GridView view;
    private final ScreenPainting painting;
    private final Selecting selecting;
    private final LinkHover hover;
    private final PrimarySelection primary;
    private final SurfaceMenu menu;
    private boolean readOnly;
    private boolean ended;

    SurfaceInput(
            ScreenSurface surface,
            TerminalSurface.Listener listener,
            ScreenLoop loop,
            GridView view,
            ScreenPainting painting,
            Selecting selecting,
            LinkHover hover,
            PrimarySelection primary) {
        this.surface = surface;
        this.listener = listener;
        this.loop = loop;
        this.view = view;
        this.painting = painting;
        this.selecting = selecting;
        this.hover = hover;
        this.primary = primary;
        menu = new SurfaceMenu(surface, view);
    }

    boolean isReadOnly() {
        return readOnly;
    }

    void readOnly(boolean isReadOnly) {
        readOnly = isReadOnly;
    }

    /** Nothing is sent any more. */
    void end() {
        ended = true;
        menu.hide();
    }

    void paste(String text) {
        type(ByteString.copyOf(Paste.encode(text, loop.modes().bracketedPaste())));
    }

    private void type(ByteString bytes) {
        if (readOnly || ended || bytes.isEmpty()) return;
        if (!selecting.isEmpty()) selecting.clear();
        if (painting.shown().scrolled()) surface.scrollToBottom();
        view.cursor().rouse();
        send(bytes);
    }

    private void send(ByteString bytes) {
        if (readOnly || ended) return;
        surface.typed();
        for (int from = 0; from < bytes.length(); from += CHUNK) {
            listener.onInput(bytes.slice(from, Math.min(bytes.length(), from + CHUNK)));
        }
    }

    /** What keys act on. */
    final class Keys implements Keyboard.Target {

        @Override
        public Modes modes() {
            return loop.modes();
        }

        @Override
        public void type(ByteString bytes) {
            SurfaceInput.this.type(bytes);
        }

        @Override
        public void scrollPages(int pages) {
            surface.scrollPages(pages);
        }

        @Override
        public void scrollToTop() {
            surface.scrollToTop();
        }

        @Override
        public void scrollToBottom() {
            surface.scrollToBottom();
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
    final class Pointer implements Mouse.Target {

        @Override
        public Modes modes() {
            return loop.modes();
        }

        @Override
        public CellMetrics cells() {
            return painting.cells();
        }

        @Override
        public TerminalSize size() {
            return painting.shown().size();
        }

        @Override
        public Selecting selecting() {
            return selecting;
        }

        @Override
        public void selected() {
            selecting.text().thenAccept(text -> FxThread.run(() -> primary.text(text)));
        }

        @Override
        public void send(ByteString bytes) {
            SurfaceInput.this.send(bytes);
        }

        @Override
        public void scrollLines(int lines) {
            surface.scrollLines(lines);
        }

        @Override
        public void scrollPixels(double up) {
            loop.scroll(up, painting.cells().height());
        }

        @Override
        public void pointAt(@Nullable Point2D point) {
            hover.point(point == null ? null : selecting.cellPlace(point.getX(), point.getY()));
        }

        @Override
        public boolean followLink() {
            hover.uri().ifPresent(listener::onLink);
            return hover.uri().isPresent();
        }

        @Override
        public void pastePrimary() {
            SurfaceInput.this.paste(primary.text());
        }

        @Override
        public void showMenu(double screenX, double screenY) {
            menu.show(screenX, screenY);
        }

        @Override
        public void focus() {
            surface.focus();
        }
    }
}
