package dev.wormhole.bench.durability;

import dev.wormhole.bench.peer.KillableHost;
import dev.wormhole.bench.peer.KillablePeer;
import dev.wormhole.bench.peer.Pace;
import dev.wormhole.bench.peer.Place;
import dev.wormhole.bench.peer.Proc;
import dev.wormhole.bench.peer.Seat;
import dev.wormhole.bench.peer.Session;
import dev.wormhole.bench.peer.Wormhole;
import dev.wormhole.bench.report.Figure;
import dev.wormhole.bench.report.Goal;
import dev.wormhole.bench.report.Outcome;
import dev.wormhole.terminal.screen.Screen;

import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;

/**
 * What is written to the disk by sessions that nobody uses: those that rest, and a forgotten {@code
 * yes}.
 *
 * @param rest how long they rest before it is counted: longer than it takes until nothing is done
 * @param flood how long {@code yes} has run before it is counted
 * @param time that is counted, and made an hour of
 */
public record DiskWear(Duration rest, Duration flood, Duration time) implements Trial {

    private static final int RESTING = 10;

    @Override
    public String name() {
        return "wear";
    }

    @Override
    public List<Figure> figures() {
        String idle = "%d sessions at rest, ".formatted(RESTING);
        return List.of(
                new Figure(idle + "written to the disk an hour", "bytes", Goal.none()),
                new Figure(idle + "processor time an hour", "s", null),
                new Figure("a forgotten yes, written to the disk an hour", "MB", null));
    }

    @Override
    public String exemption(KillablePeer peer) {
        return peer instanceof Wormhole ? "" : "keeps nothing on a disk";
    }

    @Override
    public List<Outcome> run(KillablePeer peer, Scope scope) throws IOException {
        String kind = Files.getFileStore(scope.directory()).type();
        if (kind.equals("tmpfs")) throw new IOException("no disk under " + scope.directory());
        KillableHost host =
                scope.add(peer.start(new Place(scope.directory(), Screen.DEFAULT_HISTORY)));
        for (int i = 0; i < RESTING; i++) {
            Session session = host.session("seq 1 1000\nready\n");
            host.attach(session, Pace.UNLIMITED).close();
        }
        Pace.rest(rest);
        double cpu = cpuSeconds(host);
        long idle = written(host);
        Pace.rest(time);
        double cpuAfter = cpuSeconds(host);
        long idleAfter = written(host);
        Session yes = host.session("ready\nexec yes 'a line that nobody reads'\n");
        try (Seat seat = host.attach(yes, Pace.UNLIMITED)) {
            seat.type("go\r");
        }
        Pace.rest(flood);
        long flooding = written(host);
        Pace.rest(time);
        long flooded = written(host);
        double hours = time.toMillis() / 3.6e6;
        return List.of(
                new Outcome.Value((idleAfter - idle) / hours),
                new Outcome.Value((cpuAfter - cpu) / hours),
                new Outcome.Value((flooded - flooding) / 1e6 / hours));
    }

    private static long written(KillableHost host) throws IOException {
        long bytes = 0;
        for (long pid : host.servers()) bytes += Proc.writtenBytes(pid);
        return bytes;
    }

    private static double cpuSeconds(KillableHost host) throws IOException {
        double seconds = 0;
        for (long pid : host.servers()) seconds += Proc.cpuSeconds(pid);
        return seconds;
    }
}
