package dev.wormhole.app.workspace;

import dev.wormhole.protocol.ByteString;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Consumer;

/**
 * What is typed into a pane that cannot take it yet.
 *
 * <p>Owned by the FX thread.
 */
final class Typed {

    /** Most that waits; what is typed beyond it is dropped, since nobody types that much blind. */
    static final int LIMIT = 64 << 10;

    private final Deque<ByteString> waiting = new ArrayDeque<>();
    private int bytes;

    void add(ByteString typed) {
        if (bytes + typed.length() > LIMIT) return;
        waiting.add(typed);
        bytes += typed.length();
    }

    void drain(Consumer<ByteString> taker) {
        waiting.forEach(taker);
        clear();
    }

    void clear() {
        waiting.clear();
        bytes = 0;
    }

    /** Whether these bytes are a terminal's report on mouse or focus, not a key. */
    static boolean isReport(ByteString bytes) {
        if (bytes.length() < 3 || bytes.at(0) != 0x1b || bytes.at(1) != '[') return false;
        return switch (bytes.at(2)) {
            case 'M', '<' -> bytes.length() > 3;
            case 'I', 'O' -> bytes.length() == 3;
            default -> false;
        };
    }
}
