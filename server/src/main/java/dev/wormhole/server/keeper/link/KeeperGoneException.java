package dev.wormhole.server.keeper.link;

/** A keeper that was asked something ended, or cannot be spoken with. */
final class KeeperGoneException extends Exception {

    private static final long serialVersionUID = 1;

    KeeperGoneException(String message) {
        super(message);
    }
}
