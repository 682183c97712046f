package dev.wormhole.app.workspace;

import dev.wormhole.client.link.SessionSink;
import dev.wormhole.protocol.ByteString;
import dev.wormhole.protocol.ErrorCode;
import dev.wormhole.protocol.Happening;
import dev.wormhole.protocol.ServerMessage;
import dev.wormhole.protocol.TerminalSize;

import java.util.concurrent.Executor;

/**
 * Takes what one attachment says: output goes to the terminal at once, everything else to the FX
 * thread.
 *
 * <p>Immutable. Called on the link thread.
 */
final class PaneSink implements SessionSink {

    private final PaneModel pane;
    private final PaneOutput output;
    private final Executor post;

    /**
     * @param post runs a change on the FX thread, unless this attachment is no longer the pane's
     */
    PaneSink(PaneModel pane, PaneOutput output, Executor post) {
        this.pane = pane;
        this.output = output;
        this.post = post;
    }

    @Override
    public void attached(ServerMessage.Created created) {
        // Only a new session starts at this size; the others say theirs in the stream.
        if (created.created()) output.resize(created.size());
        post.execute(() -> pane.attached(created));
    }

    @Override
    public void resync(ServerMessage.Resync what, ByteString snapshot) {
        output.resync(what.size(), snapshot, what.keepsHistory());
    }

    @Override
    public void output(long offset, ByteString bytes) {
        output.feed(bytes);
    }

    @Override
    public void hash(long hash) {
        output.hash(hash);
    }

    @Override
    public void size(TerminalSize size) {
        output.resize(size);
    }

    @Override
    public void respawned(long generation) {
        post.execute(() -> pane.live(generation));
    }

    @Override
    public void exited(ServerMessage.Exit exit) {
        post.execute(() -> pane.exited(exit));
    }

    @Override
    public void event(Happening what) {
        if (what instanceof Happening.Bell) post.execute(pane::rang);
    }

    @Override
    public void offered(ServerMessage.Offer offer) {
        post.execute(() -> pane.offered(offer));
    }

    @Override
    public void inputWaits(long taken, long total) {
        post.execute(() -> pane.inputWaits(taken, total));
    }

    @Override
    public void inputDiscarded(long bytes) {
        post.execute(() -> pane.inputDiscarded(bytes));
    }

    @Override
    public void ended(ErrorCode code, String message) {
        post.execute(() -> pane.ended(code, message));
    }
}
