package dev.wormhole.app.workspace;

import dev.wormhole.protocol.ErrorCode;
import dev.wormhole.protocol.ExitReason;

import org.jspecify.annotations.Nullable;

/**
 * What a pane's session is doing, as far as this window knows. Only {@link PaneModel} changes it:
 *
 * <ul>
 *   <li>Opening → Live or Exited: the attach was answered
 *   <li>Live → Exited: the process ended; Exited → Live: somebody respawned it
 *   <li>Exited → Respawning: a key, unless it was a task; → Live: the answer; → Exited: refused
 *   <li>Live, Exited, Respawning → Offline: the link was lost; → Live or Exited: attached again
 *   <li>any → Refused: the attachment is over; → Opening: a key asks again
 * </ul>
 *
 * <p>Immutable.
 */
public sealed interface PaneState {

    /** Attaching; no output yet. */
    record Opening() implements PaneState {}

    /** A process runs and takes input. */
    record Live(long generation) implements PaneState {}

    /**
     * The process is gone, its output stays. Any key starts the next one, except of a task.
     *
     * @param exitCode null unless the process ended by itself
     * @param signal name of the signal that ended it, or null
     * @param reason null where this window only knows that it ended
     * @param problem why the last attempt to start it again failed, or null
     */
    record Exited(
            @Nullable Integer exitCode,
            @Nullable String signal,
            @Nullable ExitReason reason,
            @Nullable String problem)
            implements PaneState {

        /** How it ended, as a sentence. */
        public String sentence() {
            return switch (reason) {
                case EXITED ->
                        exitCode == null ? "Ended." : "Ended with exit code " + exitCode + ".";
                case SIGNAL -> "Ended by " + (signal == null ? "a signal" : signal) + ".";
                case LOST -> "The process was lost with its server.";
                case null -> exitCode == null ? "Ended." : "Ended with exit code " + exitCode + ".";
            };
        }

        Exited because(String why) {
            return new Exited(exitCode, signal, reason, why);
        }
    }

    /** A key has been pressed in an exited pane; what is typed waits for the answer. */
    record Respawning() implements PaneState {}

    /**
     * No connection; the text stays. The link comes back by itself.
     *
     * @param keepsInput what is typed reaches the process once the link is back, if it still runs;
     *     else it is dropped
     */
    record Offline(boolean keepsInput) implements PaneState {}

    /** The server does not let this window attach the session; a key tries again. */
    record Refused(ErrorCode code, String message) implements PaneState {}
}
