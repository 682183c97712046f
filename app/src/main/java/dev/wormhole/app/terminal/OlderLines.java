package dev.wormhole.app.terminal;

import dev.wormhole.client.link.RequestException;
import dev.wormhole.protocol.ErrorCode;
import dev.wormhole.protocol.ServerMessage;
import dev.wormhole.terminal.screen.History;
import dev.wormhole.terminal.screen.HistoryBlock;
import dev.wormhole.terminal.screen.HistoryText;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;

/**
 * Fetches the lines of the scrollback that a pane's screen does not have and somebody wants to see,
 * the newest first, one lot at a time. It knows what is missing from the screen's {@link History},
 * what the server no longer keeps from its answers, and asks for nothing that the screen would not
 * keep.
 *
 * <p>Owned by the thread that owns the screen: it makes every call here, and hears of every answer.
 */
final class OlderLines {

    /** Lines that are asked for at once: some screens, in one message if they are short. */
    static final int LOT = 2_000;

    /** Holes of the server's scrollback that are remembered. */
    private static final int MAX_HOLES = 64;

    private static final Logger log = LoggerFactory.getLogger(OlderLines.class);

    /** Who wants the lines; called on the owner's thread. */
    interface Taker {

        /** Lines came, in sealed blocks: {@link History#fill} is for them. */
        void came(List<HistoryBlock> blocks);

        /** What was wanted is here, or is not to be had: wanting it again at once is no use. */
        void settled();
    }

    private final History history;
    private final ScrollbackSource source;
    private final Executor owner;
    private final Taker taker;

    // Owned by the owner's thread.
    /** What is wanted; nothing when they are equal. */
    private long from;

    private long to;

    /** Nothing below it is to be had. */
    private long floor;

    /** Lines that the server does not have although it has older ones: from, by to. */
    private final NavigableMap<Long, Long> holes = new TreeMap<>();

    private boolean isAsked;

    /** The server said no, and would say so again. */
    private boolean isRefused;

    /**
     * @param owner runs what it is given on the thread that owns the screen, in order
     */
    OlderLines(History history, ScrollbackSource source, Executor owner, Taker taker) {
        this.history = history;
        this.source = source;
        this.owner = owner;
        this.taker = taker;
    }

    /**
     * The lines from one number to another, the end exclusive, are wanted, beside what was wanted
     * before and is not there yet. {@link Taker#settled} follows, here or later.
     */
    void want(long first, long end) {
        if (first < end) {
            boolean isIdle = from == to;
            from = isIdle ? first : Math.min(from, first);
            to = isIdle ? end : Math.max(to, end);
        }
        if (!isAsked) ask();
    }

    /**
     * There is another connection, or another snapshot: what could not be had may be there now. A
     * request that is under way goes on by itself.
     */
    void again() {
        floor = 0;
        holes.clear();
        isRefused = false;
        if (!isAsked && from < to) ask();
    }

    /** Lines are under way. */
    boolean isFetching() {
        return isAsked;
    }

    /** Number of the oldest line that is here or to be had, as far as that is known. */
    long oldest() {
        return Math.max(floor, history.endLine() - history.limit());
    }

    private void ask() {
        Optional<History.Gap> next = isRefused ? Optional.empty() : next();
        if (next.isEmpty()) {
            settle();
            return;
        }
        History.Gap gap = next.get();
        isAsked = true;
        int count = (int) Math.min(LOT, gap.to() - gap.from());
        long firstHere = history.firstLine();
        source.before(gap.to(), count)
                .whenCompleteAsync(
                        (answer, failure) -> {
                            if (answer == null) failed(failure);
                            else answered(gap, count, firstHere, answer);
                        },
                        owner);
    }

    private void settle() {
        from = to;
        taker.settled();
    }

    /** The newest lines that are wanted, missing and perhaps to be had. */
    private Optional<History.Gap> next() {
        long lowest = oldest();
        long below = to;
        while (true) {
            Optional<History.Gap> gap = history.gapBelow(below);
            if (gap.isEmpty() || gap.get().to() <= Math.max(from, lowest)) return Optional.empty();
            Long hole = holes.get(gap.get().to());
            if (hole == null) {
                return gap.map(g -> new History.Gap(Math.max(g.from(), lowest), g.to()));
            }
            below = hole;
        }
    }

    /**
     * @param firstHere the oldest line that was here when the question was asked
     */
    private void answered(
            History.Gap gap, int count, long firstHere, ServerMessage.History answer) {
        // The screen has let go of lines meanwhile, and of what is older with them: nobody waits
        // for it, and it must not come back.
        boolean isStale = history.firstLine() > Math.max(firstHere, gap.to());
        if (!isStale && !take(gap, count, answer)) isRefused = true;
        isAsked = false;
        if (isStale) settle();
        else ask();
    }

    private void failed(@Nullable Throwable failure) {
        isAsked = false;
        Throwable cause = failure instanceof CompletionException ? failure.getCause() : failure;
        // Whoever is busy now, or closed, says so each time; who does not know us has said it.
        if (cause instanceof RequestException refusal && refusal.code() != ErrorCode.BUSY) {
            isRefused = true;
            log.warn("older lines are not to be had: {}", refusal.code());
        }
        settle();
    }

    /** Whether it is an answer to what was asked. */
    private boolean take(History.Gap gap, int count, ServerMessage.History answer) {
        long first = answer.first();
        long end = answer.end();
        floor = Math.max(floor, answer.oldest());
        boolean isEmpty = first == end;
        if (first > end || (!isEmpty && end > gap.to()) || end - first > count) {
            log.warn("lines {} to {} are no answer to {} before {}", first, end, count, gap.to());
            return false;
        }
        // Without an answer there is nothing down to the oldest line.
        if (end < gap.to() || isEmpty) hole(isEmpty ? answer.oldest() : end, gap.to());
        if (isEmpty) return true;
        List<HistoryBlock> blocks;
        try {
            blocks = HistoryText.blocks(first, end, answer.data().toArray());
        } catch (IllegalArgumentException e) {
            log.warn("lines {} to {} cannot be read", first, end, e);
            return false;
        }
        taker.came(blocks);
        boolean isGone = history.gapBelow(end).filter(left -> left.to() == end).isPresent();
        // The screen has no room for them: it is not asked to take them again and again.
        if (isGone) floor = Math.max(floor, end);
        return true;
    }

    private void hole(long first, long end) {
        if (first >= end) return;
        holes.put(end, first);
        if (holes.size() > MAX_HOLES) holes.pollFirstEntry();
    }
}
