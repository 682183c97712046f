package dev.wormhole.server.session;

import dev.wormhole.protocol.ByteString;
import dev.wormhole.protocol.ErrorCode;
import dev.wormhole.protocol.Happening;
import dev.wormhole.protocol.SessionKind;
import dev.wormhole.protocol.TerminalSize;
import dev.wormhole.server.pty.ClientKey;
import dev.wormhole.server.pty.HeldProcess;
import dev.wormhole.server.pty.ProcessKey;
import dev.wormhole.server.pty.ProcessSpec;
import dev.wormhole.server.pty.Pty;
import dev.wormhole.server.session.SessionCommand.InputResult;
import dev.wormhole.server.session.SessionCommand.RespawnResult;
import dev.wormhole.server.session.SessionCommand.SpawnFailure;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Duration;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * One session: its output, its process and its viewers, as plain single-threaded code. Knows
 * neither connections nor SQL, and no thread: {@link SessionLoop} calls it.
 *
 * <p>Owned by the session thread.
 */
final class Session {

    private static final Logger log = LoggerFactory.getLogger(Session.class);

    /**
     * Offsets after a crash begin at a multiple of this: nobody can have seen so many uncommitted
     * bytes.
     */
    static final long CRASH_STRIDE = 1L << 40;

    /** After so long without a store that works, what is held in memory has to be enough. */
    private static final Duration STORE_PATIENCE = Duration.ofSeconds(1);

    /** A list entry's cwd is at most this old. */
    private static final Duration DIRECTORY_AGE = Duration.ofMillis(500);

    private final SessionPorts ports;
    private final SessionHandle self;
    private final OutputLog output;
    private final SessionScreen screen;
    private final SessionFacts facts;
    private final StoreCursor stored;
    private final Audience audience;
    private final SessionInput typed = new SessionInput();

    // Owned by the session thread.
    private final Votes votes = new Votes();
    private SessionState state;
    private boolean frozen;
    private boolean finished;

    /** The first generation never started: the session is being forgotten again. */
    private boolean stillborn;

    /** The process of the last generation that the keeper was not told to forget. */
    private @Nullable Running last;

    /** What the process said before this thread heard that it runs. */
    private final List<SessionCommand.OfProcess> early = new ArrayList<>();

    /** Wait until the size that was asked for stands in the output. */
    private final List<SessionCommand> parked = new ArrayList<>();

    private @Nullable CatchUp catchUp;

    /** Since when nothing could be stored; null while the store works. */
    private @Nullable Long failingSince;

    private long directoryAt;

    /** A session that was just asked for: it waits for {@link SessionCommand.Start}. */
    Session(SessionHandle self, SessionRecord record, RingBuffer.Caps caps, SessionPorts ports) {
        this(
                self,
                record,
                SessionContents.fresh(record, caps, ports),
                ports,
                new SessionState.Starting(ExitStatus.LOST, new ArrayList<>()));
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
                SessionContents.restored(checkpoint, held, ports),
                ports,
                held
                        ? new SessionState.Starting(ExitStatus.LOST, new ArrayList<>())
                        : new SessionState.Exited(
                                checkpoint.record().exit() == null
                                        ? ExitStatus.LOST
                                        : checkpoint.record().exit()));
        if (!held) output.exited(facts.generation(), exitStatus());
    }

    /** Whom to tell when an adopted session has read what its keeper held. */
    private record CatchUp(long offset, CompletableFuture<Void> done) {}

    private Session(
            SessionHandle self,
            SessionRecord record,
            SessionContents contents,
            SessionPorts ports,
            SessionState state) {
        this.self = self;
        this.ports = ports;
        this.facts = new SessionFacts(record);
        this.output = contents.output();
        this.screen = new SessionScreen(contents.screen(), new WatchedOutput());
        this.stored = contents.stored();
        this.audience =
                new Audience(
                        output,
                        new Snapshots(screen::snapshot, output),
                        facts,
                        screen::hash,
                        screen::facts);
        this.state = state;
        this.directoryAt = ports.ticker().getAsLong();
    }

    /** Does one thing; never throws for what a viewer, a program or the store does. */
    void handle(SessionCommand command) {
        if (state instanceof SessionState.Starting(_, List<SessionCommand> waiting)
                && command instanceof SessionCommand.InTurn) {
            waiting.add(command);
            return;
        }
        if (state instanceof SessionState.Starting
                && command instanceof SessionCommand.OfProcess said
                && said.generation() == facts.generation()) {
            early.add(said);
            return;
        }
        if (!parked.isEmpty() && command instanceof SessionCommand.InTurn) {
            parked.add(command);
            return;
        }
        switch (command) {
            case SessionCommand.Start start -> start(start);
            case SessionCommand.Attach(Viewer viewer, AttachRequest request) ->
                    attach(command, viewer, request);
            case SessionCommand.Detach(Viewer viewer) -> detach(viewer);
            case SessionCommand.Lost(Viewer viewer) -> lost(viewer);
            case SessionCommand.Ready(Viewer viewer) ->
                    audience.find(viewer).ifPresentOrElse(ViewerCursor::called, viewer::pass);
            case SessionCommand.State(Viewer viewer, var news) -> audience.tells(viewer, news);
            case SessionCommand.Refresh(Viewer viewer) ->
                    audience.find(viewer).ifPresent(ViewerCursor::wantsRefresh);
            case SessionCommand.ReadHistory(var answer) -> answer.complete(screen.history());
            case SessionCommand.Resize(Viewer viewer, TerminalSize size) -> vote(viewer, size);
            case SessionCommand.Input input -> input(input);
            case SessionCommand.NumberedInput input -> input(input);
            case SessionCommand.Rename(String name, var answer) -> rename(name, answer);
            case SessionCommand.Renamed renamed -> renamed(renamed);
            case SessionCommand.Respawn(Long ifGeneration, var answer) ->
                    respawn(ifGeneration, answer);
            case SessionCommand.Destroy(var answer) -> destroy(answer);
            case SessionCommand.Describe(var answer) -> {
                refreshDirectory(DIRECTORY_AGE);
                answer.complete(facts.entry(audience.size(), state));
            }
            case SessionCommand.Collect(var answer) -> collect(answer);
            case SessionCommand.Stored() -> stored();
            case SessionCommand.RollBack() -> rollBack();
            case SessionCommand.Committed(long generation, Throwable failure) ->
                    committed(generation, failure);
            case SessionCommand.Adopt(HeldProcess held, var caughtUp) -> adopt(held, caughtUp);
            case SessionCommand.Spawned(long generation, Pty pty, Throwable failure) ->
                    spawned(generation, pty, failure);
            case SessionCommand.Tombstoned(Throwable failure, var answer) ->
                    tombstoned(failure, answer);
            case SessionCommand.Output(long generation, long offset, ByteString bytes) ->
                    output(generation, offset, bytes);
            case SessionCommand.Resized(long generation, long event, TerminalSize size) ->
                    resized(generation, event, size);
            case SessionCommand.Accepted(long generation, ClientKey client, long count) -> {
                if (generation == facts.generation())
                    typed.accepted(generation, client, count, ports.ticker().getAsLong());
            }
            case SessionCommand.Ended(long generation, ExitStatus status) ->
                    ended(generation, status);
            case SessionCommand.Freeze(var answer) -> {
                refreshDirectory(Duration.ZERO);
                frozen = true;
                ports.store().dirty(self);
                answer.complete(null);
            }
            case SessionCommand.Stop(var answer) -> {
                stop();
                answer.complete(null);
            }
        }
    }

    /**
     * Hands new output to the viewers: once for all that {@link #handle} did since the last time.
     */
    void pump() {
        // The separator stands in the log already, so that it is committed; nobody sees it before.
        if (state instanceof SessionState.Starting) return;
        audience.pump(ports.ticker().getAsLong());
    }

    boolean isFinished() {
        return finished;
    }

    SessionFacts facts() {
        return facts;
    }

    int viewerCount() {
        return audience.size();
    }

    SessionState state() {
        return state;
    }

    /** When something has to be done although no command comes; nanoseconds of the ticker. */
    Optional<Long> nextDue() {
        Optional<Long> vote = votes.nextExpiry();
        if (state instanceof SessionState.Starting) return vote;
        Optional<Long> input = typed.nextDue();
        return earlier(earlier(vote, audience.nextDue()), earlier(stored.quietAt(), input));
    }

    /** The earlier one of those that are. */
    static Optional<Long> earlier(Optional<Long> one, Optional<Long> other) {
        if (one.isEmpty() || other.isEmpty()) return one.or(() -> other);
        return one.get() - other.get() < 0 ? one : other;
    }

    void due(long now) {
        boolean resized = votes.expire(now);
        if (resized) applySize();
        boolean isDue = audience.nextDue().map(at -> at - now <= 0).orElse(false);
        if (resized || isDue) pump();
        if (stored.fellQuiet(now)) ports.store().dirty(self);
        typed.due(now);
    }

    // ---- life and death of the process

    private void start(SessionCommand.Start start) {
        if (!(state instanceof SessionState.Starting(_, List<SessionCommand> waiting))) {
            GoneSession.refuse(start);
            return;
        }
        facts.beginGeneration(1, output.end());
        // The creator is the first, whoever found the session in the list meanwhile.
        waiting.add(0, new SessionCommand.Attach(start.viewer(), start.request()));
        log.info("session {}: created", facts.id());
        commitGeneration();
    }

    private void startNextGeneration(@Nullable SessionCommand first, String why) {
        ExitStatus before = exitStatus();
        applySize();
        ProcessSpec spec = ports.specs().specFor(facts.record(output));
        boolean moved = facts.cwd() != null && !spec.cwd().toString().equals(facts.cwd());
        String note = moved ? facts.cwd() + " is gone, now in " + spec.cwd() : "";
        if (moved) facts.cwd(spec.cwd().toString());
        facts.beginGeneration(facts.generation() + 1, output.end());
        output.respawned(facts.generation());
        ByteString separator =
                Separator.of(
                        before,
                        ports.clock().instant(),
                        ZoneId.systemDefault(),
                        screen.screen(),
                        note);
        append(separator);
        var waiting = new ArrayList<SessionCommand>();
        if (first != null) waiting.add(first);
        early.clear();
        become(new SessionState.Starting(before, waiting), why);
        commitGeneration();
    }

    private void commitGeneration() {
        long generation = facts.generation();
        ports.store()
                .commit(self)
                .whenComplete(
                        (_, failure) ->
                                self.post(new SessionCommand.Committed(generation, failure)));
    }

    private void committed(long generation, @Nullable Throwable failure) {
        if (!(state
                instanceof SessionState.Starting(ExitStatus before, List<SessionCommand> waiting)))
            return;
        if (frozen) return;
        if (failure != null) {
            notStarted(new SpawnFailure(true, reason(failure)), before, waiting);
            return;
        }
        SessionRecord record = facts.record(output);
        ports.ptys()
                .spawn(
                        new ProcessKey(facts.id(), generation),
                        output.end(),
                        output.nextEvent(),
                        ports.specs().specFor(record),
                        facts.id().shortForm(),
                        OrphanNote.of(record).toJson(),
                        self.listener(generation))
                .whenComplete(
                        (pty, refusal) ->
                                self.post(new SessionCommand.Spawned(generation, pty, refusal)));
    }

    /** A keeper still has the process of a session that came back. */
    private void adopt(HeldProcess held, CompletableFuture<Void> caughtUp) {
        catchUp = new CatchUp(held.end(), caughtUp);
        ports.store().dirty(self);
        long generation = facts.generation();
        ports.ptys()
                .adopt(
                        held.key(),
                        output.end(),
                        output.nextEvent(),
                        facts.id().shortForm(),
                        self.listener(generation))
                .whenComplete(
                        (pty, refusal) ->
                                self.post(new SessionCommand.Spawned(generation, pty, refusal)));
    }

    private void spawned(long generation, @Nullable Pty pty, @Nullable Throwable failure) {
        if (generation != facts.generation()
                || !(state
                        instanceof
                        SessionState.Starting(ExitStatus before, List<SessionCommand> waiting))) {
            // Destroyed meanwhile.
            if (pty != null) pty.hangUp();
            return;
        }
        if (pty == null) {
            String why = failure == null ? "no reason was given" : reason(failure);
            notStarted(new SpawnFailure(false, why), before, waiting);
            checkCatchUp();
            return;
        }
        var process = new Running(pty);
        last = process;
        facts.pid(pty.pid());
        typed.begin(generation, process);
        become(new SessionState.Live(process), "runs as pid " + pty.pid());
        goOn(waiting);
        List<SessionCommand.OfProcess> said = List.copyOf(early);
        early.clear();
        said.forEach(this::handle);
        checkCatchUp();
    }

    private void checkCatchUp() {
        if (catchUp == null) return;
        if (state instanceof SessionState.Live && output.end() < catchUp.offset()) return;
        catchUp.done().complete(null);
        catchUp = null;
    }

    private void notStarted(SpawnFailure failure, ExitStatus before, List<SessionCommand> waiting) {
        ErrorCode code = failure.ofStore() ? ErrorCode.STORE_FAILED : ErrorCode.SPAWN_FAILED;
        if (facts.generation() == 1 && catchUp == null) {
            // A session that never ran is not a session: its creator hears why, and nothing stays.
            for (SessionCommand command : waiting) {
                if (command instanceof SessionCommand.Attach(Viewer viewer, _)) {
                    viewer.deliver(new ViewerUpdate.Refused(code, failure.message()));
                } else {
                    GoneSession.refuse(command);
                }
            }
            waiting.clear();
            stillborn = true;
            destroy(new CompletableFuture<>());
            return;
        }
        become(new SessionState.Exited(before), failure.message());
        output.exited(facts.generation(), before);
        facts.exited(before);
        ports.store().dirty(self);
        for (SessionCommand command : waiting) {
            switch (command) {
                case SessionCommand.Attach(Viewer viewer, AttachRequest request) -> {
                    join(viewer, request, false);
                    viewer.deliver(new ViewerUpdate.RespawnFailed(code, failure.message()));
                }
                case SessionCommand.Respawn(_, var answer) ->
                        answer.complete(new RespawnResult.Failed(failure));
                default -> handle(command);
            }
        }
    }

    private void goOn(List<SessionCommand> waiting) {
        boolean isNew = facts.generation() == 1;
        for (SessionCommand command : waiting) {
            switch (command) {
                case SessionCommand.Attach(Viewer viewer, AttachRequest request) -> {
                    join(viewer, request, isNew);
                    isNew = false;
                }
                case SessionCommand.Respawn(_, var answer) -> answer.complete(respawned(false));
                default -> handle(command);
            }
        }
        applySize();
    }

    private RespawnResult respawned(boolean before) {
        return new RespawnResult.Done(facts.generation(), facts.base(), output.nextEvent(), before);
    }

    private void output(long generation, long offset, ByteString bytes) {
        // A stop freezes the session: what it does not take stays with the keeper.
        if (frozen
                || generation != facts.generation()
                || !(state instanceof SessionState.Live(Running process))) return;
        process.pty().handled(bytes.length());
        long known = output.end() - offset;
        if (known >= bytes.length()) return;
        if (known < 0) {
            log.warn("session {}: {} bytes of its output are lost", facts.id(), -known);
            output.skipTo(offset);
        }
        append(known > 0 ? bytes.slice((int) known, bytes.length()) : bytes);
        facts.active(ports.clock().millis());
        ports.store().dirty(self);
        checkCatchUp();
    }

    private void resized(long generation, long event, TerminalSize size) {
        if (frozen
                || generation != facts.generation()
                || !(state instanceof SessionState.Live(Running process))) return;
        // Told again after a restart: it stands in the log already.
        if (event >= output.nextEvent()) takeSize(event, size);
        process.resized();
        applySize();
        unpark();
    }

    private void takeSize(long event, TerminalSize size) {
        facts.resize(size);
        output.resized(event, size);
        screen.resize(size);
        stored.changed();
        ports.store().dirty(self);
    }

    /** Those that wait for a size may go on, unless they ask for another. */
    private void unpark() {
        List<SessionCommand> waiting = List.copyOf(parked);
        parked.clear();
        waiting.forEach(this::handle);
    }

    private void append(ByteString bytes) {
        screen.feed(bytes);
        output.append(bytes);
        stored.changed();
    }

    private void ended(long generation, ExitStatus status) {
        if (frozen
                || generation != facts.generation()
                || !(state instanceof SessionState.Live(Running process))) return;
        process.ended();
        typed.end();
        become(new SessionState.Exited(status), "process ended");
        facts.exited(status);
        output.exited(generation, status);
        checkCatchUp();
        // Not waited for: an exit that a crash forgets comes back as "lost".
        ports.store()
                .commit(self)
                .exceptionally(
                        failure -> {
                            log.warn(
                                    "session {}: exit not stored yet: {}",
                                    facts.id(),
                                    reason(failure));
                            return null;
                        });
        applySize();
        unpark();
    }

    private void respawn(@Nullable Long ifGeneration, CompletableFuture<RespawnResult> answer) {
        switch (state) {
            case SessionState.Exited _
                    when ifGeneration == null || ifGeneration == facts.generation() ->
                    startNextGeneration(
                            new SessionCommand.Respawn(ifGeneration, answer), "asked to");
            // Somebody was quicker: what was asked for is there.
            case SessionState.Live _
                    when ifGeneration != null && ifGeneration == facts.generation() - 1 ->
                    answer.complete(respawned(true));
            default -> answer.complete(new RespawnResult.Stale(facts.generation()));
        }
    }

    private void destroy(CompletableFuture<Void> answer) {
        SessionState before = state;
        if (before instanceof SessionState.Destroyed) {
            answer.complete(null);
            return;
        }
        // The process goes on until the tombstone is durable: a refused destroy changes nothing.
        ports.store()
                .tombstone(facts.id())
                .whenComplete(
                        (_, failure) -> self.post(new SessionCommand.Tombstoned(failure, answer)));
    }

    private void tombstoned(@Nullable Throwable failure, CompletableFuture<Void> answer) {
        if (failure != null && !stillborn) {
            answer.completeExceptionally(failure);
            return;
        }
        SessionState before = state;
        become(new SessionState.Destroyed(), "destroyed");
        if (before instanceof SessionState.Live(Running process)) process.pty().hangUp();
        else if (last != null) last.pty().forget();
        if (before instanceof SessionState.Starting(_, List<SessionCommand> waiting))
            waiting.forEach(GoneSession::refuse);
        parked.forEach(GoneSession::refuse);
        parked.clear();
        checkCatchUp();
        audience.clear();
        typed.end();
        finished = true;
        ports.store()
                .drop(facts.id())
                .whenComplete(
                        (_, dropFailure) -> {
                            // The tombstone is durable: rows that could not be dropped are
                            // collected at the next start.
                            if (dropFailure != null)
                                log.warn(
                                        "session {}: rows stay for now: {}",
                                        facts.id(),
                                        reason(dropFailure));
                            answer.complete(null);
                        });
    }

    private void stop() {
        finished = true;
    }

    // ---- viewers

    private void attach(SessionCommand command, Viewer viewer, AttachRequest request) {
        if (state instanceof SessionState.Destroyed) {
            GoneSession.refuse(command);
        } else if (state instanceof SessionState.Exited(ExitStatus status)
                && wantsRespawn(request, status)) {
            votes.set(viewer, request.readOnly() ? null : request.size());
            startNextGeneration(command, "attached");
        } else {
            join(viewer, request, false);
        }
    }

    private boolean wantsRespawn(AttachRequest request, ExitStatus status) {
        if (request.readOnly() || facts.kind() != SessionKind.SHELL) return false;
        return switch (request.respawn()) {
            case AUTO -> true;
            case LOST -> status.equals(ExitStatus.LOST);
            case NEVER -> false;
        };
    }

    /**
     * Answer, snapshot or replay, live: all in one message, so that there is no gap and no double.
     */
    private void join(Viewer viewer, AttachRequest request, boolean created) {
        Long resumeOffset = request.resumeOffset();
        long mark =
                resumeOffset == null ? -1 : output.resumeMark(resumeOffset, request.resumeEvent());
        votes.set(viewer, request.readOnly() ? null : request.size());
        applySize();
        if (state instanceof SessionState.Live(Running process) && process.isResizing()) {
            // Answered when the terminal has its size.
            parked.add(new SessionCommand.Attach(viewer, request));
            return;
        }
        ViewerCursor cursor = audience.enter(viewer, request);
        boolean resumes = created || (resumeOffset != null && mark >= 0);
        long offset = created ? 0 : resumeOffset != null && mark >= 0 ? resumeOffset : output.end();
        Long resumeEvent = request.resumeEvent();
        ClientKey client = request.readOnly() ? null : request.client();
        Long inputCount = typed.enter(viewer, client, facts.generation());
        viewer.deliver(
                new ViewerUpdate.Attached(
                        created,
                        offset,
                        resumes && resumeEvent != null ? resumeEvent : output.nextEvent(),
                        facts.size(),
                        facts.generation(),
                        !(state instanceof SessionState.Live),
                        request.readOnly(),
                        inputCount));
        if (created) {
            // The resize that the creator's own size may have been is no news to it.
            cursor.moveTo(output.end(), output.markEnd());
        } else if (resumes) {
            cursor.moveTo(offset, mark);
        } else {
            cursor.begin(ports.ticker().getAsLong());
        }
    }

    private void detach(Viewer viewer) {
        boolean was = audience.leave(viewer);
        typed.leave(viewer, ports.ticker().getAsLong());
        votes.set(viewer, null);
        viewer.deliver(new ViewerUpdate.Detached());
        applySize();
        if (was) flushIfUnwatched();
    }

    private void lost(Viewer viewer) {
        if (!audience.leave(viewer)) return;
        typed.leave(viewer, ports.ticker().getAsLong());
        votes.linger(viewer, ports.ticker().getAsLong());
        flushIfUnwatched();
    }

    private void flushIfUnwatched() {
        if (audience.isEmpty() && !(state instanceof SessionState.Destroyed))
            ports.store().flush(self);
    }

    private void vote(Viewer viewer, @Nullable TerminalSize size) {
        Optional<ViewerCursor> cursor = audience.find(viewer);
        if (cursor.isEmpty() || cursor.get().isReadOnly()) return;
        votes.set(viewer, size);
        applySize();
    }

    private void applySize() {
        votes.winner()
                .filter(size -> !size.equals(facts.size()))
                .ifPresent(
                        size -> {
                            if (state instanceof SessionState.Live(Running process))
                                process.resize(output.nextEvent(), size);
                            else takeSize(output.nextEvent(), size);
                        });
    }

    private void input(SessionCommand.Input input) {
        InputResult objection = objection(input.viewer());
        if (objection != null) input.answer().complete(objection);
        else typed.type(input.viewer(), input.bytes(), input.answer(), ports.ticker().getAsLong());
    }

    private void input(SessionCommand.NumberedInput input) {
        Viewer viewer = input.viewer();
        InputResult objection = objection(viewer);
        boolean runs =
                state instanceof SessionState.Live && input.generation() == facts.generation();
        // A stop is no end: the client keeps what was not taken, and sends it again.
        boolean isHeard = audience.find(viewer).isPresent() && objection != InputResult.READ_ONLY;
        if (!runs && !frozen && isHeard) {
            viewer.deliver(
                    new ViewerUpdate.InputDiscarded(input.generation(), input.bytes().length()));
        } else if (objection == null) {
            long now = ports.ticker().getAsLong();
            typed.type(viewer, input.client(), input.from(), input.bytes(), now);
        }
        input.answer().complete(objection == null ? InputResult.TAKEN : objection);
    }

    /** Why nothing is typed now; null: the process gets it. */
    private @Nullable InputResult objection(@Nullable Viewer viewer) {
        ViewerCursor cursor = viewer == null ? null : audience.find(viewer).orElse(null);
        if (viewer != null && cursor == null) return InputResult.TAKEN;
        if (cursor != null && cursor.isReadOnly()) return InputResult.READ_ONLY;
        if (!(state instanceof SessionState.Live) || frozen) return InputResult.TAKEN;
        facts.active(ports.clock().millis());
        if (cursor != null) audience.typed(cursor, ports.ticker().getAsLong());
        return null;
    }

    private void rename(String name, CompletableFuture<Void> answer) {
        String before = facts.name();
        facts.name(name);
        ports.store()
                .commit(self)
                .whenComplete(
                        (_, failure) ->
                                self.post(
                                        new SessionCommand.Renamed(before, name, failure, answer)));
    }

    /** Not durable is not renamed, unless somebody has given another name meanwhile. */
    private void renamed(SessionCommand.Renamed rename) {
        Throwable failure = rename.failure();
        if (failure == null) {
            rename.answer().complete(null);
            return;
        }
        if (rename.name().equals(facts.name())) facts.name(rename.before());
        rename.answer().completeExceptionally(failure);
    }

    // ---- the store

    private void collect(CompletableFuture<Increment> answer) {
        if (state instanceof SessionState.Destroyed || stillborn) {
            answer.completeExceptionally(new SessionGoneException());
            return;
        }
        refreshDirectory(DIRECTORY_AGE);
        if (last != null) last.collected();
        answer.complete(stored.collect(facts.record(output), output, screen.screen(), frozen));
    }

    private void stored() {
        failingSince = null;
        if (last != null && last.stored(stored.givenOffset(), stored.givenEvent())) last = null;
    }

    /** The store failed; if it goes on failing, programs go on all the same. */
    private void rollBack() {
        stored.rollBack();
        long now = ports.ticker().getAsLong();
        if (failingSince == null) failingSince = now;
        if (now - failingSince < STORE_PATIENCE.toNanos()) return;
        if (state instanceof SessionState.Live(Running process))
            process.pty().confirm(output.end(), output.nextEvent());
    }

    // ---- what the output says

    private void refreshDirectory(Duration maxAge) {
        if (!(state instanceof SessionState.Live(Running process)) || frozen) return;
        long now = ports.ticker().getAsLong();
        if (facts.saysItsDirectory() || now - directoryAt < maxAge.toNanos()) return;
        directoryAt = now;
        String directory = process.pty().foregroundDirectory();
        if (directory != null) facts.cwd(directory);
    }

    private final class WatchedOutput implements SessionScreen.Listener {

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
            audience.happened(what, ports.ticker().getAsLong());
        }

        @Override
        public void reply(ByteString answer) {
            if (state instanceof SessionState.Live(Running process) && !process.write(answer)) {
                log.debug(
                        "session {}: a query was not answered, the program does not read",
                        facts.id());
            }
        }
    }

    private ExitStatus exitStatus() {
        return state instanceof SessionState.Exited(ExitStatus status) ? status : ExitStatus.LOST;
    }

    private static String reason(Throwable failure) {
        Throwable cause = failure.getCause() != null ? failure.getCause() : failure;
        return String.valueOf(cause.getMessage());
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
