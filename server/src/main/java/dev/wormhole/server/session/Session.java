package dev.wormhole.server.session;

import dev.wormhole.protocol.ByteString;
import dev.wormhole.protocol.ErrorCode;
import dev.wormhole.protocol.Happening;
import dev.wormhole.protocol.SessionKind;
import dev.wormhole.protocol.TerminalSize;
import dev.wormhole.server.pty.HeldProcess;
import dev.wormhole.server.pty.Pty;
import dev.wormhole.server.session.SessionCommand.InTurn;
import dev.wormhole.server.session.SessionCommand.RespawnResult;
import dev.wormhole.server.session.SessionCommand.SpawnFailure;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * One session: its output, its process and its viewers, as plain single-threaded code. Knows
 * neither connections nor SQL, and no thread: {@link SessionLoop} calls it.
 *
 * <p>Owned by the session thread.
 *
 * <p>Gives every command to the part that it is for, and keeps the parts in step: {@link
 * Durability} is the store, {@link Generations} are the process, {@link Viewers} those who watch,
 * and {@link SessionSize} is what those two have to agree on. None of them knows this class, and
 * none those that are built after it.
 */
final class Session {

    private static final Logger log = LoggerFactory.getLogger(Session.class);

    private final SessionHandle self;
    private final SessionFacts facts;
    private final SessionOutput output;
    private final Durability durability;
    private final Generations generations;
    private final SessionSize size;
    private final Viewers viewers;
    private final Foreground foreground;

    /** Null: it is no task. */
    private final @Nullable TaskLife task;

    // Owned by the session thread.
    private boolean finished;

    /** A session that was just asked for: it waits for {@link SessionCommand.Start}. */
    Session(SessionHandle self, SessionRecord record, RingBuffer.Caps caps, SessionPorts ports) {
        this(
                self,
                record,
                SessionContents.fresh(record, caps, ports),
                ports,
                SessionState.Starting.unseen(),
                null);
    }

    /**
     * A session from its checkpoint, prefilled.
     *
     * @param held a keeper has its process: the session waits for {@link SessionCommand.Adopt}
     */
    Session(SessionHandle self, Checkpoint checkpoint, boolean held, SessionPorts ports) {
        this(
                self,
                checkpoint.record(),
                SessionContents.restored(checkpoint, held || self.newer() != null, ports),
                ports,
                held
                        ? SessionState.Starting.unseen()
                        : new SessionState.Exited(
                                checkpoint.record().exit() == null
                                        ? ExitStatus.LOST
                                        : checkpoint.record().exit()),
                checkpoint);
    }

    private Session(
            SessionHandle self,
            SessionRecord record,
            SessionContents contents,
            SessionPorts ports,
            SessionState state,
            @Nullable Checkpoint origin) {
        this.self = self;
        facts = new SessionFacts(record, ports.store().keeps());
        output = new SessionOutput(contents, new Heard());
        durability = new Durability(self, ports.store(), ports.ticker(), facts, output);
        generations = new Generations(self, ports, facts, output, durability, state);
        size = new SessionSize(facts, output, generations, durability);
        viewers = new Viewers(ports, facts, output, generations, size, durability);
        foreground = new Foreground(facts, generations, ports.ticker());
        task =
                record.task() == null
                        ? null
                        : new TaskLife(
                                self,
                                ports,
                                facts,
                                output,
                                generations,
                                durability,
                                origin != null);
        if (task != null && !task.isOver())
            output.keep(TaskLog.of(record, origin, output.log().end(), ports.tasks()));
    }

    /** Does one thing; never throws for what a viewer, a program or the store does. */
    void handle(SessionCommand command) {
        if (generations.holdsBack(command) || size.holdsBack(command)) return;
        switch (command) {
            case SessionCommand.Start start -> generations.first(start);
            case SessionCommand.StartTask(var answer) -> {
                if (task != null) task.creator(answer);
                generations.first();
            }
            case SessionCommand.TaskStored(TaskState state, Throwable failure) -> {
                if (task != null) task.stored(state, failure);
                retireIfUnwatched();
            }
            case SessionCommand.TaskLost() -> {
                if (task != null) task.lost();
            }
            case SessionCommand.Terminate(var reason, var answer) ->
                    answer.complete(task != null && task.terminate(reason));
            case SessionCommand.ReadOutput read -> {
                if (task == null) GoneSession.refuse(read);
                else task.read(read);
            }
            case SessionCommand.Retire(Throwable failure) -> {
                if (task != null) finished |= task.retired(failure, viewers.count() > 0);
            }
            case SessionCommand.Attach attach -> attach(attach);
            case SessionCommand.Detach(Viewer viewer) -> {
                viewers.detach(viewer);
                retireIfUnwatched();
            }
            case SessionCommand.Lost(Viewer viewer) -> {
                viewers.lost(viewer);
                retireIfUnwatched();
            }
            case SessionCommand.Ready(Viewer viewer) -> viewers.ready(viewer);
            case SessionCommand.State(Viewer viewer, var news) -> viewers.tells(viewer, news);
            case SessionCommand.Refresh(Viewer viewer) -> viewers.refresh(viewer);
            case SessionCommand.ReadHistory(var answer) ->
                    answer.complete(output.screen().history());
            case SessionCommand.Resize(Viewer viewer, TerminalSize wish) ->
                    viewers.resize(viewer, wish);
            case SessionCommand.Input input -> viewers.type(input);
            case SessionCommand.NumberedInput input -> viewers.type(input);
            case SessionCommand.AnswerOffer answer -> viewers.answer(answer);
            case SessionCommand.Rename rename -> durability.rename(rename);
            case SessionCommand.Renamed renamed -> durability.renamed(renamed);
            case SessionCommand.Respawn respawn -> respawn(respawn);
            case SessionCommand.Destroy(var answer) -> destroy(answer);
            case SessionCommand.Clean clean -> clean(clean);
            case SessionCommand.Describe(var answer) -> {
                look();
                answer.complete(facts.entry(viewers.count(), generations.state()));
            }
            case SessionCommand.Collect collect -> collect(collect);
            case SessionCommand.FlushDue() -> durability.flush();
            case SessionCommand.Stored() -> {
                durability.stored();
                if (task != null) task.release();
            }
            case SessionCommand.RollBack() -> {
                durability.rollBack();
                if (task != null) task.release();
            }
            case SessionCommand.Committed(long generation, Throwable failure) -> {
                if (task != null && failure == null) task.created();
                generations.committed(generation, failure).ifPresent(this::goOn);
            }
            case SessionCommand.Adopt(HeldProcess held, var caughtUp) ->
                    generations.adopt(held, caughtUp);
            case SessionCommand.Spawned(long generation, Pty pty, Throwable failure) ->
                    generations.spawned(generation, pty, failure).ifPresent(this::goOn);
            case SessionCommand.Tombstoned(Throwable failure, var answer) ->
                    tombstoned(failure, answer);
            case SessionCommand.Output(long generation, long offset, ByteString bytes) -> {
                generations.output(generation, offset, bytes);
                if (task != null && generations.live(generation) != null)
                    task.printed(bytes.length());
            }
            case SessionCommand.Resized resized -> resized(resized);
            case SessionCommand.Accepted accepted -> viewers.accepted(accepted);
            case SessionCommand.Ended(long generation, ExitStatus status, long at) -> {
                if (generations.ended(generation, status)) ended(status, at);
            }
            case SessionCommand.Freeze(var answer) -> {
                foreground.refreshNow();
                generations.freeze();
                durability.dirty();
                answer.complete(null);
            }
            case SessionCommand.Stop(var answer) -> {
                finished = true;
                answer.complete(null);
            }
        }
    }

    /**
     * Hands new output to the viewers: once for all that {@link #handle} did since the last time.
     */
    void pump() {
        viewers.pump();
        if (task != null) task.pump();
    }

    boolean isFinished() {
        return finished;
    }

    SessionFacts facts() {
        return facts;
    }

    int viewerCount() {
        return viewers.count();
    }

    SessionState state() {
        return generations.state();
    }

    /** When something has to be done although no command comes; nanoseconds of the ticker. */
    Optional<Long> nextDue() {
        if (generations.state() instanceof SessionState.Starting) return size.nextDue();
        Optional<Long> due =
                Due.earlier(Due.earlier(size.nextDue(), viewers.nextDue()), durability.nextDue());
        return task == null ? due : Due.earlier(due, task.nextDue());
    }

    void due(long now) {
        if (size.expire(now)) pump();
        viewers.due(now);
        durability.due(now);
        if (task == null) return;
        task.due(now);
        if (task.isLeaving(now)) task.retire(viewers.count() > 0);
    }

    /** A task that is over and that nobody looks at needs no thread. */
    private void retireIfUnwatched() {
        if (task != null && viewers.count() == 0) task.unwatched();
    }

    private void attach(SessionCommand.Attach attach) {
        AttachRequest request = attach.request();
        if (generations.state() instanceof SessionState.Destroyed) {
            GoneSession.refuse(attach);
        } else if (generations.state() instanceof SessionState.Exited(ExitStatus status)
                && wantsRespawn(request, status)) {
            size.vote(attach.viewer(), request.vote());
            startNext(attach, "attached");
        } else {
            viewers.join(attach, false);
        }
    }

    private boolean wantsRespawn(AttachRequest request, ExitStatus status) {
        if (request.readOnly() || facts.kind() != SessionKind.SHELL) return false;
        if (self.waitsForChoice()) return false;
        return switch (request.respawn()) {
            case AUTO -> true;
            case LOST -> status.equals(ExitStatus.LOST);
            case NEVER -> false;
        };
    }

    private void respawn(SessionCommand.Respawn respawn) {
        if (task != null) {
            var once = new SpawnFailure(ErrorCode.UNSUPPORTED, "a task runs once: run it again");
            respawn.answer().complete(new RespawnResult.Failed(once));
            return;
        }
        Long only = respawn.ifGeneration();
        switch (generations.state()) {
            case SessionState.Exited _ when only == null || only == facts.generation() ->
                    startNext(respawn, "asked to");
            // Somebody was quicker: what was asked for is there.
            case SessionState.Live _ when only != null && only == facts.generation() - 1 ->
                    respawn.answer().complete(generations.present(true));
            default -> respawn.answer().complete(new RespawnResult.Stale(facts.generation()));
        }
    }

    private void startNext(InTurn first, String why) {
        size.apply();
        generations.next(first, why);
    }

    private void goOn(Generations.Outcome outcome) {
        switch (outcome) {
            case Generations.Outcome.Begun(Running process, var waiting, var said) -> {
                if (task != null) task.begun();
                viewers.begin(process);
                goOn(waiting);
                said.forEach(this::handle);
            }
            case Generations.Outcome.Failed(SpawnFailure failure, var waiting) -> {
                if (task != null) task.notStarted(failure.message());
                goOnWithout(failure, waiting);
            }
            case Generations.Outcome.Stillborn(SpawnFailure failure, var waiting) -> {
                // Its creator hears why, and nothing stays.
                if (task != null) task.stillborn(failure.message());
                for (InTurn command : waiting) {
                    if (command instanceof SessionCommand.Attach(Viewer viewer, _)) {
                        viewer.deliver(new ViewerUpdate.Refused(failure.code(), failure.message()));
                    } else {
                        GoneSession.refuse(command);
                    }
                }
                destroy(new CompletableFuture<>());
            }
        }
    }

    private void goOn(List<InTurn> waiting) {
        boolean isNew = generations.isCreation();
        for (InTurn command : waiting) {
            switch (command) {
                case SessionCommand.Attach attach -> {
                    viewers.join(attach, isNew);
                    isNew = false;
                }
                case SessionCommand.Respawn(_, var answer) ->
                        answer.complete(generations.present(false));
                default -> handle(command);
            }
        }
        size.apply();
    }

    private void goOnWithout(SpawnFailure failure, List<InTurn> waiting) {
        for (InTurn command : waiting) {
            switch (command) {
                case SessionCommand.Attach attach -> {
                    viewers.join(attach, false);
                    attach.viewer()
                            .deliver(
                                    new ViewerUpdate.RespawnFailed(
                                            failure.code(), failure.message()));
                }
                case SessionCommand.Respawn(_, var answer) ->
                        answer.complete(new RespawnResult.Failed(failure));
                default -> handle(command);
            }
        }
        size.apply();
    }

    private void resized(SessionCommand.Resized resized) {
        Running process = generations.live(resized.generation());
        if (process == null) return;
        size.resized(process, resized.event(), resized.size());
        size.release().forEach(this::handle);
    }

    private void ended(ExitStatus status, long at) {
        if (task != null) task.ended(status, at < 0 ? facts.lastActiveAt() : at);
        viewers.ended();
        size.apply();
        size.release().forEach(this::handle);
    }

    private void collect(SessionCommand.Collect collect) {
        boolean isGone =
                generations.state() instanceof SessionState.Destroyed || generations.isStillborn();
        // Whoever asks, what is not to be stored goes to no store.
        if (isGone || !facts.isStored()) {
            GoneSession.refuse(collect);
            return;
        }
        if (foreground.refresh()) viewers.foregroundChanged();
        boolean isLast = generations.isFrozen() || (task != null && task.isOver());
        collect.answer().complete(durability.collect(isLast));
    }

    /** Looks what stands in the foreground; what is stored with the session follows. */
    private void look() {
        if (!foreground.refresh()) return;
        viewers.foregroundChanged();
        durability.dirty();
    }

    private void destroy(CompletableFuture<Void> answer) {
        // The process goes on until the tombstone is durable: a refused destroy changes nothing.
        if (generations.state() instanceof SessionState.Destroyed) answer.complete(null);
        else durability.tombstone(answer);
    }

    private void clean(SessionCommand.Clean clean) {
        boolean isUnwanted =
                generations.state() instanceof SessionState.Exited
                        // Its history has bounds of its own.
                        && task == null
                        && facts.name() == null
                        && viewers.count() == 0
                        && self.newer() == null
                        && facts.lastActiveAt() < clean.activeBefore();
        if (!isUnwanted) {
            clean.answer().complete(false);
            return;
        }
        var destroyed = new CompletableFuture<Void>();
        destroyed.whenComplete((_, failure) -> clean.answer().complete(failure == null));
        destroy(destroyed);
    }

    private void tombstoned(@Nullable Throwable failure, CompletableFuture<Void> answer) {
        if (failure != null && !generations.isStillborn()) {
            answer.completeExceptionally(failure);
            return;
        }
        generations.destroyed().forEach(GoneSession::refuse);
        size.release().forEach(GoneSession::refuse);
        viewers.clear();
        if (task != null) task.clear();
        finished = true;
        durability.drop(answer);
    }

    /** What the output says. */
    private final class Heard implements SessionScreen.Listener {

        @Override
        public void title(String title) {
            facts.title(title);
        }

        @Override
        public void directory(String path) {
            facts.saidDirectory(path);
        }

        @Override
        public void happened(Happening what) {
            viewers.happened(what);
        }

        @Override
        public void reply(ByteString answer) {
            Running process = generations.live();
            if (process != null && !process.write(answer)) {
                log.debug(
                        "session {}: a query was not answered, the program does not read",
                        facts.id());
            }
        }
    }
}
