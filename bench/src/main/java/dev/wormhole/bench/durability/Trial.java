package dev.wormhole.bench.durability;

import dev.wormhole.bench.peer.KillablePeer;
import dev.wormhole.bench.report.Figure;
import dev.wormhole.bench.report.Outcome;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.TimeoutException;

/** A way to die, and what it takes. Immutable. */
public interface Trial {

    /** What {@code --only} calls it. */
    String name();

    List<Figure> figures();

    /** Why a peer is not tried, as it stands in its cells; empty if it is. */
    default String exemption(KillablePeer peer) {
        return "";
    }

    /**
     * One outcome for each of {@link #figures}.
     *
     * @param scope ends what is started here; its folder is empty and has a path short enough for
     *     unix sockets
     */
    List<Outcome> run(KillablePeer peer, Scope scope) throws IOException, TimeoutException;
}
