package dev.wormhole.bench.durability;

import dev.wormhole.bench.peer.KillableHost;
import dev.wormhole.bench.peer.KillableHost.Extent;
import dev.wormhole.bench.peer.KillablePeer;
import dev.wormhole.bench.peer.Pace;
import dev.wormhole.bench.peer.Place;
import dev.wormhole.bench.peer.Wormhole;
import dev.wormhole.bench.report.Figure;
import dev.wormhole.bench.report.Goal;
import dev.wormhole.bench.report.Outcome;
import dev.wormhole.terminal.screen.Screen;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Random;

/**
 * Everything is killed after two sessions have flooded for long: one with a megabyte a second, one
 * as fast as it can.
 *
 * @param life how long they have flooded by then, at least
 */
public record FloodDeath(Duration life) implements Trial {

    /** The interval at which such sessions are stored: the death comes anywhere in it. */
    private static final int SPREAD_MILLIS = 5000;

    @Override
    public String name() {
        return "flood";
    }

    @Override
    public List<Figure> figures() {
        String title = "the same, once after a flood of %d s, ".formatted(life.toSeconds());
        String slow = title + "1 MB/s: ";
        String fast = title + "as fast as it goes: ";
        return List.of(
                new Figure(slow + "lines lost", "", null),
                new Figure(slow + "oldest output lost", "ms", Goal.atMost(5000)),
                new Figure(fast + "lines lost", "", null),
                new Figure(fast + "oldest output lost", "ms", Goal.atMost(5000)));
    }

    @Override
    public String exemption(KillablePeer peer) {
        // A minute to see once more that a server without a store has nothing left.
        return peer instanceof Wormhole ? "" : "as above: all";
    }

    @Override
    public List<Outcome> run(KillablePeer peer, Scope scope) throws IOException {
        var place = new Place(scope.directory(), Screen.DEFAULT_HISTORY);
        KillableHost host = scope.add(peer.start(place));
        Printing slow = Printing.begin(host, scope.directory(), Speed.FLOOD);
        Printing fast = Printing.begin(host, scope.directory(), Speed.UNLIMITED);
        slow.awaitPrinted(1);
        fast.awaitPrinted(1);
        Pace.rest(life.plusMillis(new Random().nextInt(SPREAD_MILLIS)));
        long death = host.kill(Extent.ALL);
        host.comeBack();
        Toll first = slow.toll(host, death, true);
        Toll second = fast.toll(host, death, true);
        return List.of(
                new Outcome.Share(first.lost(), first.printed()),
                new Outcome.Value(first.lostMillis()),
                new Outcome.Share(second.lost(), second.printed()),
                new Outcome.Value(second.lostMillis()));
    }
}
