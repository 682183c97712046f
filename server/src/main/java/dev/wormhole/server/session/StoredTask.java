package dev.wormhole.server.session;

/**
 * A task as the store lists it.
 *
 * <p>Immutable.
 *
 * @param outputBytes what the kept output takes on the disk, compressed
 */
public record StoredTask(SessionRecord record, TaskRecord task, long outputBytes) {}
