package dev.wormhole.app.workspace;

import dev.wormhole.app.layout.Axis;
import dev.wormhole.app.layout.PaneId;

import org.jspecify.annotations.Nullable;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/**
 * Splits that wait for their session, first in, first out: one request is under way at a time, so
 * that panes appear in the order in which they were asked for.
 *
 * <p>Owned by the FX thread.
 */
final class PendingSplits {

    /** Keys that repeat while the server is away must not make a hundred shells when it is back. */
    static final int LIMIT = 8;

    /**
     * What the new pane runs.
     *
     * <p>Immutable.
     *
     * @param command empty: the login shell
     * @param cwd null: where the pane is that had the focus
     * @param isStored false: nothing of its session is written to a disk
     */
    record Program(List<String> command, @Nullable String cwd, boolean isStored) {

        static final Program SHELL = new Program(List.of(), null);
        static final Program UNSTORED_SHELL = new Program(List.of(), null, false);

        Program(List<String> command, @Nullable String cwd) {
            this(command, cwd, true);
        }

        Program {
            command = List.copyOf(command);
        }
    }

    /** One split that was asked for. */
    static final class Request {

        private final @Nullable PaneId target;
        private final @Nullable Request after;
        private final @Nullable Axis axis;
        private final long focusMoves;
        private final Program program;
        private @Nullable PaneId made;

        private Request(
                @Nullable PaneId target,
                @Nullable Request after,
                @Nullable Axis axis,
                long focusMoves,
                Program program) {
            this.target = target;
            this.after = after;
            this.axis = axis;
            this.focusMoves = focusMoves;
            this.program = program;
        }

        Program program() {
            return program;
        }

        /** The pane to split, null where there was none. */
        @Nullable PaneId target() {
            if (after == null) return target;
            return after.made != null ? after.made : after.target();
        }

        /** Null: along the longer side. */
        @Nullable Axis axis() {
            return axis;
        }

        /** Whether the focus is where it was when this was asked for. */
        boolean mayTakeFocus(long movesNow) {
            return focusMoves == movesNow;
        }
    }

    // Owned by the FX thread.
    private final Deque<Request> waiting = new ArrayDeque<>();

    /**
     * Queues a split. Asked for a second time before the first has its pane, it splits that pane,
     * as it would have with a faster server, unless the focus has been moved meanwhile.
     *
     * @return whether it is the only one, so that its request is to be sent now
     */
    boolean add(@Nullable PaneId focused, @Nullable Axis axis, long focusMoves, Program program) {
        Request last = waiting.peekLast();
        boolean chained = last != null && last.mayTakeFocus(focusMoves);
        waiting.add(new Request(focused, chained ? last : null, axis, focusMoves, program));
        return waiting.size() == 1;
    }

    boolean isFull() {
        return waiting.size() >= LIMIT;
    }

    /** The one under way. */
    @Nullable Request head() {
        return waiting.peekFirst();
    }

    /**
     * The one under way is answered; {@code made} is its pane, or null.
     *
     * @return the next one to send
     */
    @Nullable Request finished(@Nullable PaneId made) {
        waiting.removeFirst().made = made;
        return waiting.peekFirst();
    }

    int count() {
        return waiting.size();
    }

    void clear() {
        waiting.clear();
    }
}
