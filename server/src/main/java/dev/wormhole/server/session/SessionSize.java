package dev.wormhole.server.session;

import dev.wormhole.protocol.TerminalSize;
import dev.wormhole.server.session.SessionCommand.InTurn;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A session's size: who wants which, and where in the output it changes. Without a process that is
 * at once; else where the keeper says, and whatever must not see the stream between waits for that.
 * A process that is being started was asked for with the size there was: it is resized once it
 * runs.
 *
 * <p>Owned by the session thread. Times are nanoseconds of a monotonic clock.
 */
final class SessionSize {

    private final SessionFacts facts;
    private final SessionOutput output;
    private final Generations generations;
    private final Durability durability;

    // Owned by the session thread.
    private final Votes votes = new Votes();

    /** Wait until the size that was asked for stands in the output. */
    private final List<InTurn> waiting = new ArrayList<>();

    SessionSize(
            SessionFacts facts,
            SessionOutput output,
            Generations generations,
            Durability durability) {
        this.facts = facts;
        this.output = output;
        this.generations = generations;
        this.durability = durability;
    }

    /** Whether the command waits behind others for a size: {@link #release} gives it back. */
    boolean holdsBack(SessionCommand command) {
        if (waiting.isEmpty() || !(command instanceof InTurn patient)) return false;
        waiting.add(patient);
        return true;
    }

    /** The process was asked for a size, and where in the output that stands is not known yet. */
    boolean isUnderWay() {
        Running process = generations.live();
        return process != null && process.isResizing();
    }

    /** The first command that waits for the size under way. */
    void await(InTurn command) {
        waiting.add(command);
    }

    /** Those that waited; they may go on, unless they ask for another size. */
    List<InTurn> release() {
        List<InTurn> released = List.copyOf(waiting);
        waiting.clear();
        return released;
    }

    /** Sets a viewer's wish, for the next {@link #apply}; null takes the vote away. */
    void vote(Viewer viewer, @Nullable TerminalSize size) {
        votes.set(viewer, size);
    }

    /** The viewer's connection was lost. */
    void linger(Viewer viewer, long now) {
        votes.linger(viewer, now);
    }

    Optional<Long> nextDue() {
        return votes.nextExpiry();
    }

    /** Lets votes expire; true if any did. */
    boolean expire(long now) {
        boolean any = votes.expire(now);
        if (any) apply();
        return any;
    }

    /** Gives the session the size that has won; not while a generation is being started. */
    void apply() {
        if (generations.state() instanceof SessionState.Starting) return;
        Optional<TerminalSize> wanted = votes.winner().filter(size -> !size.equals(facts.size()));
        if (wanted.isEmpty()) return;
        Running process = generations.live();
        long event = output.log().nextEvent();
        if (process != null) process.resize(event, wanted.get());
        else take(event, wanted.get());
    }

    /** The process has this size from here on. */
    void resized(Running process, long event, TerminalSize size) {
        // Told again after a restart: it stands in the log already.
        if (event >= output.log().nextEvent()) take(event, size);
        process.resized();
        apply();
    }

    private void take(long event, TerminalSize size) {
        facts.resize(size);
        output.resized(event, size);
        durability.dirty();
    }
}
