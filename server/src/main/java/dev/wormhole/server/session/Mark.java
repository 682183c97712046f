package dev.wormhole.server.session;

import dev.wormhole.protocol.TerminalSize;

/**
 * Something that stands at one place in a session's output, before the byte at its offset.
 *
 * <p>Immutable.
 */
public sealed interface Mark {

    long offset();

    /** The screen takes another size. Event number {@code event}. */
    record Resized(long offset, long event, TerminalSize size) implements Mark {}

    /** The next generation begins. Event number {@code event}. */
    record Respawned(long offset, long event, long generation) implements Mark {}

    /** The process ended. Not an event: attaching says the same. */
    record Exited(long offset, long generation, ExitStatus status) implements Mark {}
}
