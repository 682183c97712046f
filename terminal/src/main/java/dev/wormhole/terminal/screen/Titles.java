package dev.wormhole.terminal.screen;

import java.util.ArrayDeque;
import java.util.Deque;

/**
 * The window's title and the icon's name, with their stacks (CSI 22 t and 23 t).
 *
 * <p>Owned by the screen's thread.
 */
final class Titles {

    /** Code points of a title: enough for any tab. */
    static final int MAX_LENGTH = 256;

    /** As in xterm. */
    static final int MAX_DEPTH = 10;

    String title = "";
    String icon = "";
    final Deque<String> titleStack = new ArrayDeque<>();
    final Deque<String> iconStack = new ArrayDeque<>();

    void reset() {
        title = "";
        icon = "";
        titleStack.clear();
        iconStack.clear();
    }

    static void push(Deque<String> stack, String text) {
        stack.push(text);
        if (stack.size() > MAX_DEPTH) stack.removeLast();
    }
}
