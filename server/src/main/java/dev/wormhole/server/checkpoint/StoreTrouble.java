package dev.wormhole.server.checkpoint;

import dev.wormhole.protocol.StoreProblem;
import dev.wormhole.server.session.StoreException;

/**
 * Why something was not stored: the kind, and the sentence for whoever waits.
 *
 * <p>Immutable.
 */
record StoreTrouble(StoreProblem problem, StoreException exception) {

    boolean isFull() {
        return problem == StoreProblem.FULL;
    }

    String sentence() {
        return String.valueOf(exception.getMessage());
    }
}
