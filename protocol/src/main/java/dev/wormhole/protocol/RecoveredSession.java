package dev.wormhole.protocol;

import org.jspecify.annotations.Nullable;

/**
 * One line of a recovery report.
 *
 * <p>Immutable.
 *
 * @param sessionId null where it is not known
 * @param name given by a person, or null
 * @param reason a sentence of what became of it; null where there is nothing to say
 */
public record RecoveredSession(
        @Nullable SessionId sessionId, @Nullable String name, @Nullable String reason) {}
