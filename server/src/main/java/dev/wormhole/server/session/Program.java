package dev.wormhole.server.session;

import java.util.List;

/**
 * The program in the foreground of a session's shell, as it is stored with the session.
 *
 * <p>Immutable.
 *
 * @param words its command line, the first is the program; never empty
 * @param isOver it ended with a former process of the session, and is offered to be run again
 */
public record Program(List<String> words, boolean isOver) {

    public Program {
        words = List.copyOf(words);
        if (words.isEmpty()) throw new IllegalArgumentException("a program has a name");
    }

    /** Its process was lost with the one of the session. */
    Program over() {
        return new Program(words, true);
    }
}
