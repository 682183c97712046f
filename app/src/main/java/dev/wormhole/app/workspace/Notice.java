package dev.wormhole.app.workspace;

/**
 * Something to tell the person quietly; never a question.
 *
 * <p>Immutable.
 *
 * @param text one or two sentences
 */
public record Notice(Kind kind, String text) {

    public enum Kind {
        /** Good to know; may fade by itself. */
        INFO,
        /** Something asked for was not done. */
        PROBLEM
    }

    public static Notice info(String text) {
        return new Notice(Kind.INFO, text);
    }

    public static Notice problem(String text) {
        return new Notice(Kind.PROBLEM, text);
    }
}
