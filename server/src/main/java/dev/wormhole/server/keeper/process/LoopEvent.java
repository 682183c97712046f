package dev.wormhole.server.keeper.process;

import dev.wormhole.server.pty.NativeProcess;
import dev.wormhole.server.pty.ProcessKey;

/**
 * What other threads tell the loop.
 *
 * <p>Immutable.
 */
sealed interface LoopEvent {

    record Started(ProcessKey key, NativeProcess process) implements LoopEvent {}

    record NotStarted(ProcessKey key, String message) implements LoopEvent {}

    record ServerStarted(Process process) implements LoopEvent {}

    record ServerNotStarted(String message) implements LoopEvent {}

    /** Everything is to end. */
    record CloseAsked() implements LoopEvent {}
}
