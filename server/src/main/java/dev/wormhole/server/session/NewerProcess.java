package dev.wormhole.server.session;

import dev.wormhole.server.pty.HeldProcess;

/**
 * What a session does about a process that a keeper holds for it and that its store, an older copy,
 * knows nothing of: goes on with it when a person says so, or leaves it behind.
 *
 * <p>Owned by the session thread.
 */
final class NewerProcess {

    private NewerProcess() {}

    /** Whether the session can go on with the process: it runs none, and had none as new. */
    static boolean mayTakeOver(HeldProcess held, long generation, SessionState state) {
        return held.key().generation() > generation && state instanceof SessionState.Exited;
    }

    static IllegalArgumentException superseded() {
        return new IllegalArgumentException(
                "its session has gone on with another process: this one can only be ended");
    }

    /**
     * Moves the session to the beginning of what the keeper has of the process.
     *
     * @param unusedEvent no event of the session had this number or a greater one
     */
    static void takeOver(
            SessionHandle self,
            HeldProcess held,
            SessionFacts facts,
            SessionOutput output,
            long unusedEvent) {
        HeldProcess newest = self.newer();
        if (newest != null && newest.key().equals(held.key())) self.newer(null);
        facts.beginGeneration(held.key().generation(), held.origin());
        OutputLog log = output.log();
        log.skipEventsTo(unusedEvent);
        log.respawned(held.key().generation());
        if (!held.size().equals(facts.size())) {
            facts.resize(held.size());
            output.resized(log.nextEvent(), held.size());
        }
        // What was printed in between is neither stored nor held.
        if (held.first() > log.end()) log.skipTo(held.first());
    }

    /**
     * The session starts another process: neither its generation nor its offsets may be those of
     * the newer one.
     *
     * @return the last generation that is taken
     */
    static long leaveBehind(SessionHandle self, long generation, OutputLog output) {
        HeldProcess newest = self.newer();
        if (newest == null) return generation;
        self.newer(null);
        output.skipTo(SessionContents.afterCrash(Math.max(output.end(), newest.end())));
        return Math.max(generation, newest.key().generation());
    }
}
