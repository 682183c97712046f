package dev.wormhole.terminal.screen;

import java.util.ArrayDeque;
import java.util.Deque;

/**
 * How programs want keys reported beyond the modes: kitty's progressive enhancement with a stack
 * for each screen (kitty's keyboard protocol), and xterm's modifyOtherKeys.
 *
 * <p>Owned by the screen's thread.
 */
final class Keyboard {

    /** All five enhancements. */
    static final int ALL_FLAGS = 31;

    /** Deeper stacks lose their oldest entry, as the protocol asks for. */
    static final int MAX_DEPTH = 32;

    /** One screen's stack. */
    static final class Stack {

        int flags;
        final Deque<Integer> below = new ArrayDeque<>();

        void push(int newFlags) {
            below.push(flags);
            if (below.size() > MAX_DEPTH) below.removeLast();
            flags = newFlags & ALL_FLAGS;
        }

        void pop(int count) {
            for (int i = 0; i < count; i++) {
                if (below.isEmpty()) {
                    flags = 0;
                    return;
                }
                flags = below.pop();
            }
        }

        void set(int bits, int how) {
            switch (how) {
                case 1 -> flags = bits & ALL_FLAGS;
                case 2 -> flags |= bits & ALL_FLAGS;
                case 3 -> flags &= ~bits;
                default -> {}
            }
        }

        void reset() {
            flags = 0;
            below.clear();
        }
    }

    final Stack primary = new Stack();
    final Stack alternate = new Stack();
    int modifyOtherKeys;
    int formatOtherKeys;

    void reset() {
        primary.reset();
        alternate.reset();
        modifyOtherKeys = 0;
        formatOtherKeys = 0;
    }
}
