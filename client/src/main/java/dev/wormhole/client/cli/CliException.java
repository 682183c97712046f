package dev.wormhole.client.cli;

/** A command is not done: one line for stderr and the exit status. */
final class CliException extends Exception {

    private static final long serialVersionUID = 1;

    /** Refused or failed. */
    static final int FAILED = 1;

    /** The words were wrong. */
    static final int WRONG_USAGE = 2;

    private final int status;

    private CliException(int status, String message) {
        super(message);
        this.status = status;
    }

    /** What happened and what to do. */
    static CliException failed(String message) {
        return new CliException(FAILED, message);
    }

    /** What is wrong with the words and how they should be. */
    static CliException usage(String message) {
        return new CliException(WRONG_USAGE, message);
    }

    int status() {
        return status;
    }

    String line() {
        return String.valueOf(getMessage());
    }
}
