package dev.wormhole.app.workspace;

import dev.wormhole.protocol.SessionId;

import org.jspecify.annotations.Nullable;

/**
 * Something to tell the person quietly; never a question.
 *
 * <p>Immutable.
 *
 * @param text one or two sentences
 * @param session the one that it is about, where the person may want to see it; else null
 */
public record Notice(Kind kind, String text, @Nullable SessionId session) {

    public enum Kind {
        /** Good to know; may fade by itself. */
        INFO,
        /** A task has failed; may fade by itself as well. */
        FAILURE,
        /** Something asked for was not done. */
        PROBLEM
    }

    public static Notice info(String text) {
        return new Notice(Kind.INFO, text, null);
    }

    public static Notice problem(String text) {
        return new Notice(Kind.PROBLEM, text, null);
    }

    /** A task is over. */
    static Notice task(boolean hasFailed, String text, SessionId session) {
        return new Notice(hasFailed ? Kind.FAILURE : Kind.INFO, text, session);
    }
}
