package dev.wormhole.bench;

import dev.wormhole.bench.durability.DiskWear;
import dev.wormhole.bench.durability.FloodDeath;
import dev.wormhole.bench.durability.FullDeaths;
import dev.wormhole.bench.durability.MachineEnds;
import dev.wormhole.bench.durability.Scope;
import dev.wormhole.bench.durability.ServerDeaths;
import dev.wormhole.bench.durability.StoredText;
import dev.wormhole.bench.durability.Trial;
import dev.wormhole.bench.peer.KillablePeer;
import dev.wormhole.bench.peer.Tmux;
import dev.wormhole.bench.peer.Wormhole;
import dev.wormhole.bench.report.Outcome;
import dev.wormhole.bench.report.Report;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeoutException;

/** What is lost when processes die: {@code bench/run durability}. */
public final class Durability {

    private Durability() {}

    public static void main(String[] words) throws IOException {
        DurabilityOptions options;
        try {
            options = DurabilityOptions.parse(List.of(words));
        } catch (IllegalArgumentException e) {
            System.err.println("bench: " + e.getMessage());
            System.err.print(DurabilityOptions.USAGE);
            System.exit(2);
            return;
        }
        var scope = new Scope(Scratch.make());
        Scratch.removeAtEnd(scope.directory(), scope::close);
        // The WebSocket library keeps threads for a while.
        System.exit(run(options, scope));
    }

    private static int run(DurabilityOptions options, Scope scope) throws IOException {
        List<Trial> trials =
                trials(options).stream()
                        .filter(t -> options.only().isEmpty() || options.only().contains(t.name()))
                        .toList();
        if (trials.isEmpty()) {
            System.err.print(DurabilityOptions.USAGE);
            return 2;
        }
        List<KillablePeer> peers = peers();
        var report = new Report(peers.stream().map(KillablePeer::name).toList(), "raw", "tmux");
        for (Trial trial : trials) {
            for (KillablePeer peer : peers) tell(report, trial, peer, outcomes(trial, peer, scope));
        }
        System.out.println(Machine.describe(peers, "One run.", options.quick()));
        System.out.println();
        System.out.print(options.markdown() ? report.markdown() : report.plain());
        return 0;
    }

    private static List<KillablePeer> peers() {
        var peers = new ArrayList<KillablePeer>();
        for (KillablePeer peer :
                List.of(
                        new Wormhole(Path.of(System.getProperty("bench.program", "wormhole"))),
                        new Tmux())) {
            peer.absence()
                    .ifPresentOrElse(
                            reason -> System.err.println("skipped: " + reason),
                            () -> peers.add(peer));
        }
        return peers;
    }

    private static List<Trial> trials(DurabilityOptions options) {
        int kills = options.kills() > 0 ? options.kills() : options.quick() ? 3 : 20;
        int rounds = options.quick() ? 1 : 4;
        return List.of(
                new ServerDeaths(kills),
                new FullDeaths(rounds),
                new FloodDeath(Duration.ofSeconds(options.quick() ? 5 : 65)),
                new MachineEnds(options.quick() ? 2 : 4),
                new StoredText(options.quick() ? 10 : 100),
                options.quick()
                        ? new DiskWear(seconds(8), seconds(5), seconds(10))
                        : new DiskWear(seconds(110), seconds(70), seconds(60)));
    }

    private static Duration seconds(int seconds) {
        return Duration.ofSeconds(seconds);
    }

    private static List<Outcome> outcomes(Trial trial, KillablePeer peer, Scope scope)
            throws IOException {
        String exemption = trial.exemption(peer);
        if (!exemption.isEmpty()) return same(trial, new Outcome.Failure(exemption));
        System.err.printf("%-8s %-8s begins%n", trial.name(), peer.name());
        try (Scope own = scope.inner()) {
            List<Outcome> outcomes = trial.run(peer, own);
            System.err.printf("%-8s %-8s %s%n", trial.name(), peer.name(), outcomes);
            return outcomes;
        } catch (IOException | TimeoutException e) {
            String reason = e.getMessage() == null ? "timed out" : e.getMessage();
            System.err.printf("%-8s %-8s %s%n", trial.name(), peer.name(), reason);
            String line = reason.lines().findFirst().orElse("failed");
            return same(trial, new Outcome.Failure(line));
        }
    }

    private static List<Outcome> same(Trial trial, Outcome outcome) {
        return trial.figures().stream().map(_ -> outcome).toList();
    }

    private static void tell(
            Report report, Trial trial, KillablePeer peer, List<Outcome> outcomes) {
        for (int i = 0; i < outcomes.size(); i++) {
            report.put(trial.figures().get(i), peer.name(), outcomes.get(i));
        }
    }
}
