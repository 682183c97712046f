package dev.wormhole.bench.probe;

import dev.wormhole.bench.peer.Host;
import dev.wormhole.bench.peer.Peer;
import dev.wormhole.bench.report.Figure;
import dev.wormhole.terminal.screen.Screen;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.TimeoutException;

/** One thing to measure, by the same steps for every peer. Immutable. */
public interface Probe {

    /** What {@code --only} calls it. */
    String name();

    List<Figure> figures();

    boolean suits(Peer peer);

    /** Lines of scrollback that every peer keeps. */
    default int historyLines() {
        return Screen.DEFAULT_HISTORY;
    }

    /** Makes what is needed and warms up: nothing of it counts, and nothing of it goes on. */
    Trial begin(Host host) throws IOException, TimeoutException;

    /** What is measured again and again. */
    interface Trial {

        /** One value for each of {@link #figures}; NaN where this peer has none. */
        List<Double> once() throws IOException, TimeoutException;
    }
}
