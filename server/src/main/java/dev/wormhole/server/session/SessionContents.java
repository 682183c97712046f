package dev.wormhole.server.session;

import dev.wormhole.terminal.screen.Screen;
import dev.wormhole.terminal.screen.ScreenListener;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a session begins with: its output, what that has drawn, and how far the store has come with
 * both. Nobody listens to the screen yet.
 */
record SessionContents(OutputLog output, Screen screen, StoreCursor stored) {

    /**
     * Offsets after a crash begin at a multiple of this: nobody can have seen so many uncommitted
     * bytes.
     */
    static final long CRASH_STRIDE = 1L << 40;

    private static final Logger log = LoggerFactory.getLogger(SessionContents.class);

    /** Of a session that was just asked for, or whose store is lost. */
    static SessionContents fresh(SessionRecord record, RingBuffer.Caps caps, SessionPorts ports) {
        var screen =
                new Screen(
                        record.size().cols(),
                        record.size().rows(),
                        ports.historyLines(),
                        new ScreenListener() {});
        var output = new OutputLog(new RingBuffer(caps), true, record.nextEvent());
        // Of an orphan what its keeper has forgotten is gone.
        output.skipTo(record.nextOffset());
        return new SessionContents(
                output, screen, StoreCursor.fresh(ports.ticker(), record.size()));
    }

    /**
     * As they were stored; what could not be used is logged.
     *
     * @param held a keeper has the process, or a newer one, and with it offsets that are to be used
     *     again
     */
    static SessionContents restored(Checkpoint checkpoint, boolean held, SessionPorts ports) {
        SessionRecord record = checkpoint.record();
        RestoredScreen restored = ScreenHydration.restore(checkpoint, ports.historyLines());
        for (String problem : restored.problems()) log.warn("session {}: {}", record.id(), problem);
        var output =
                new OutputLog(
                        RingBuffer.fromSnapshot(checkpoint.ring()),
                        checkpoint.complete(),
                        record.nextEvent());
        long end = nextOffset(checkpoint, held);
        output.skipTo(end);
        StoredScreen origin = restored.origin().orElse(null);
        return new SessionContents(
                output,
                restored.screen(),
                StoreCursor.restored(ports.ticker(), record, origin, restored.sealedEnd(), end));
    }

    /** Where a session goes on: behind every byte that anybody can have seen. */
    static long nextOffset(Checkpoint checkpoint, boolean held) {
        long end = Math.max(checkpoint.ring().end(), checkpoint.record().nextOffset());
        // A task prints nothing more: there are no other bytes to be taken for lost ones.
        boolean goesOn = checkpoint.record().task() == null;
        return checkpoint.afterCrash() && !held && goesOn ? afterCrash(end) : end;
    }

    /** Behind every offset that bytes which are not stored can have had. */
    static long afterCrash(long end) {
        return (end / CRASH_STRIDE + 1) * CRASH_STRIDE;
    }
}
