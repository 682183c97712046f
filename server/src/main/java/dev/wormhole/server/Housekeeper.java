package dev.wormhole.server;

import dev.wormhole.protocol.SessionEntry;
import dev.wormhole.protocol.SessionId;
import dev.wormhole.protocol.SessionKind;
import dev.wormhole.server.session.Sessions;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Duration;
import java.time.InstantSource;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletionException;
import java.util.stream.Collectors;

/**
 * Removes sessions that ended long ago and that nobody has named or looks at. Touches no other.
 *
 * <p>Owned by the {@code housekeeper} thread, which looks once an hour.
 *
 * <p>One look is not enough: a clock that was wrong for a moment, as after the battery of a machine
 * ran out, would make everything old. What goes was too old an hour before as well, and both times
 * by the wall clock while the hour is measured without it.
 */
final class Housekeeper implements Runnable {

    private static final Logger log = LoggerFactory.getLogger(Housekeeper.class);

    static final Duration PAUSE = Duration.ofHours(1);

    /** What it needs of the sessions. */
    interface Household {

        List<SessionEntry> list();

        /** See {@link Sessions#clean}. */
        int clean(Collection<SessionId> ids, long activeBefore);

        static Household of(Sessions sessions) {
            return new Household() {
                @Override
                public List<SessionEntry> list() {
                    return sessions.list().join();
                }

                @Override
                public int clean(Collection<SessionId> ids, long activeBefore) {
                    return sessions.clean(ids, activeBefore).join();
                }
            };
        }
    }

    private final Household household;
    private final Duration age;
    private final InstantSource clock;

    // Owned by the housekeeper thread.
    private Set<SessionId> tooOldBefore = Set.of();

    /**
     * @param age from which an exited session is removed
     * @param clock wall clock
     */
    Housekeeper(Household household, Duration age, InstantSource clock) {
        this.household = household;
        this.age = age;
        this.clock = clock;
    }

    /** Until it is interrupted. */
    @Override
    public void run() {
        try {
            while (true) {
                try {
                    look();
                } catch (CompletionException e) {
                    // A session that ends with its server does not answer.
                    log.debug("sessions were not looked at", e);
                }
                Thread.sleep(PAUSE);
            }
        } catch (InterruptedException _) {
            // The server stops.
        }
    }

    /** Removes what was too old at the last look too. To be called once an hour. */
    void look() {
        long before = clock.instant().minus(age).toEpochMilli();
        Set<SessionId> tooOld =
                household.list().stream()
                        .filter(session -> isUnwanted(session, before))
                        .map(SessionEntry::id)
                        .collect(Collectors.toUnmodifiableSet());
        var going = new HashSet<>(tooOld);
        going.retainAll(tooOldBefore);
        tooOldBefore = tooOld;
        if (going.isEmpty()) return;
        int gone = household.clean(going, before);
        log.info(
                "{} sessions without a name that ended over {} days ago were removed",
                gone,
                age.toDays());
    }

    private static boolean isUnwanted(SessionEntry session, long before) {
        return session.isExited()
                && session.kind() != SessionKind.TASK
                && session.name() == null
                && session.clientCount() == 0
                && session.lastActiveAt() < before;
    }
}
