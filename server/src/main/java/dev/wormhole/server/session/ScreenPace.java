package dev.wormhole.server.session;

import java.time.Duration;
import java.util.Optional;

/**
 * When a session's screen is stored anew: after much output, and when the session falls quiet. A
 * session that stays quiet causes neither work nor wake-ups. Pure: times are nanoseconds of any one
 * clock, given by the caller.
 *
 * <p>Owned by the session thread.
 */
final class ScreenPace {

    /** So much output at most has to be read again behind a stored screen. */
    static final int MAX_OUTPUT_BYTES = 256 << 10;

    /** So many size and generation changes at most stand behind a stored screen. */
    static final int MAX_EVENTS = 1024;

    static final Duration QUIET = Duration.ofSeconds(2);

    /**
     * A place in a session's output.
     *
     * <p>Immutable.
     */
    record Place(long offset, long event) {}

    /** Something came that no screen which was handed over holds. */
    private boolean changed;

    private long changedAt;

    /** The store knows that the session is quiet, and will ask. */
    private boolean announced;

    /** Output or an event came. */
    void changed(long now) {
        changed = true;
        changedAt = now;
        announced = false;
    }

    /** When the session will have been quiet for long enough, unless something comes before. */
    Optional<Long> quietAt() {
        return changed && !announced ? Optional.of(changedAt + QUIET.toNanos()) : Optional.empty();
    }

    /** Whether the store is to be told that the session is quiet; once for each silence. */
    boolean announce(long now) {
        if (announced || !isQuiet(now)) return false;
        announced = true;
        return true;
    }

    private boolean isQuiet(long now) {
        return changed && now - changedAt >= QUIET.toNanos();
    }

    /**
     * Whether a screen is to be handed over now.
     *
     * @param stored of the screen that was handed over last
     * @param oldest where the output and the events that are still known begin
     * @param present where they end
     */
    boolean isDue(Place stored, Place oldest, Place present, long now) {
        if (present.equals(stored)) return false;
        boolean outrun = oldest.offset() > stored.offset() || oldest.event() > stored.event();
        boolean much =
                present.offset() - stored.offset() >= MAX_OUTPUT_BYTES
                        || present.event() - stored.event() >= MAX_EVENTS;
        return outrun || much || isQuiet(now);
    }

    /** A screen with all that came so far was handed over. */
    void handedOver() {
        changed = false;
    }

    /** It could not be stored; whoever failed to will ask again. */
    void rolledBack() {
        changed = true;
        announced = true;
    }
}
