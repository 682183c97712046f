package dev.wormhole.bench.durability;

import dev.wormhole.bench.peer.KillableHost;
import dev.wormhole.bench.peer.KillableHost.Extent;
import dev.wormhole.bench.peer.KillablePeer;
import dev.wormhole.bench.peer.Pace;
import dev.wormhole.bench.peer.Place;
import dev.wormhole.bench.peer.Seat;
import dev.wormhole.bench.peer.Session;
import dev.wormhole.bench.peer.Tmux;
import dev.wormhole.bench.report.Figure;
import dev.wormhole.bench.report.Goal;
import dev.wormhole.bench.report.Outcome;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeoutException;

/**
 * What it costs to store many sessions of which a little is new, and to have them again after
 * everything died.
 *
 * @param sessions each with {@link #LINES} lines of scrollback
 */
public record StoredText(int sessions) implements Trial {

    private static final int LINES = 10_000;

    /** One in a hundred. */
    private static final int NEW_LINES = LINES / 100;

    private static final String LINE = "seq -f 'line %06g, as long as many a line of a log is' ";

    private static final Duration FILLING = Duration.ofMinutes(2);

    /** Longer than the silence after which a screen is stored. */
    private static final Duration SETTLING = Duration.ofSeconds(8);

    /** After the new lines were printed: several flush intervals, and less than that silence. */
    private static final Duration FLUSH = Duration.ofMillis(1_500);

    private static final Duration SCREENS = Duration.ofSeconds(4);

    @Override
    public String name() {
        return "store";
    }

    @Override
    public List<Figure> figures() {
        String title = "%d sessions × %,d lines, 1 %% new: ".formatted(sessions, LINES);
        return List.of(
                new Figure(title + "to store that (tmux: to save all)", "ms", Goal.atMost(50)),
                new Figure(title + "to store their screens 2 s later", "ms", null),
                new Figure(title + "longest answer to a viewer meanwhile", "ms", Goal.atMost(5)),
                new Figure(title + "longest answer when nothing is stored", "ms", null),
                new Figure("start of a server without sessions", "ms", null),
                new Figure(
                        "start with %d sessions × %,d lines (tmux: restore)"
                                .formatted(sessions, LINES),
                        "ms",
                        null),
                new Figure("the difference: to have them back", "ms", Goal.atMost(1000)));
    }

    @Override
    public List<Outcome> run(KillablePeer peer, Scope scope) throws IOException, TimeoutException {
        long begin = System.nanoTime();
        KillableHost host = scope.add(peer.start(new Place(scope.directory(), LINES)));
        double empty = millisSince(begin);
        Session watched = host.session("ready\n");
        var filled = new ArrayList<Session>();
        for (int i = 0; i < sessions; i++) {
            filled.add(
                    host.session(
                            "%s 1 %d\n: >%s\nready\n%s 1 %d\nready\n"
                                    .formatted(LINE, LINES, sign(scope, i), LINE, NEW_LINES)));
        }
        Seat seat = host.attach(watched, Pace.UNLIMITED);
        boolean savesAll = peer instanceof Tmux;
        // In tmux nothing has to be new for all to be saved, and a client each would be its load.
        List<Seat> typists = savesAll ? List.of() : host.attachWindow(filled);
        awaitSigns(scope);
        Pace.rest(SETTLING);
        double calm = longestAnswer(seat, SCREENS, CompletableFuture.completedFuture(null));
        return savesAll ? saved(host, seat, calm) : flushed(host, seat, typists, empty, calm);
    }

    /** What a session's script makes when it has printed its lines. */
    private static Path sign(Scope scope, int session) {
        return scope.directory().resolve("filled" + session);
    }

    private void awaitSigns(Scope scope) throws IOException {
        long begin = System.nanoTime();
        for (int i = 0; i < sessions; i++) {
            while (!Files.exists(sign(scope, i))) {
                if (millisSince(begin) > FILLING.toMillis())
                    throw new IOException("the sessions do not print");
                Pace.rest(Duration.ofMillis(20));
            }
        }
    }

    private List<Outcome> flushed(
            KillableHost host, Seat seat, List<Seat> typists, double empty, double calm)
            throws IOException {
        long before = host.storing();
        for (Seat typist : typists) typist.type("go\r");
        double busy = longestAnswer(seat, FLUSH, CompletableFuture.completedFuture(null));
        long flushed = host.storing();
        double later = longestAnswer(seat, SCREENS, CompletableFuture.completedFuture(null));
        long screens = host.storing();
        double restored = restored(host);
        return List.of(
                new Outcome.Value((flushed - before) / 1e6),
                new Outcome.Value((screens - flushed) / 1e6),
                new Outcome.Value(Math.max(busy, later)),
                new Outcome.Value(calm),
                new Outcome.Value(empty),
                new Outcome.Value(restored),
                new Outcome.Value(Math.max(0, restored - empty)));
    }

    private static List<Outcome> saved(KillableHost host, Seat seat, double calm)
            throws IOException {
        long begin = System.nanoTime();
        CompletableFuture<Double> saving =
                CompletableFuture.supplyAsync(
                        () -> {
                            try {
                                host.save();
                                return millisSince(begin);
                            } catch (IOException e) {
                                throw new CompletionException(e);
                            }
                        });
        double busy = longestAnswer(seat, Duration.ZERO, saving);
        double restored = restored(host);
        return List.of(
                new Outcome.Value(saving.join()),
                new Outcome.Unfit(),
                new Outcome.Value(busy),
                new Outcome.Value(calm),
                // Its server begins with its first session.
                new Outcome.Unfit(),
                new Outcome.Value(restored),
                new Outcome.Value(restored));
    }

    private static double restored(KillableHost host) throws IOException {
        host.kill(Extent.ALL);
        long begin = System.nanoTime();
        host.restore();
        return millisSince(begin);
    }

    /** Asks as fast as it is answered, for that long and until the work is done; milliseconds. */
    private static double longestAnswer(Seat seat, Duration time, CompletableFuture<?> work)
            throws IOException {
        double longest = 0;
        long begin = System.nanoTime();
        do {
            long asked = System.nanoTime();
            seat.ping();
            longest = Math.max(longest, millisSince(asked));
            Pace.rest(Duration.ofMillis(1));
        } while (!work.isDone() || System.nanoTime() - begin < time.toNanos());
        return longest;
    }

    private static double millisSince(long begin) {
        return (System.nanoTime() - begin) / 1e6;
    }
}
