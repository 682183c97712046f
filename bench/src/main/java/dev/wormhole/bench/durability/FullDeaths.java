package dev.wormhole.bench.durability;

import dev.wormhole.bench.peer.KillableHost;
import dev.wormhole.bench.peer.KillableHost.Extent;
import dev.wormhole.bench.peer.KillablePeer;
import dev.wormhole.bench.peer.Pace;
import dev.wormhole.bench.peer.Place;
import dev.wormhole.bench.report.Figure;
import dev.wormhole.bench.report.Goal;
import dev.wormhole.bench.report.Outcome;
import dev.wormhole.terminal.screen.Screen;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * Everything that keeps the sessions is killed at once, and started again: what the next server
 * shows is what was stored.
 */
public record FullDeaths(int rounds) implements Trial {

    private static final int SESSIONS = 4;

    /** Longer than what is drawn and stored at the beginning takes. */
    private static final Duration LIFE = Duration.ofSeconds(3);

    /** Twice the flush interval: the death comes anywhere in it. */
    private static final int SPREAD_MILLIS = 500;

    @Override
    public String name() {
        return "all";
    }

    @Override
    public List<Figure> figures() {
        String title = "kill -9 of server and keeper, %d times: ".formatted(rounds);
        return List.of(
                new Figure(title + "processes lost", "", null),
                new Figure(title + "lines lost", "", null),
                new Figure(title + "lines double or out of order", "", Goal.none()),
                new Figure(title + "oldest output lost, worst", "ms", Goal.atMost(250)));
    }

    @Override
    public List<Outcome> run(KillablePeer peer, Scope scope) throws IOException {
        var random = new Random(rounds);
        long processesLost = 0;
        Toll toll = Toll.NONE;
        for (int i = 0; i < rounds; i++) {
            try (Scope round = scope.inner()) {
                Path folder = round.directory();
                KillableHost host =
                        round.add(peer.start(new Place(folder, Screen.DEFAULT_HISTORY)));
                var printings = new ArrayList<Printing>();
                for (int k = 0; k < SESSIONS; k++) {
                    printings.add(Printing.begin(host, folder, Speed.LINES));
                }
                for (Printing printing : printings) printing.awaitPrinted(1);
                Pace.rest(LIFE.plusMillis(random.nextInt(SPREAD_MILLIS)));
                long death = host.kill(Extent.ALL);
                long gone = System.nanoTime();
                host.comeBack();
                for (Printing printing : printings) {
                    if (!printing.survived(gone)) processesLost++;
                    toll = toll.plus(printing.toll(host, death, false));
                }
            }
        }
        return List.of(
                new Outcome.Share(processesLost, (long) rounds * SESSIONS),
                new Outcome.Share(toll.lost(), toll.printed()),
                new Outcome.Share(toll.misplaced(), toll.printed()),
                new Outcome.Value(toll.lostMillis()));
    }
}
