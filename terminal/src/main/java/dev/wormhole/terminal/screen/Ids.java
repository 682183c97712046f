package dev.wormhole.terminal.screen;

import java.util.BitSet;

/** Which numbers of a table are in use. */
final class Ids {

    private final BitSet used = new BitSet();

    void use(int id) {
        used.set(id);
    }

    void release(int id) {
        used.clear(id);
    }

    boolean isUsed(int id) {
        return used.get(id);
    }
}
