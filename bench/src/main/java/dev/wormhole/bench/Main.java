package dev.wormhole.bench;

import dev.wormhole.bench.peer.DetachProgram;
import dev.wormhole.bench.peer.Keeper;
import dev.wormhole.bench.peer.Peer;
import dev.wormhole.bench.peer.RawTerminal;
import dev.wormhole.bench.peer.Tmux;
import dev.wormhole.bench.peer.Wormhole;
import dev.wormhole.bench.probe.AttachProbe;
import dev.wormhole.bench.probe.EchoProbe;
import dev.wormhole.bench.probe.HistoryProbe;
import dev.wormhole.bench.probe.InterruptProbe;
import dev.wormhole.bench.probe.Material;
import dev.wormhole.bench.probe.MemoryProbe;
import dev.wormhole.bench.probe.Probe;
import dev.wormhole.bench.probe.Scale;
import dev.wormhole.bench.probe.StreamProbe;
import dev.wormhole.bench.probe.ViewersProbe;
import dev.wormhole.bench.report.Report;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The side-by-side runner: {@code bench/run peers}. */
public final class Main {

    private Main() {}

    public static void main(String[] words) throws IOException {
        Options options;
        try {
            options = Options.parse(List.of(words));
        } catch (IllegalArgumentException e) {
            System.err.println("bench: " + e.getMessage());
            System.err.print(Options.USAGE);
            System.exit(2);
            return;
        }
        Path directory = Scratch.make();
        var runner = new Runner(directory);
        Scratch.removeAtEnd(directory, runner::close);
        int status = run(options, directory, runner);
        // pty4j and the WebSocket library keep threads for a while.
        System.exit(status);
    }

    private static int run(Options options, Path directory, Runner runner) throws IOException {
        List<Peer> peers = new ArrayList<>();
        for (Peer peer : allPeers()) {
            if (!options.peers().isEmpty() && !options.peers().contains(peer.name())) continue;
            peer.absence()
                    .ifPresentOrElse(
                            reason -> System.err.println("skipped: " + reason),
                            () -> peers.add(peer));
        }
        Scale scale = options.quick() ? Scale.QUICK : Scale.FULL;
        if (options.passes() > 0) scale = scale.withPasses(options.passes());
        List<Probe> probes =
                allProbes(scale, new Material(directory)).stream()
                        .filter(probe -> isWanted(probe, options.only()))
                        .toList();
        if (probes.isEmpty() || peers.isEmpty()) {
            System.err.print(Options.USAGE);
            return 2;
        }
        Report report = runner.run(probes, peers, scale.passes());
        String how = scale.passes() == 1 ? "One pass." : "Medians of " + scale.passes() + ".";
        System.out.println(Machine.describe(peers, how, options.quick()));
        System.out.println();
        System.out.print(options.markdown() ? report.markdown() : report.plain());
        return 0;
    }

    private static List<Peer> allPeers() {
        Path program = Path.of(System.getProperty("bench.program", "wormhole"));
        return List.of(
                new RawTerminal(),
                new Keeper(program),
                new Wormhole(program),
                new Tmux(),
                DetachProgram.ABDUCO,
                DetachProgram.DTACH);
    }

    private static List<Probe> allProbes(Scale scale, Material material) throws IOException {
        return List.of(
                StreamProbe.cat(material, scale.cat()),
                StreamProbe.seq(scale.seq()),
                EchoProbe.idle(scale.echoes()),
                EchoProbe.besideFlood(scale.echoes()),
                new InterruptProbe(),
                new ViewersProbe(1, scale.shared(), material),
                new ViewersProbe(10, scale.shared(), material),
                new ViewersProbe(50, scale.shared(), material),
                new MemoryProbe(scale.sessions()),
                new HistoryProbe(material),
                new AttachProbe(scale.lines(), material));
    }

    private static boolean isWanted(Probe probe, List<String> only) {
        return only.isEmpty() || only.stream().anyMatch(probe.name()::startsWith);
    }
}
