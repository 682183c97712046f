package dev.wormhole.server.session;

import java.util.Optional;

/** When something has to be done although nothing happens; nanoseconds of a monotonic clock. */
final class Due {

    private Due() {}

    /** The earlier one of those that are. */
    static Optional<Long> earlier(Optional<Long> one, Optional<Long> other) {
        if (one.isEmpty() || other.isEmpty()) return one.or(() -> other);
        return one.get() - other.get() < 0 ? one : other;
    }
}
