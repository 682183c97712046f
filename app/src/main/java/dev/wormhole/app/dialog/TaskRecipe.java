package dev.wormhole.app.dialog;

/**
 * What a person filled in to run a task, as it was typed.
 *
 * <p>Immutable.
 *
 * @param command one line
 * @param purpose what the task is for; may be empty
 * @param timeLimit may be empty
 */
public record TaskRecipe(String command, String purpose, String directory, String timeLimit) {}
