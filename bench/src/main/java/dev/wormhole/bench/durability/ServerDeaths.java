package dev.wormhole.bench.durability;

import dev.wormhole.bench.peer.KillableHost;
import dev.wormhole.bench.peer.KillableHost.Extent;
import dev.wormhole.bench.peer.KillablePeer;
import dev.wormhole.bench.peer.Pace;
import dev.wormhole.bench.peer.Place;
import dev.wormhole.bench.peer.Seat;
import dev.wormhole.bench.report.Figure;
import dev.wormhole.bench.report.Goal;
import dev.wormhole.bench.report.Outcome;
import dev.wormhole.bench.report.Statistics;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeoutException;

/**
 * What clients talk to is killed again and again at random moments, while sessions print and a
 * viewer of each looks on. Nobody starts a server that its own keeper starts.
 */
public record ServerDeaths(int kills) implements Trial {

    private static final int SESSIONS = 4;
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    /** Lines: more than are printed meanwhile. */
    private static final int HISTORY = 200_000;

    private static final int FIRST_LINES = 20;
    private static final int LONGEST_LIFE_MILLIS = 600;

    @Override
    public String name() {
        return "server";
    }

    @Override
    public List<Figure> figures() {
        String title = "kill -9 of the server, %d times: ".formatted(kills);
        return List.of(
                new Figure(title + "processes lost", "", Goal.none()),
                new Figure(title + "lines lost", "", Goal.none()),
                new Figure(title + "lines double or out of order", "", Goal.none()),
                new Figure(title + "until a viewer sees new output, median", "ms", null),
                new Figure(title + "the same, longest", "ms", null));
    }

    @Override
    public List<Outcome> run(KillablePeer peer, Scope scope) throws IOException, TimeoutException {
        KillableHost host = scope.add(peer.start(new Place(scope.directory(), HISTORY)));
        return new Campaign(host, scope.directory()).run(kills);
    }

    /** Owned by the thread that measures. */
    private static final class Campaign {

        private final KillableHost host;
        private final Path directory;
        private final Random random = new Random(4);
        private final List<Printing> living = new ArrayList<>();
        private final List<Seat> seats = new ArrayList<>();
        private final List<Double> returns = new ArrayList<>();
        private long processesLost;
        private Toll toll = Toll.NONE;

        Campaign(KillableHost host, Path directory) {
            this.host = host;
            this.directory = directory;
        }

        List<Outcome> run(int kills) throws IOException, TimeoutException {
            for (int i = 0; i < SESSIONS; i++) living.add(begin());
            for (Printing printing : living) seats.add(host.view(printing.session(), _ -> {}));
            for (int i = 0; i < kills; i++) {
                for (Printing printing : living) printing.awaitPrinted(FIRST_LINES);
                Pace.rest(Duration.ofMillis(random.nextInt(LONGEST_LIFE_MILLIS)));
                killOnce();
            }
            for (Printing printing : living) account(printing);
            return List.of(
                    new Outcome.Share(processesLost, (long) kills * SESSIONS),
                    new Outcome.Share(toll.lost(), toll.printed()),
                    new Outcome.Share(toll.misplaced(), toll.printed()),
                    new Outcome.Value(Statistics.median(returns)),
                    new Outcome.Value(Collections.max(returns)));
        }

        private Printing begin() throws IOException {
            return Printing.begin(host, directory, Speed.LINES);
        }

        private void killOnce() throws IOException, TimeoutException {
            long death = host.kill(Extent.SERVER);
            long gone = System.nanoTime();
            seats.forEach(Seat::close);
            seats.clear();
            boolean there = host.comeBack();
            List<Printing> former = List.copyOf(living);
            if (!there) {
                living.clear();
                for (int i = 0; i < SESSIONS; i++) living.add(begin());
            }
            returns.add((seen(death, there) - death) / 1e6);
            for (Printing printing : former) {
                if (!printing.survived(gone)) processesLost++;
                if (!there) toll = toll.plus(printing.toll(host, death, false));
            }
        }

        /** When all sessions have shown something new to a new viewer. */
        private long seen(long death, boolean there) throws IOException, TimeoutException {
            var glimpses = new ArrayList<Glimpse>();
            for (Printing printing : living) {
                Glimpse glimpse = there ? printing.newLine(death) : printing.anything();
                seats.add(host.view(printing.session(), glimpse));
                glimpses.add(glimpse);
            }
            long last = death;
            for (Glimpse glimpse : glimpses) last = Math.max(last, glimpse.await(PATIENCE));
            return last;
        }

        /** The last lines may still be on their way; what has not come then is lost. */
        private void account(Printing printing) throws IOException {
            printing.stop();
            long end = System.nanoTime();
            Toll last = printing.toll(host, end, false);
            long deadline = end + Duration.ofSeconds(5).toNanos();
            while (last.lost() > 0 && System.nanoTime() < deadline) {
                last = printing.toll(host, end, false);
            }
            toll = toll.plus(last);
        }
    }
}
