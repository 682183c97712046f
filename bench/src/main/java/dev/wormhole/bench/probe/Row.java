package dev.wormhole.bench.probe;

import dev.wormhole.bench.peer.Column;
import dev.wormhole.bench.report.Figure;
import dev.wormhole.terminal.screen.Screen;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.TimeoutException;

/**
 * One thing to measure, by the same steps for every program. Immutable.
 *
 * @param <C> the kind of program
 * @param <H> how one is spoken to while it runs
 */
public interface Row<C extends Column<H>, H extends Column.Running> {

    /** What {@code --only} calls it. */
    String name();

    List<Figure> figures();

    boolean suits(C program);

    /** Lines of scrollback that every program keeps. */
    default int historyLines() {
        return Screen.DEFAULT_HISTORY;
    }

    /** How many passes it takes where so many are wanted. */
    default int passes(int wanted) {
        return wanted;
    }

    /** Makes what is needed and warms up: nothing of it counts, and nothing of it goes on. */
    Trial begin(H host) throws IOException, TimeoutException;

    /** What is measured again and again. */
    interface Trial {

        /** One value for each of {@link #figures}; NaN where this program has none. */
        List<Double> once() throws IOException, TimeoutException;
    }
}
