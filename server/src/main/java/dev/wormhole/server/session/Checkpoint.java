package dev.wormhole.server.session;

/**
 * The durable form of a session: what a restart gives back.
 *
 * <p>Immutable.
 *
 * @param ring the tail that clients resume from, within the caps
 * @param complete nothing of the session's output was ever evicted
 * @param afterCrash the server that stored it did not end in order: bytes may have been seen that
 *     are not here
 */
public record Checkpoint(
        SessionRecord record,
        RingBuffer.Snapshot ring,
        boolean complete,
        boolean afterCrash,
        ScreenImage image) {}
