package dev.wormhole.server.session;

import dev.wormhole.protocol.ByteString;
import dev.wormhole.protocol.ErrorCode;
import dev.wormhole.server.pty.HeldProcess;
import dev.wormhole.server.pty.ProcessKey;
import dev.wormhole.server.pty.ProcessSpec;
import dev.wormhole.server.pty.Pty;
import dev.wormhole.server.session.SessionCommand.InTurn;
import dev.wormhole.server.session.SessionCommand.OfProcess;
import dev.wormhole.server.session.SessionCommand.RespawnResult;
import dev.wormhole.server.session.SessionCommand.SpawnFailure;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * The life of a session's process, generation by generation: committed, spawned or adopted, heard,
 * ended. Knows neither viewers nor who wants which size.
 *
 * <p>Owned by the session thread. Only this changes the {@link SessionState}.
 */
final class Generations {

    private static final Logger log = LoggerFactory.getLogger(Generations.class);

    /** What became of a generation that was being started, and who waited for it, in order. */
    sealed interface Outcome {

        List<InTurn> waiting();

        /**
         * It runs.
         *
         * @param said what the process said before this thread heard that it runs
         */
        record Begun(Running process, List<InTurn> waiting, List<OfProcess> said)
                implements Outcome {}

        /** It does not run: the session is what it was before. */
        record Failed(SpawnFailure failure, List<InTurn> waiting) implements Outcome {}

        /** The first one does not run: a session that never ran is not a session. */
        record Stillborn(SpawnFailure failure, List<InTurn> waiting) implements Outcome {}
    }

    /** Whom to tell when an adopted session has read what its keeper held. */
    private record CatchUp(long offset, CompletableFuture<Void> done) {}

    private final SessionHandle self;
    private final SessionPorts ports;
    private final SessionFacts facts;
    private final SessionOutput output;
    private final Durability durability;

    // Owned by the session thread.
    private final List<OfProcess> early = new ArrayList<>();
    private SessionState state;
    private boolean frozen;
    private boolean stillborn;
    private boolean created;
    private @Nullable CatchUp catchUp;

    /**
     * @param state what the session begins with
     */
    Generations(
            SessionHandle self,
            SessionPorts ports,
            SessionFacts facts,
            SessionOutput output,
            Durability durability,
            SessionState state) {
        this.self = self;
        this.ports = ports;
        this.facts = facts;
        this.output = output;
        this.durability = durability;
        this.state = state;
        if (state instanceof SessionState.Exited(ExitStatus status))
            output.log().exited(facts.generation(), status);
    }

    SessionState state() {
        return state;
    }

    /** The process that runs; null if none does. */
    @Nullable Running live() {
        return state instanceof SessionState.Live(Running process) ? process : null;
    }

    /** The process, if what is said of this generation counts; else null. */
    @Nullable Running live(long generation) {
        // A stop freezes the session: what it does not take stays with the keeper.
        return frozen || generation != facts.generation() ? null : live();
    }

    /** From now on nothing from the process counts. */
    void freeze() {
        frozen = true;
    }

    boolean isFrozen() {
        return frozen;
    }

    /** The first generation never started: the session is being forgotten again. */
    boolean isStillborn() {
        return stillborn;
    }

    /** Whether this is the first generation of a session that was made just now, not adopted. */
    boolean isCreation() {
        return created && facts.generation() == 1;
    }

    /** Whether the command waits for the generation that is being started. */
    boolean holdsBack(SessionCommand command) {
        if (!(state instanceof SessionState.Starting(_, List<InTurn> waiting))) return false;
        return switch (command) {
            case InTurn patient -> waiting.add(patient);
            case OfProcess said when said.generation() == facts.generation() -> early.add(said);
            default -> false;
        };
    }

    /** Starts the first generation. */
    void first(SessionCommand.Start start) {
        if (!(state instanceof SessionState.Starting(_, List<InTurn> waiting))) {
            GoneSession.refuse(start);
            return;
        }
        // The creator is the first, whoever found the session in the list meanwhile.
        waiting.addFirst(new SessionCommand.Attach(start.viewer(), start.request()));
        first();
    }

    /** Starts the only generation of a task. */
    void first() {
        created = true;
        facts.beginGeneration(1, output.log().end());
        log.info("session {}: created", facts.id());
        commit();
    }

    /**
     * Starts another generation of a session that has exited.
     *
     * @param first what asks for it, and waits for it first
     */
    void next(InTurn first, String why) {
        ExitStatus before = exit();
        ProcessSpec spec = ports.specs().specFor(facts.record(output.log()));
        boolean moved = facts.cwd() != null && !spec.cwd().toString().equals(facts.cwd());
        String note = moved ? facts.cwd() + " is gone, now in " + spec.cwd() : "";
        if (moved) facts.cwd(spec.cwd().toString());
        long taken = NewerProcess.leaveBehind(self, facts.generation(), output.log());
        Program lost = before.equals(ExitStatus.LOST) ? facts.program() : null;
        facts.beginGeneration(taken + 1, output.log().end());
        if (lost != null) facts.program(lost.over());
        output.log().respawned(facts.generation());
        output.append(
                Separator.of(
                        before,
                        Instant.ofEpochMilli(facts.lastActiveAt()),
                        ports.clock().instant(),
                        ZoneId.systemDefault(),
                        output.screen().screen(),
                        note));
        early.clear();
        become(new SessionState.Starting(before, new ArrayList<>(List.of(first))), why);
        commit();
    }

    private ExitStatus exit() {
        return state instanceof SessionState.Exited(ExitStatus status) ? status : ExitStatus.LOST;
    }

    private void commit() {
        long generation = facts.generation();
        durability
                .commit()
                .whenComplete(
                        (_, failure) ->
                                self.post(new SessionCommand.Committed(generation, failure)));
    }

    /** The generation is durable, and is spawned; or it is not. */
    Optional<Outcome> committed(long generation, @Nullable Throwable failure) {
        if (!(state instanceof SessionState.Starting starting) || frozen) return Optional.empty();
        if (failure != null) {
            var why = new SpawnFailure(ErrorCode.STORE_FAILED, Durability.reason(failure));
            return Optional.of(notStarted(why, starting));
        }
        SessionRecord record = facts.record(output.log());
        hear(
                generation,
                ports.ptys()
                        .spawn(
                                new ProcessKey(facts.id(), generation),
                                output.log().end(),
                                output.log().nextEvent(),
                                specFor(record),
                                facts.id().shortForm(),
                                OrphanNote.of(record, facts.isStored()).toJson(),
                                self.listener(generation)));
        return Optional.empty();
    }

    private ProcessSpec specFor(SessionRecord record) {
        ProcessSpec spec = ports.specs().specFor(record);
        return facts.isStored() ? spec : spec.withoutSpill();
    }

    /**
     * A keeper still has the process of a session that came back, or one that is newer than what
     * came back.
     *
     * @param caughtUp completed when what the keeper holds has been read; fails with an {@link
     *     IllegalArgumentException} if the session has gone on with another process
     */
    void adopt(HeldProcess held, CompletableFuture<Void> caughtUp) {
        if (catchUp != null) {
            // Two asked for it at once.
            catchUp.done().thenRun(() -> caughtUp.complete(null));
            return;
        }
        boolean isPresent = held.key().generation() == facts.generation();
        if (isPresent && state instanceof SessionState.Live) {
            caughtUp.complete(null);
            return;
        }
        if (!isPresent || !(state instanceof SessionState.Starting)) {
            if (!NewerProcess.mayTakeOver(held, facts.generation(), state)) {
                caughtUp.completeExceptionally(NewerProcess.superseded());
                return;
            }
            NewerProcess.takeOver(self, held, facts, output, ports.clock().millis());
            early.clear();
            become(new SessionState.Starting(exit(), new ArrayList<>()), "adopts a newer one");
        }
        catchUp = new CatchUp(held.end(), caughtUp);
        durability.dirty();
        long generation = facts.generation();
        hear(
                generation,
                ports.ptys()
                        .adopt(
                                held.key(),
                                output.log().end(),
                                output.log().nextEvent(),
                                facts.id().shortForm(),
                                self.listener(generation)));
    }

    private void hear(long generation, CompletableFuture<Pty> answer) {
        answer.whenComplete(
                (pty, refusal) -> self.post(new SessionCommand.Spawned(generation, pty, refusal)));
    }

    /** The process runs, or could not be started or found. */
    Optional<Outcome> spawned(long generation, @Nullable Pty pty, @Nullable Throwable failure) {
        if (generation != facts.generation()
                || !(state instanceof SessionState.Starting starting)) {
            // Destroyed meanwhile.
            if (pty != null) pty.hangUp();
            return Optional.empty();
        }
        if (pty == null) {
            String why = failure == null ? "no reason was given" : Durability.reason(failure);
            return Optional.of(notStarted(new SpawnFailure(ErrorCode.SPAWN_FAILED, why), starting));
        }
        var process = new Running(pty);
        durability.begin(process);
        facts.pid(pty.pid());
        become(new SessionState.Live(process), "runs as pid " + pty.pid());
        checkCatchUp();
        List<OfProcess> said = List.copyOf(early);
        early.clear();
        return Optional.of(new Outcome.Begun(process, starting.waiting(), said));
    }

    private Outcome notStarted(SpawnFailure failure, SessionState.Starting starting) {
        // A task whose command cannot be started has failed: that is kept.
        boolean isKept = facts.task() != null && failure.code() == ErrorCode.SPAWN_FAILED;
        if (facts.generation() == 1 && catchUp == null && !isKept) {
            stillborn = true;
            List<InTurn> waiting = List.copyOf(starting.waiting());
            starting.waiting().clear();
            return new Outcome.Stillborn(failure, waiting);
        }
        ExitStatus before = starting.before();
        // The reason names its program or directory, and the log is on a disk.
        String why = facts.isStored() ? failure.message() : "not started";
        become(new SessionState.Exited(before), why);
        output.log().exited(facts.generation(), before);
        facts.exited(before);
        durability.dirty();
        checkCatchUp();
        return new Outcome.Failed(failure, starting.waiting());
    }

    /** The present generation as the answer to a respawn. */
    RespawnResult present(boolean before) {
        return new RespawnResult.Done(
                facts.generation(), facts.base(), output.log().nextEvent(), before);
    }

    /** The process printed. */
    void output(long generation, long offset, ByteString bytes) {
        Running process = live(generation);
        if (process == null) return;
        // Of a task that is said when it has been read and stored.
        if (output.kept() == null) process.pty().handled(bytes.length());
        long known = output.log().end() - offset;
        if (known >= bytes.length()) return;
        if (known < 0) {
            log.warn("session {}: {} bytes of its output are lost", facts.id(), -known);
            output.log().skipTo(offset);
        }
        output.append(known > 0 ? bytes.slice((int) known, bytes.length()) : bytes);
        facts.active(ports.clock().millis());
        durability.dirty();
        checkCatchUp();
    }

    /** The process has ended; false if that does not count. */
    boolean ended(long generation, ExitStatus status) {
        Running process = live(generation);
        if (process == null) return false;
        process.ended();
        become(new SessionState.Exited(status), "process ended");
        facts.exited(status);
        output.log().exited(generation, status);
        checkCatchUp();
        durability.commitExit();
        return true;
    }

    /** The session is gone for good, and its process with it; returns who waited. */
    List<InTurn> destroyed() {
        SessionState before = state;
        become(new SessionState.Destroyed(), "destroyed");
        if (before instanceof SessionState.Live(Running process)) process.pty().hangUp();
        else durability.forgetProcess();
        checkCatchUp();
        return before instanceof SessionState.Starting(_, List<InTurn> waiting)
                ? waiting
                : List.of();
    }

    private void checkCatchUp() {
        if (catchUp == null) return;
        if (state instanceof SessionState.Live && output.log().end() < catchUp.offset()) return;
        catchUp.done().complete(null);
        catchUp = null;
    }

    private void become(SessionState next, String why) {
        log.info(
                "session {}: {} -> {} (generation {}, {})",
                facts.id(),
                state.getClass().getSimpleName(),
                next.getClass().getSimpleName(),
                facts.generation(),
                why);
        state = next;
    }
}
