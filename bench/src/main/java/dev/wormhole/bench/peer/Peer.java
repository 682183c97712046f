package dev.wormhole.bench.peer;

import java.io.IOException;
import java.util.Optional;

/** A program that may be measured. Immutable. */
public interface Peer {

    String name();

    /** Whether it knows what is on the screen, so that a viewer who comes later sees it. */
    boolean keepsScreen();

    /** Whether it keeps lines that have left the screen. */
    default boolean keepsHistory() {
        return keepsScreen();
    }

    /** Whether a session may have several viewers, and live without one. */
    default boolean isMultiplexer() {
        return true;
    }

    /** Why it cannot be measured on this machine, for a person; empty if it can. */
    Optional<String> absence();

    /** Its version as it tells it, for the head of the table. */
    String version();

    /** Starts what has to run before there can be sessions. */
    Host start(Place place) throws IOException;
}
