package dev.wormhole.bench.probe;

import dev.wormhole.bench.peer.Host;
import dev.wormhole.bench.peer.Pace;
import dev.wormhole.bench.peer.Peer;
import dev.wormhole.bench.peer.Seat;
import dev.wormhole.bench.peer.Session;
import dev.wormhole.bench.peer.Watch;
import dev.wormhole.bench.report.Figure;
import dev.wormhole.bench.report.Goal;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeoutException;

/** One session, many viewers: until the last of them has the end. One that never gets it fails. */
public record ViewersProbe(int viewers, int megabytes, Material material) implements Probe {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @Override
    public String name() {
        return "viewers-" + viewers;
    }

    @Override
    public List<Figure> figures() {
        String title = "%d MB to %d viewer%s".formatted(megabytes, viewers, viewers > 1 ? "s" : "");
        return List.of(new Figure(title, "MB/s", viewers == 50 ? Goal.atLeast(12) : null));
    }

    @Override
    public boolean suits(Peer peer) {
        return peer.isMultiplexer();
    }

    @Override
    public Trial begin(Host host) throws IOException, TimeoutException {
        String command = "cat " + material.megabytes(megabytes);
        Session session = host.session(StreamProbe.Steps.script(command));
        var seats = new ArrayList<Seat>();
        for (int i = 0; i < viewers; i++) seats.add(host.attach(session, Pace.UNLIMITED));
        var count = new int[1];
        Trial trial = () -> List.of(megabytes / step(seats, ++count[0]));
        trial.once();
        return trial;
    }

    private static double step(List<Seat> seats, int count) throws IOException {
        String end = "<<end " + count + ">>";
        List<Watch> watches = seats.stream().map(seat -> seat.expect(end)).toList();
        long start = System.nanoTime();
        long deadline = start + PATIENCE.toNanos();
        seats.getFirst().type("go\r");
        long last = start;
        int lost = 0;
        for (Watch watch : watches) {
            try {
                long left = Math.max(1, deadline - System.nanoTime());
                last = Math.max(last, watch.await(Duration.ofNanos(left)));
            } catch (TimeoutException e) {
                lost++;
            }
        }
        if (lost > 0) throw new IOException(lost + " of " + seats.size() + " lost the end");
        return (last - start) / 1e9;
    }
}
