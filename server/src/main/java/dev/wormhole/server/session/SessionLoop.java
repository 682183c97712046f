package dev.wormhole.server.session;

import dev.wormhole.protocol.SessionEntry;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * The thread of one session: takes commands in batches, gives them to the {@link Session}, then
 * lets the viewers read; announces a changed list entry, at most ten times a second.
 *
 * <p>Owned by the session thread.
 */
final class SessionLoop implements Runnable {

    private static final Logger log = LoggerFactory.getLogger(SessionLoop.class);

    /**
     * A batch this large is pumped to the viewers before more is read: echo does not wait behind a
     * flood.
     */
    private static final int BATCH = 64;

    private static final Duration ANNOUNCE_PAUSE = Duration.ofMillis(100);

    private final SessionHandle handle;
    private final Session session;
    private final SessionPorts ports;
    private final FloodTurns turns;
    private final Runnable whenFinished;

    private @Nullable SessionEntry announced;
    private boolean mayHaveChanged = true;
    private long announceAt;

    SessionLoop(
            SessionHandle handle,
            Session session,
            SessionPorts ports,
            FloodTurns turns,
            Runnable whenFinished) {
        this.handle = handle;
        this.session = session;
        this.ports = ports;
        this.turns = turns;
        this.whenFinished = whenFinished;
        this.announceAt = ports.ticker().getAsLong();
    }

    @Override
    public void run() {
        List<SessionCommand> batch = new ArrayList<>(BATCH);
        try {
            while (!session.isFinished()) {
                SessionCommand first = next();
                if (first != null) {
                    batch.add(first);
                    handle.mailbox().drainTo(batch, BATCH - 1);
                    if (isMuch(batch)) flood(batch);
                    else handle(batch);
                    handle.viewerCount(session.viewerCount());
                    mayHaveChanged = true;
                }
                long now = ports.ticker().getAsLong();
                session.due(now);
                if (mayHaveChanged && now - announceAt >= 0) announce(now);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            whenFinished.run();
            handle.end();
        }
    }

    /** Viewers that have room meanwhile are not kept waiting: they get what there is. */
    private void flood(List<SessionCommand> batch) {
        List<SessionCommand> ready =
                batch.stream().filter(SessionCommand.Ready.class::isInstance).toList();
        if (!ready.isEmpty()) {
            batch.removeAll(ready);
            handle(new ArrayList<>(ready));
        }
        try (FloodTurns.Turn _ = turns.take()) {
            handle(batch);
        }
    }

    private void handle(List<SessionCommand> batch) {
        for (SessionCommand command : batch) handle(command);
        batch.clear();
        session.pump();
    }

    private static boolean isMuch(List<SessionCommand> batch) {
        int bytes = 0;
        for (SessionCommand command : batch) {
            if (command instanceof SessionCommand.Output output) bytes += output.bytes().length();
        }
        return bytes > FloodTurns.MUCH;
    }

    private void handle(SessionCommand command) {
        handle.taken(command);
        if (session.isFinished()) {
            GoneSession.refuse(command);
            return;
        }
        try {
            session.handle(command);
        } catch (RuntimeException e) {
            // A defect stops one command, not the session, still less the server.
            log.error("session {}: {} failed", handle.id(), command.getClass().getSimpleName(), e);
        }
    }

    private @Nullable SessionCommand next() throws InterruptedException {
        long now = ports.ticker().getAsLong();
        Optional<Long> due = session.nextDue();
        if (due.isEmpty() && !mayHaveChanged) return handle.mailbox().take();
        long wait = due.map(at -> at - now).orElse(Long.MAX_VALUE);
        if (mayHaveChanged) wait = Math.min(wait, announceAt - now);
        return handle.mailbox().poll(Math.max(0, wait), TimeUnit.NANOSECONDS);
    }

    private void announce(long now) {
        mayHaveChanged = false;
        announceAt = now + ANNOUNCE_PAUSE.toNanos();
        if (session.state() instanceof SessionState.Starting || session.isFinished()) return;
        SessionEntry entry = session.facts().entry(session.viewerCount(), session.state());
        if (announced != null && sameButActivity(announced, entry)) return;
        announced = entry;
        ports.events().changed(entry);
    }

    /** Every byte moves the time of the last activity: that alone is no news. */
    private static boolean sameButActivity(SessionEntry a, SessionEntry b) {
        return new SessionEntry(
                        a.id(),
                        a.name(),
                        a.cwd(),
                        a.title(),
                        a.createdAt(),
                        b.lastActiveAt(),
                        a.clientCount(),
                        a.isExited(),
                        a.exitCode(),
                        a.size(),
                        a.pid(),
                        a.command(),
                        a.kind(),
                        a.isStored())
                .equals(b);
    }
}
