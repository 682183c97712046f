package dev.wormhole.app.view;

import dev.wormhole.app.terminal.TerminalSurface;
import dev.wormhole.app.terminal.TerminalTheme;
import dev.wormhole.protocol.ByteString;
import dev.wormhole.protocol.TerminalSize;

import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.scene.Node;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.Region;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.IntConsumer;

/** A terminal that remembers what it was told; its keys are the text of KEY_TYPED. */
final class FakeSurface implements TerminalSurface {

    final Listener listener;
    final List<String> fed = new CopyOnWriteArrayList<>();
    final List<Boolean> activity = new CopyOnWriteArrayList<>();
    final ReadOnlyStringWrapper sizeNotice = new ReadOnlyStringWrapper("");
    TerminalTheme theme;
    double covered;
    boolean disposed;
    private final Region node = new Region();

    FakeSurface(TerminalTheme theme, Listener listener) {
        this.theme = theme;
        this.listener = listener;
        node.setFocusTraversable(true);
        node.addEventHandler(KeyEvent.KEY_TYPED, this::typed);
    }

    private void typed(KeyEvent event) {
        String text = event.getCharacter();
        if (!Character.isISOControl(text.codePointAt(0))) listener.onInput(ByteString.utf8(text));
    }

    @Override
    public Node node() {
        return node;
    }

    @Override
    public void feed(ByteString bytes) {
        fed.add(bytes.toUtf8());
    }

    @Override
    public void hash(long hash) {}

    @Override
    public void resync(TerminalSize size, ByteString snapshot, boolean keepHistory) {
        fed.add("resync " + size + " " + snapshot.toUtf8());
    }

    @Override
    public void resize(TerminalSize size) {
        fed.add("size " + size);
    }

    @Override
    public void focus() {
        node.requestFocus();
    }

    @Override
    public ReadOnlyBooleanProperty focusedProperty() {
        return node.focusedProperty();
    }

    @Override
    public void setActive(boolean active) {
        activity.add(active);
    }

    @Override
    public void setCovered(double pixels) {
        covered = pixels;
    }

    @Override
    public void applyTheme(TerminalTheme applied) {
        theme = applied;
    }

    @Override
    public void setReadOnly(boolean readOnly) {}

    @Override
    public void paste(String text) {
        listener.onInput(ByteString.utf8(text));
    }

    @Override
    public void pasteClipboard() {
        paste("clipboard");
    }

    @Override
    public boolean copySelection() {
        return false;
    }

    @Override
    public CompletableFuture<String> selectedText() {
        return CompletableFuture.completedFuture("");
    }

    @Override
    public void selectAll() {}

    @Override
    public void clearSelection() {}

    @Override
    public void find(String text, boolean ignoreCase, IntConsumer found) {
        found.accept(text.length());
    }

    @Override
    public void findNext(boolean forward) {}

    @Override
    public void clearScrollback() {}

    @Override
    public void scrollLines(int lines) {}

    @Override
    public void scrollPages(int pages) {}

    @Override
    public void scrollToTop() {}

    @Override
    public void scrollToBottom() {}

    @Override
    public ReadOnlyStringProperty noticeProperty() {
        return sizeNotice.getReadOnlyProperty();
    }

    @Override
    public String screenText() {
        return String.join("", fed);
    }

    @Override
    public void dispose() {
        disposed = true;
    }
}
