package dev.wormhole.server.session;

/**
 * One viewer's place in a session's output: a cursor, not a queue. It reads as far as its credit
 * goes and is given a snapshot when what it would read next is gone.
 *
 * <p>Owned by the session thread.
 */
final class ViewerCursor {

    /**
     * Bytes that may be on their way between the tail and the socket: enough for a fast reader to
     * never wait for the credit's way back, little enough that a slow one holds a quarter of a
     * megabyte.
     */
    static final int CREDIT = 256 << 10;

    /** One WebSocket message of output. */
    private static final int CHUNK = 16 << 10;

    private final Viewer viewer;
    private final boolean readOnly;
    private long offset;
    private long mark;
    private int credit = CREDIT;

    ViewerCursor(Viewer viewer, boolean readOnly) {
        this.viewer = viewer;
        this.readOnly = readOnly;
    }

    Viewer viewer() {
        return viewer;
    }

    boolean isReadOnly() {
        return readOnly;
    }

    void moveTo(long newOffset, long newMark) {
        offset = newOffset;
        mark = newMark;
    }

    long offset() {
        return offset;
    }

    /** Gives credit back; never more than there was, whatever a viewer says. */
    void give(int bytes) {
        credit = (int) Math.min(CREDIT, (long) credit + bytes);
    }

    /** Hands over what there is and credit allows; {@code resync} is what a snapshot would be. */
    void pump(OutputLog log, java.util.function.Supplier<ViewerUpdate.Resync> resync) {
        while (true) {
            switch (log.next(offset, mark, Math.min(CHUNK, Math.max(1, credit)))) {
                case OutputLog.Next.At(Mark next) -> {
                    mark++;
                    viewer.deliver(new ViewerUpdate.Marked(next));
                }
                case OutputLog.Next.Bytes(var bytes) -> {
                    if (credit <= 0) return;
                    credit -= bytes.length();
                    offset += bytes.length();
                    viewer.deliver(new ViewerUpdate.Output(bytes));
                }
                case OutputLog.Next.Gone() -> {
                    // With credit only: a viewer that takes nothing is not sent one snapshot after
                    // the other.
                    if (credit < CREDIT) return;
                    resync(log, resync.get());
                    return;
                }
                case OutputLog.Next.End() -> {
                    return;
                }
            }
        }
    }

    /** Starts the viewer over from a snapshot taken at the end of the log. */
    void resync(OutputLog log, ViewerUpdate.Resync snapshot) {
        moveTo(log.end(), log.markEnd());
        credit -= snapshot.length();
        viewer.deliver(snapshot);
        // Among the marks that were passed over may be the exit: a viewer must not take the session
        // for alive.
        log.exit().ifPresent(mark -> viewer.deliver(new ViewerUpdate.Marked(mark)));
    }
}
