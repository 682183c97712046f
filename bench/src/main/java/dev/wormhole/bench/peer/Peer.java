package dev.wormhole.bench.peer;

/** A program that keeps sessions. Immutable. */
public interface Peer extends Column<Host> {

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
}
