package dev.wormhole.app.view;

import dev.wormhole.app.workspace.PaneState;

import org.jspecify.annotations.Nullable;

import java.util.Optional;

/**
 * What a pane's strip says about its state.
 *
 * <p>Immutable.
 *
 * @param text what happened
 * @param hint what to do, quietly after it; empty for nothing
 */
record PaneWords(Tone tone, String text, String hint) {

    /** Which icon goes with it. */
    enum Tone {
        ENDED,
        BUSY,
        OFFLINE,
        BAD
    }

    /** Nothing to say while a process runs, or while its answer is only just awaited. */
    static Optional<PaneWords> of(PaneState state, boolean hasFocus) {
        return switch (state) {
            case PaneState.Live _, PaneState.Opening _ -> Optional.empty();
            case PaneState.Respawning _ ->
                    Optional.of(new PaneWords(Tone.BUSY, "Starting a new shell…", ""));
            case PaneState.Offline(boolean keepsInput) ->
                    // Once in a window is enough.
                    hasFocus
                            ? Optional.of(
                                    new PaneWords(
                                            Tone.OFFLINE,
                                            "Not connected.",
                                            keepsInput
                                                    ? "The session goes on; what you type now is"
                                                            + " sent when the connection is back."
                                                    : "The session goes on; what you type now is"
                                                            + " not sent."))
                            : Optional.empty();
            case PaneState.Exited exited -> Optional.of(exited(exited));
            case PaneState.Refused(var _, var message) ->
                    Optional.of(new PaneWords(Tone.BAD, message, "Press any key to try again."));
        };
    }

    /** The same of a task's pane: no key starts it again. */
    static Optional<PaneWords> ofTask(PaneState state, boolean hasFocus) {
        return state instanceof PaneState.Exited exited
                ? Optional.of(new PaneWords(Tone.ENDED, exited.sentence(), ""))
                : of(state, hasFocus);
    }

    private static PaneWords exited(PaneState.Exited exited) {
        @Nullable String problem = exited.problem();
        if (problem != null) return new PaneWords(Tone.BAD, problem, "Press any key to try again.");
        return new PaneWords(Tone.ENDED, exited.sentence(), "Press any key to start a new shell.");
    }
}
