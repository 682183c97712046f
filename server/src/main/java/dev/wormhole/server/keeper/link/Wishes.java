package dev.wormhole.server.keeper.link;

import dev.wormhole.protocol.TerminalSize;
import dev.wormhole.server.keeper.wire.ToKeeper;
import dev.wormhole.server.pty.ClientKey;

import org.jspecify.annotations.Nullable;

import java.util.ArrayDeque;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a keeper is to know of one process and has not shown to know: kept as state, so that a new
 * connection is told what the old one may have swallowed.
 *
 * <p>Guarded by the lock of its {@link ProcessLink}.
 */
final class Wishes {

    /** Of a keeper that does not read. */
    private static final int MAX_SIGNALS = 16;

    private final UnacceptedInput input = new UnacceptedInput();

    /** Asked for and not yet seen in the output; by number of the event. */
    private final TreeMap<Long, TerminalSize> sizes = new TreeMap<>();

    /** The last of them that was written to this connection. */
    private long writtenSize = -1;

    /** Not told again over a new connection: what was heard once shall not come twice. */
    private final ArrayDeque<Integer> signals = new ArrayDeque<>();

    private long confirmedOffset;
    private long confirmedEvent;
    private boolean confirm;
    private boolean forget;
    private boolean forgetWritten;

    UnacceptedInput input() {
        return input;
    }

    void resize(long event, TerminalSize size) {
        sizes.put(event, size);
    }

    /** The keeper has put changes of size before this event into the output. */
    void resized(long nextEvent) {
        sizes.headMap(nextEvent).clear();
    }

    void confirm(long offset, long event) {
        confirmedOffset = Math.max(confirmedOffset, offset);
        confirmedEvent = Math.max(confirmedEvent, event);
        confirm = true;
    }

    void signal(int number) {
        if (signals.size() < MAX_SIGNALS) signals.add(number);
    }

    void forget() {
        forget = true;
    }

    /** What to write next, null if that is nothing now. */
    @Nullable ToKeeper next() {
        Integer signal = signals.poll();
        if (signal != null) return new ToKeeper.Signal(signal);
        // Forgetting comes when nothing else is left.
        Map.Entry<Long, TerminalSize> size = sizes.higherEntry(writtenSize);
        if (size != null) {
            writtenSize = size.getKey();
            return new ToKeeper.Resize(size.getKey(), size.getValue());
        }
        if (confirm) {
            confirm = false;
            return new ToKeeper.Confirm(confirmedOffset, confirmedEvent);
        }
        ToKeeper.Input typed = input.next();
        if (typed != null || !forget || forgetWritten) return typed;
        forgetWritten = true;
        return new ToKeeper.Forget();
    }

    /**
     * A new connection stands; the keeper has taken so much of each client's input. True if the
     * last one brought some of it there.
     */
    boolean beginAgain(Map<ClientKey, Long> counts) {
        writtenSize = -1;
        confirm = confirmedOffset > 0 || confirmedEvent > 0;
        forgetWritten = false;
        return input.beginAgain(counts);
    }

    /** The process has ended: nothing more is wished of it. */
    void ended() {
        input.clear();
        sizes.clear();
        signals.clear();
    }
}
