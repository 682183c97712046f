package dev.wormhole.bench.durability;

import dev.wormhole.bench.peer.KillableHost.Extent;
import dev.wormhole.bench.peer.KillablePeer;
import dev.wormhole.bench.peer.Pace;
import dev.wormhole.bench.peer.Place;
import dev.wormhole.bench.peer.Session;
import dev.wormhole.bench.peer.Wormhole;
import dev.wormhole.bench.peer.WormholeHost;
import dev.wormhole.bench.report.Figure;
import dev.wormhole.bench.report.Goal;
import dev.wormhole.bench.report.Outcome;
import dev.wormhole.terminal.screen.Screen;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;

/**
 * The disk under the data directory is cut off while sessions print, every other time right after
 * something was acknowledged; then everything is killed, the file system comes back with what it
 * has, and the next server shows what is left.
 */
public record MachineEnds(int rounds) implements Trial {

    private static final int SESSIONS = 4;

    /** Longer than a sync beat, and then some of it. */
    private static final Duration LIFE = Duration.ofSeconds(5);

    private static final int SPREAD_MILLIS = 5000;
    private static final Duration BEFORE_QUIET = Duration.ofSeconds(1);
    private static final Duration BETWEEN_ACTS = Duration.ofMillis(400);

    @Override
    public String name() {
        return "machine";
    }

    @Override
    public List<Figure> figures() {
        String title =
                "the disk cut off (simulated end of the machine), %d times: ".formatted(rounds);
        return List.of(
                new Figure(title + "lines lost", "", null),
                new Figure(title + "lines double or out of order", "", Goal.none()),
                new Figure(title + "oldest output lost, worst", "ms", Goal.atMost(5000)),
                new Figure(
                        title + "acknowledged creations, renames, destroys lost", "", Goal.none()));
    }

    @Override
    public String exemption(KillablePeer peer) {
        if (!(peer instanceof Wormhole)) return "keeps nothing on a disk";
        return CutDisk.absence().orElse("");
    }

    @Override
    public List<Outcome> run(KillablePeer peer, Scope scope) throws IOException {
        if (!(peer instanceof Wormhole wormhole)) throw new IllegalArgumentException(peer.name());
        var random = new Random(rounds);
        var acts = new Acts();
        Toll toll = Toll.NONE;
        for (int i = 0; i < rounds; i++) {
            try (Scope round = scope.inner()) {
                Duration life = LIFE.plusMillis(random.nextInt(SPREAD_MILLIS));
                boolean quiet = i % 2 == 1;
                toll = toll.plus(once(wormhole, round, acts, life, quiet));
            }
        }
        return List.of(
                new Outcome.Share(toll.lost(), toll.printed()),
                new Outcome.Share(toll.misplaced(), toll.printed()),
                new Outcome.Value(toll.lostMillis()),
                new Outcome.Share(acts.lost, acts.done));
    }

    /**
     * @param quiet nothing but output is committed in that time: an act syncs all that was before
     */
    private static Toll once(
            Wormhole wormhole, Scope round, Acts acts, Duration life, boolean quiet)
            throws IOException {
        Path folder = round.directory();
        var place = new Place(folder, Screen.DEFAULT_HISTORY);
        CutDisk disk = round.add(CutDisk.mount(folder.resolve("disk"), WormholeHost.data(place)));
        WormholeHost host = round.add(wormhole.start(place));
        var printings = new ArrayList<Printing>();
        for (int i = 0; i < SESSIONS; i++) printings.add(Printing.begin(host, folder, Speed.LINES));
        for (Printing printing : printings) printing.awaitPrinted(1);
        acts.go(host, quiet ? BEFORE_QUIET : life);
        if (quiet) Pace.rest(life);
        long end = disk.cut();
        host.kill(Extent.ALL);
        disk.restart();
        host.comeBack();
        acts.check(host.names());
        Toll toll = Toll.NONE;
        for (Printing printing : printings) toll = toll.plus(printing.toll(host, end, false));
        return toll;
    }

    /** What was acknowledged and has to be so for good. Owned by the thread that measures. */
    private static final class Acts {

        private final Set<String> present = new HashSet<>();
        private final Set<String> absent = new HashSet<>();
        private long done;
        private long lost;

        /** Returns at once after the last acknowledgement. */
        void go(WormholeHost host, Duration time) throws IOException {
            long until = System.nanoTime() + time.toNanos();
            present.clear();
            absent.clear();
            for (int i = 0; System.nanoTime() < until; i++) {
                Pace.rest(BETWEEN_ACTS);
                Session session = host.session("exec sleep 1000");
                String name = session.name();
                if (i % 3 == 1) {
                    absent.add(name);
                    name = "renamed " + i;
                    host.rename(session, name);
                    done++;
                } else if (i % 3 == 2) {
                    host.destroy(session);
                    done++;
                }
                done++;
                (i % 3 == 2 ? absent : present).add(name);
            }
        }

        void check(Set<String> names) {
            lost += present.stream().filter(name -> !names.contains(name)).count();
            lost += absent.stream().filter(names::contains).count();
        }
    }
}
