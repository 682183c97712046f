package dev.wormhole.app.workspace;

import dev.wormhole.protocol.ByteString;
import dev.wormhole.protocol.TerminalSize;

import org.jspecify.annotations.Nullable;

import java.util.ArrayDeque;
import java.util.Deque;

/**
 * The way of a pane's output to its terminal: what comes before there is one is kept in order and
 * handed over when it connects.
 *
 * <p>Safe from any thread: one lock, held while output is passed on, so that what was kept and what
 * comes meanwhile cannot change places. The FX thread takes it once, to connect.
 */
final class PaneOutput {

    /**
     * Most that is kept: above what a server sends ahead to one viewer, so that only a window that
     * hangs gets there. What is kept is then dropped, and so is what follows until a resync, which
     * the pane asks for: half a stream is worth nothing.
     */
    static final int LIMIT = 8 << 20;

    /** One thing to tell a terminal. */
    private sealed interface Item {

        record Feed(ByteString bytes) implements Item {}

        record Resync(TerminalSize size, ByteString snapshot, boolean keepHistory)
                implements Item {}

        record Hash(long hash) implements Item {}

        record Resize(TerminalSize size) implements Item {}
    }

    private final Runnable overflowed;

    // Guarded by this.
    private final Deque<Item> kept = new ArrayDeque<>();
    private int keptBytes;
    private boolean skipping;
    private @Nullable TerminalPort port;

    /**
     * @param overflowed called once for each time that output was dropped; must not block
     */
    PaneOutput(Runnable overflowed) {
        this.overflowed = overflowed;
    }

    /** Hands over what was kept; from now on output goes straight to this terminal. */
    synchronized void connect(TerminalPort terminal) {
        if (port != null) throw new IllegalStateException("the pane has a terminal already");
        port = terminal;
        for (Item item : kept) tell(terminal, item);
        kept.clear();
        keptBytes = 0;
    }

    synchronized void feed(ByteString bytes) {
        pass(new Item.Feed(bytes), bytes.length());
    }

    synchronized void resync(TerminalSize size, ByteString snapshot, boolean keepHistory) {
        // Everything before a resync is forgotten by the terminal anyway, but for its scrollback.
        if (skipping || !keepHistory) {
            kept.clear();
            keptBytes = 0;
        }
        skipping = false;
        pass(new Item.Resync(size, snapshot, keepHistory), snapshot.length());
    }

    synchronized void hash(long hash) {
        pass(new Item.Hash(hash), 0);
    }

    synchronized void resize(TerminalSize size) {
        pass(new Item.Resize(size), 0);
    }

    private void pass(Item item, int bytes) {
        if (port != null) {
            tell(port, item);
            return;
        }
        if (skipping) return;
        // A resync comes alone and must get in.
        if (keptBytes + bytes > LIMIT && !kept.isEmpty()) {
            kept.clear();
            keptBytes = 0;
            skipping = true;
            overflowed.run();
            return;
        }
        kept.add(item);
        keptBytes += bytes;
    }

    private static void tell(TerminalPort terminal, Item item) {
        switch (item) {
            case Item.Feed(var bytes) -> terminal.feed(bytes);
            case Item.Resync(var size, var snapshot, boolean keep) ->
                    terminal.resync(size, snapshot, keep);
            case Item.Hash(long hash) -> terminal.hash(hash);
            case Item.Resize(var size) -> terminal.resize(size);
        }
    }
}
