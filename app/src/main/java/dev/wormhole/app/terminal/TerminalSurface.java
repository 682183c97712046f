package dev.wormhole.app.terminal;

import dev.wormhole.protocol.ByteString;
import dev.wormhole.protocol.ServerMessage;
import dev.wormhole.protocol.TerminalSize;

import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.scene.Node;

import java.util.concurrent.CompletableFuture;
import java.util.function.IntConsumer;

/**
 * One terminal on the screen: the stream decides what it shows and how large its grid is, the
 * person's keys and mouse come out as bytes. It knows neither sessions nor panes.
 *
 * <p>Owned by the FX thread, but for {@link #feed}, {@link #resync}, {@link #hash} and {@link
 * #resize}, which are messages to the thread of its screen: any thread may call them, one at a
 * time.
 */
public interface TerminalSurface {

    /** What a surface tells its owner, on the FX thread. */
    interface Listener {

        /** The person typed, pasted or used the mouse: bytes for the program. */
        void onInput(ByteString bytes);

        /**
         * The grid that would fill the node as it is laid out now: a wish, the stream alone sets
         * the size. Told when it changes, at most 20 times a second.
         */
        void onWish(TerminalSize wish);

        /**
         * Output was thrown away because the screen hung or failed; the terminal says so. The owner
         * may ask the server for a fresh snapshot.
         */
        default void onOutputLost() {}

        /**
         * Lines of the scrollback that the terminal was not sent and somebody wants to see; called
         * on the thread of its screen, must not block.
         *
         * @param before number of the line behind them
         */
        default CompletableFuture<ServerMessage.History> olderLines(long before, int count) {
            return CompletableFuture.failedFuture(new UnsupportedOperationException("no server"));
        }

        /** What only this end knows of itself is another, or is said for the first time. */
        default void onFacts(SurfaceFacts facts) {}

        /** The screen is not what {@link #hash} said that the server's is. */
        default void onDiffers() {}

        /** The person followed a link in the text, with Ctrl and a click. */
        default void onLink(String address) {}
    }

    /**
     * Bytes that may wait to be shown: a few frames' worth, for what waits here can no longer be
     * overtaken by the answer to a key.
     */
    int QUEUE_LIMIT = 256 << 10;

    Node node();

    /**
     * Output of the program, in order, cut anywhere. Waits while {@link #QUEUE_LIMIT} bytes wait to
     * be shown, until its screen has made room: some milliseconds.
     */
    void feed(ByteString bytes);

    /**
     * Forgets everything shown and every mode, takes the size, then shows the snapshot.
     *
     * @param keepHistory but not what has scrolled out, as far as the snapshot does not tell it
     */
    void resync(TerminalSize size, ByteString snapshot, boolean keepHistory);

    /** The server's screen has this hash here in the stream. */
    void hash(long hash);

    /** The grid has this size from here on in the stream. */
    void resize(TerminalSize size);

    /** Takes the keyboard. */
    void focus();

    ReadOnlyBooleanProperty focusedProperty();

    /**
     * A surface that is not active keeps its text up to date but paints nothing. Becoming active
     * paints once. A new surface is active.
     */
    void setActive(boolean active);

    /**
     * Something covers this many pixels at the node's bottom: the grid moves up so far that the
     * cursor's line can be read above it. Its size and the wish stay.
     */
    void setCovered(double pixels);

    /** Colours and font, at once. */
    void applyTheme(TerminalTheme theme);

    /**
     * While read only, keys and mouse are not sent but handed to nobody; scrolling, selecting and
     * copying go on.
     */
    void setReadOnly(boolean readOnly);

    /** Types text as if pasted by the person. */
    void paste(String text);

    /** Types the clipboard's text; nothing when it holds none. */
    void pasteClipboard();

    /**
     * Puts the selected text on the clipboard, as soon as it is collected; false when nothing is
     * selected.
     */
    boolean copySelection();

    /** Completes on any thread; empty when nothing is selected. */
    CompletableFuture<String> selectedText();

    void selectAll();

    void clearSelection();

    /**
     * Marks every occurrence and shows the last one. Empty text ends it.
     *
     * @param found hears the number of them on the FX thread, unless another search was begun
     */
    void find(String text, boolean ignoreCase, IntConsumer found);

    /** Goes to the next or previous occurrence of the text last searched for. */
    void findNext(boolean forward);

    /** Drops what has scrolled out; the screen stays. */
    void clearScrollback();

    /** Negative is up, into the scrollback. */
    void scrollLines(int lines);

    void scrollPages(int pages);

    void scrollToTop();

    void scrollToBottom();

    /**
     * A few words about what is seen: that the screen failed, or how the grid is not what the node
     * would show, such as {@code 80×24 · sized by another viewer}. Empty while there is nothing to
     * say.
     */
    ReadOnlyStringProperty noticeProperty();

    /**
     * The screen's text, a line each, without trailing blanks. For tests; not on the FX thread,
     * since it waits for output that was fed.
     */
    String screenText();

    /** Ends its thread. Nothing may be called afterwards but {@code feed}, which does nothing. */
    void dispose();
}
