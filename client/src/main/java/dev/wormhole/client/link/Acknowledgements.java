package dev.wormhole.client.link;

import dev.wormhole.client.link.AttachedSession.Standing;
import dev.wormhole.protocol.Limits;

import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Tells the server what has reached the terminals, where both ends have the feature {@code ack}:
 * after each {@link #STEP} bytes of a session, and when nothing else is to be done.
 *
 * <p>Owned by the link thread.
 */
final class Acknowledgements {

    /** The most that {@code docs/protocol.md} lets an acknowledgement wait for. */
    static final int STEP = 16 << 10;

    private final Wire wire;

    // Owned by the link thread.
    /** Data bytes that each channel has brought over this connection, whoever had it. */
    private final long[] arrived = new long[Limits.MAX_CHANNEL + 1];

    /** Sessions with something to acknowledge. */
    private final Set<AttachedSession> due = new LinkedHashSet<>();

    private boolean isAgreed;

    Acknowledgements(Wire wire) {
        this.wire = wire;
    }

    void agreed(boolean isAgreed) {
        this.isAgreed = isAgreed;
    }

    void disconnected() {
        isAgreed = false;
        due.clear();
        Arrays.fill(arrived, 0);
    }

    /** The session has this channel now. */
    void live(AttachedSession session, int channel) {
        session.receipt.begin(arrived[channel]);
        note(session);
    }

    void arrived(int channel, int bytes) {
        arrived[channel] += bytes;
    }

    /** Before the session's stream takes what arrived on its channel. */
    void expect(AttachedSession session, int channel) {
        session.receipt.arrived(arrived[channel]);
    }

    /** Something was handed over or taken. */
    void note(AttachedSession session) {
        if (!isAgreed) return;
        long bytes = session.receipt.due();
        if (bytes >= STEP) tell(session);
        else if (bytes > 0) due.add(session);
    }

    /** Nothing else is to be done just now. */
    void flush() {
        if (due.isEmpty()) return;
        List<AttachedSession> waiting = List.copyOf(due);
        due.clear();
        waiting.forEach(this::tell);
    }

    private void tell(AttachedSession session) {
        due.remove(session);
        if (session.standing instanceof Standing.Live(int channel) && session.receipt.due() > 0) {
            wire.send(session.receipt.acknowledge(channel));
        }
    }
}
