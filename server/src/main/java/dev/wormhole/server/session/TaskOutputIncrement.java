package dev.wormhole.server.session;

import java.util.List;

/**
 * What is new of the output that a task's history keeps, and what is kept no longer.
 *
 * <p>Immutable.
 *
 * @param parts in order; none stands where another one did
 * @param headEnd parts that begin before this offset stay for ever
 * @param tailStart parts that begin at or behind {@code headEnd} and end at or before this go
 */
public record TaskOutputIncrement(List<TaskOutputPart> parts, long headEnd, long tailStart) {

    public TaskOutputIncrement {
        parts = List.copyOf(parts);
    }
}
