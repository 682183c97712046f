package dev.wormhole.bench.peer;

import java.io.IOException;
import java.util.Optional;

/**
 * A program that may be measured. Immutable.
 *
 * @param <H> how it is spoken to while it runs
 */
public interface Column<H extends Column.Running> {

    String name();

    /** Why it cannot be measured on this machine, for a person; empty if it can. */
    Optional<String> absence();

    /** Its version as it tells it, for the head of the table. */
    String version();

    /** Starts what has to run before anything can be measured. */
    H start(Place place) throws IOException;

    /** What was started. Closing it ends all of that. */
    interface Running extends AutoCloseable {

        @Override
        void close();
    }
}
