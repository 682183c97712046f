package dev.wormhole.app.workspace;

import dev.wormhole.protocol.ByteString;
import dev.wormhole.protocol.ServerMessage;

import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;

import org.jspecify.annotations.Nullable;

/**
 * The program that ran when the pane's session lost its process, while it can be run again: what
 * the server said of it, shown while the process runs in which it was offered.
 *
 * <p>Owned by the FX thread.
 */
final class PaneOffer {

    private final ReadOnlyStringWrapper line = new ReadOnlyStringWrapper(this, "offer", "");
    private ServerMessage.@Nullable Offer told;

    /** The generation that runs; 0 for none. */
    private long live;

    ReadOnlyStringProperty lineProperty() {
        return line.getReadOnlyProperty();
    }

    void told(ServerMessage.Offer offer) {
        told = offer.line() == null ? null : offer;
        show();
    }

    void state(PaneState state) {
        live = state instanceof PaneState.Live(long generation) ? generation : 0;
        show();
    }

    /** The server says it anew, or nothing more. */
    void clear() {
        told = null;
        show();
    }

    /** Whoever types goes on with something else; the server knows it as well. */
    void typed(ByteString bytes) {
        if (!Typed.isReport(bytes)) clear();
    }

    /** Of which generation it is, and from now on it is none; 0 where nothing is offered. */
    long take() {
        long generation = told == null || line.get().isEmpty() ? 0 : told.generation();
        clear();
        return generation;
    }

    private void show() {
        String offered = told == null || told.generation() != live ? null : told.line();
        line.set(offered == null ? "" : offered);
    }
}
