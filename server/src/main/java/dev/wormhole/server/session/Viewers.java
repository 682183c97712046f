package dev.wormhole.server.session;

import dev.wormhole.protocol.ByteString;
import dev.wormhole.protocol.ClientMessage;
import dev.wormhole.protocol.Happening;
import dev.wormhole.protocol.TerminalSize;
import dev.wormhole.server.pty.ClientKey;
import dev.wormhole.server.session.SessionCommand.InputResult;

import org.jspecify.annotations.Nullable;

import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * A session's viewers: how they come, type, are heard, and go.
 *
 * <p>Owned by the session thread.
 */
final class Viewers {

    private final SessionPorts ports;
    private final SessionFacts facts;
    private final OutputLog output;
    private final Generations generations;
    private final SessionSize size;
    private final Durability durability;
    private final Audience audience;
    private final Offers offers;
    private final SessionInput typed = new SessionInput();

    Viewers(
            SessionPorts ports,
            SessionFacts facts,
            SessionOutput output,
            Generations generations,
            SessionSize size,
            Durability durability) {
        this.ports = ports;
        this.facts = facts;
        this.output = output.log();
        this.generations = generations;
        this.size = size;
        this.durability = durability;
        SessionScreen screen = output.screen();
        this.audience =
                new Audience(
                        output.log(),
                        new Snapshots(screen::snapshot, output.log()),
                        facts,
                        screen::hash,
                        screen::facts);
        this.offers = new Offers(facts, generations, audience, durability);
    }

    int count() {
        return audience.size();
    }

    // ---- coming and going

    /**
     * Answer, snapshot or replay, live: all in one message, so that there is no gap and no double.
     *
     * @param created it made the session
     */
    void join(SessionCommand.Attach attach, boolean created) {
        Viewer viewer = attach.viewer();
        AttachRequest request = attach.request();
        Long resumeOffset = request.resumeOffset();
        long mark =
                resumeOffset == null ? -1 : output.resumeMark(resumeOffset, request.resumeEvent());
        size.vote(viewer, request.vote());
        size.apply();
        if (size.isUnderWay()) {
            // Answered when the terminal has its size.
            size.await(attach);
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
                        generations.live() == null,
                        request.readOnly(),
                        inputCount));
        offers.joined(cursor);
        if (created) {
            // The resize that the creator's own size may have been is no news to it.
            cursor.moveTo(output.end(), output.markEnd());
        } else if (resumes) {
            cursor.moveTo(offset, mark);
        } else {
            cursor.begin(now());
        }
    }

    void detach(Viewer viewer) {
        boolean was = audience.leave(viewer);
        typed.leave(viewer, now());
        size.vote(viewer, null);
        viewer.deliver(new ViewerUpdate.Detached());
        size.apply();
        if (was) flushIfUnwatched();
    }

    /** The viewer's connection was lost: its vote stays for a while. */
    void lost(Viewer viewer) {
        if (!audience.leave(viewer)) return;
        typed.lost(viewer, now());
        size.linger(viewer, now());
        flushIfUnwatched();
    }

    private void flushIfUnwatched() {
        if (audience.isEmpty() && !(generations.state() instanceof SessionState.Destroyed))
            durability.flush();
    }

    /** The session is gone, and nobody watches it any more. */
    void clear() {
        audience.clear();
        typed.end();
    }

    // ---- what they see

    /** There is room for a viewer that was told there was none. */
    void ready(Viewer viewer) {
        audience.find(viewer).ifPresentOrElse(ViewerCursor::called, viewer::pass);
    }

    /** The viewer's screen is not the session's. */
    void refresh(Viewer viewer) {
        audience.find(viewer).ifPresent(ViewerCursor::wantsRefresh);
    }

    void happened(Happening what) {
        audience.happened(what, now());
    }

    /** Hands new output to everybody who has room. */
    void pump() {
        // The separator stands in the log already, so that it is committed; nobody sees it before.
        if (generations.state() instanceof SessionState.Starting) return;
        audience.pump(now());
    }

    Optional<Long> nextDue() {
        return Due.earlier(audience.nextDue(), typed.nextDue());
    }

    void due(long now) {
        if (audience.nextDue().map(at -> at - now <= 0).orElse(false)) pump();
        typed.due(now);
    }

    // ---- what they ask for

    void resize(Viewer viewer, @Nullable TerminalSize wish) {
        Optional<ViewerCursor> cursor = audience.find(viewer);
        if (cursor.isEmpty() || cursor.get().isReadOnly()) return;
        size.vote(viewer, wish);
        size.apply();
    }

    void tells(Viewer viewer, ClientMessage.ViewerState news) {
        audience.tells(viewer, news);
    }

    /** The process takes input. */
    void begin(Running process) {
        typed.begin(facts.generation(), process);
        offers.tell();
    }

    /** What stands in the foreground is another program. */
    void foregroundChanged() {
        offers.tell();
    }

    /** A viewer wants the program that is offered to run, or to be forgotten. */
    void answer(SessionCommand.AnswerOffer answer) {
        Viewer viewer = answer.viewer();
        if (audience.find(viewer).isEmpty() || objection(viewer) != null || !takesInput()) return;
        String line = offers.take(answer.generation());
        if (line == null || !answer.run()) return;
        // As its own writer: it waits until a paste that somebody is inside has ended.
        typed.type(null, ByteString.utf8(line + "\r"), new CompletableFuture<>(), now());
    }

    /** The process takes nothing more. */
    void ended() {
        typed.end();
        offers.tell();
    }

    /** So much of a client's numbered input was taken. */
    void accepted(SessionCommand.Accepted word) {
        if (word.generation() == facts.generation())
            typed.accepted(word.generation(), word.client(), word.count(), now());
    }

    void type(SessionCommand.Input input) {
        InputResult objection = objection(input.viewer());
        if (objection != null) {
            input.answer().complete(objection);
            return;
        }
        if (takesInput()) offers.typed(input.bytes());
        typed.type(input.viewer(), input.bytes(), input.answer(), now());
    }

    void type(SessionCommand.NumberedInput input) {
        Viewer viewer = input.viewer();
        InputResult objection = objection(viewer);
        boolean runs = generations.live() != null && input.generation() == facts.generation();
        // A stop is no end: the client keeps what was not taken, and sends it again.
        boolean isHeard = audience.find(viewer).isPresent() && objection != InputResult.READ_ONLY;
        if (!runs && !generations.isFrozen() && isHeard) {
            viewer.deliver(
                    new ViewerUpdate.InputDiscarded(input.generation(), input.bytes().length()));
        } else if (objection == null) {
            offers.typed(input.bytes());
            typed.type(input.client(), input.from(), input.bytes(), now());
        }
        input.answer().complete(objection == null ? InputResult.TAKEN : objection);
    }

    private boolean takesInput() {
        return generations.live() != null && !generations.isFrozen();
    }

    /** Why nothing is typed now; null: the process gets it. */
    private @Nullable InputResult objection(@Nullable Viewer viewer) {
        ViewerCursor cursor = viewer == null ? null : audience.find(viewer).orElse(null);
        if (viewer != null && cursor == null) return InputResult.TAKEN;
        if (cursor != null && cursor.isReadOnly()) return InputResult.READ_ONLY;
        if (generations.live() == null || generations.isFrozen()) return InputResult.TAKEN;
        facts.active(ports.clock().millis());
        if (cursor != null) audience.typed(cursor, now());
        return null;
    }

    private long now() {
        return ports.ticker().getAsLong();
    }
}
