package dev.wormhole.app.view;

import dev.wormhole.client.link.LinkState;

import java.time.Duration;

/**
 * A link's state in words.
 *
 * <p>Immutable.
 *
 * @param tip the whole story; empty when there is none
 * @param canRetry whether waiting can be cut short
 */
record LinkWords(Tone tone, String text, String tip, boolean canRetry) {

    /** How the state feels; the name in lower case is its style class. */
    enum Tone {
        GOOD,
        BUSY,
        BAD
    }

    /**
     * Says it.
     *
     * @param since how long the state has lasted
     */
    static LinkWords of(LinkState state, Duration since) {
        return switch (state) {
            case LinkState.Connected _ -> new LinkWords(Tone.GOOD, "connected", "", false);
            case LinkState.Connecting(var attempt) ->
                    new LinkWords(
                            Tone.BUSY, attempt > 1 ? "reconnecting…" : "connecting…", "", false);
            case LinkState.Disconnected _ -> new LinkWords(Tone.BAD, "not connected", "", false);
            case LinkState.Reconnecting(var _, var delay, var problem) ->
                    switch (problem.kind()) {
                        case UNREACHABLE, LOCAL_SERVER ->
                                new LinkWords(
                                        Tone.BUSY,
                                        "reconnecting " + in(delay.minus(since)),
                                        problem.message(),
                                        true);
                        // Waiting alone will not help: the reason is what has to be read.
                        case REFUSED, CERTIFICATE_UNKNOWN, CERTIFICATE_CHANGED, VERSION ->
                                new LinkWords(Tone.BAD, problem.message(), problem.message(), true);
                    };
        };
    }

    private static String in(Duration left) {
        // Rounded up: "in 0 s" is not a time.
        long seconds = (left.toMillis() + 999) / 1000;
        return seconds <= 0 ? "now" : "in " + seconds + " s";
    }
}
