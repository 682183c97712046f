package dev.wormhole.bench.probe;

import dev.wormhole.bench.peer.Host;
import dev.wormhole.bench.peer.Pace;
import dev.wormhole.bench.peer.Peer;
import dev.wormhole.bench.report.Figure;
import dev.wormhole.bench.report.Goal;

import java.io.IOException;
import java.time.Duration;
import java.util.List;

/** What one more idle session takes of the machine, its program not counted. */
public record MemoryProbe(int sessions) implements Probe {

    /** What was drawn, stored and told about a new session has settled after this. */
    private static final Duration SETTLED = Duration.ofSeconds(3);

    private static final int WARM_UP = 10;
    private static final String SCRIPT = "ready";

    @Override
    public String name() {
        return "memory";
    }

    @Override
    public List<Figure> figures() {
        return List.of(
                new Figure("memory for each further idle session (PSS)", "kB", Goal.atMost(400)));
    }

    @Override
    public boolean suits(Peer peer) {
        return peer.isMultiplexer();
    }

    @Override
    public Trial begin(Host host) throws IOException {
        for (int i = 0; i < WARM_UP; i++) host.session(SCRIPT);
        return () -> {
            long before = settled(host);
            for (int i = 0; i < sessions; i++) host.session(SCRIPT);
            return List.of((settled(host) - before) / 1024.0 / sessions);
        };
    }

    private static long settled(Host host) throws IOException {
        host.servers();
        Pace.rest(SETTLED);
        return host.memory();
    }
}
