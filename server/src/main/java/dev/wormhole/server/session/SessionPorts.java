package dev.wormhole.server.session;

import dev.wormhole.server.pty.PtyFactory;
import dev.wormhole.server.thread.ServerThreads;

import java.time.InstantSource;
import java.util.function.LongSupplier;

/**
 * What every session needs from the rest of the server.
 *
 * <p>Immutable.
 *
 * @param historyLines of scrollback that a session keeps
 * @param clock wall clock, for times that people see
 * @param ticker monotonic nanoseconds, for everything that waits
 */
public record SessionPorts(
        PtyFactory ptys,
        SessionStore store,
        SessionEvents events,
        ProcessSpecs specs,
        ServerThreads threads,
        int historyLines,
        TaskLimits tasks,
        InstantSource clock,
        LongSupplier ticker) {

    /** With the usual limits of tasks. */
    SessionPorts(
            PtyFactory ptys,
            SessionStore store,
            SessionEvents events,
            ProcessSpecs specs,
            ServerThreads threads,
            int historyLines,
            InstantSource clock,
            LongSupplier ticker) {
        this(ptys, store, events, specs, threads, historyLines, TaskLimits.DEFAULT, clock, ticker);
    }

    /** The same for a session of which nothing is stored. */
    SessionPorts unstored() {
        return new SessionPorts(
                ptys, new Unstored(), events, specs, threads, historyLines, tasks, clock, ticker);
    }
}
