package dev.wormhole.server.task;

import dev.wormhole.protocol.SessionId;
import dev.wormhole.server.session.SessionRecord;
import dev.wormhole.server.session.TaskRecord;
import dev.wormhole.server.session.TaskState;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * How much history of tasks is kept: what goes are the oldest ones.
 *
 * <p>Immutable.
 *
 * @param age since a task ended; empty: any
 * @param count of tasks that are over
 * @param bytes of their output, as it was printed and as far as it is kept
 * @param outputBytes that are kept of one
 */
public record HistoryBounds(Optional<Duration> age, int count, long bytes, long outputBytes) {

    /** What ended long ago goes first, however long it ran. */
    static final Comparator<SessionRecord> LAST_ENDED_FIRST =
            Comparator.comparingLong(HistoryBounds::ended)
                    .reversed()
                    .thenComparing(record -> record.id().toString());

    /**
     * Those that are too many, too old or too much.
     *
     * @param over tasks that are over, the one that ended last first
     * @param now epoch milliseconds
     */
    List<SessionId> beyond(List<SessionRecord> over, long now) {
        var going = new ArrayList<SessionId>();
        int kept = 0;
        long size = 0;
        for (SessionRecord record : over) {
            size += Math.min(outputBytes, record.nextOffset());
            boolean fits = kept < count && size <= bytes && !isTooOld(record, now);
            // The newest stays, however large it is.
            if (fits || (kept == 0 && count > 0 && !isTooOld(record, now))) kept++;
            else going.add(record.id());
        }
        return going;
    }

    private boolean isTooOld(SessionRecord record, long now) {
        if (age.isEmpty()) return false;
        return now - ended(record) > age.get().toMillis();
    }

    private static long ended(SessionRecord record) {
        TaskRecord task = record.task();
        return switch (task == null ? null : task.state()) {
            case TaskState.Completed completed -> completed.ended();
            case TaskState.Failed failed -> failed.ended();
            case null, default -> record.lastActiveAt();
        };
    }
}
