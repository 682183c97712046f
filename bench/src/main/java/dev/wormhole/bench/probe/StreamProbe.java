package dev.wormhole.bench.probe;

import dev.wormhole.bench.peer.Host;
import dev.wormhole.bench.peer.Pace;
import dev.wormhole.bench.peer.Peer;
import dev.wormhole.bench.peer.Proc;
import dev.wormhole.bench.peer.Seat;
import dev.wormhole.bench.report.Figure;
import dev.wormhole.bench.report.Goal;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeoutException;

/**
 * A command that prints as fast as it can, to one viewer that takes all: from the Enter that starts
 * it to the text behind its last line, and the processor time that the peer used for it.
 */
public record StreamProbe(String name, List<Figure> figures, String command, double megabytes)
        implements Probe {

    private static final Duration PATIENCE = Duration.ofMinutes(2);

    public static StreamProbe cat(Material material, int megabytes) throws IOException {
        return new StreamProbe(
                "cat",
                List.of(
                        new Figure(
                                "`cat` of " + megabytes + " MB mixed text",
                                "MB/s",
                                Goal.shareOfRaw(0.80)),
                        new Figure("server CPU for 100 MB of it", "s", Goal.atMost(2.0))),
                "cat " + material.megabytes(megabytes),
                megabytes);
    }

    public static StreamProbe seq(int numbers) {
        long bytes = 0;
        for (long n = 1, digits = 1; n <= numbers; n *= 10, digits++) {
            bytes += (Math.min(numbers, n * 10 - 1) - n + 1) * (digits + 1);
        }
        return new StreamProbe(
                "seq",
                List.of(
                        new Figure("`seq 1 " + numbers + "`", "MB/s", null),
                        new Figure("server CPU for 100 MB of these numbers", "s", null)),
                "seq 1 " + numbers,
                bytes / 1e6);
    }

    @Override
    public boolean suits(Peer peer) {
        return true;
    }

    @Override
    public Trial begin(Host host) throws IOException, TimeoutException {
        var running = new Running(host, new Steps(host, command), megabytes);
        running.once();
        return running;
    }

    /** A session that runs the command at each {@code go}, and its viewer. */
    static final class Steps {

        private final Seat seat;
        private int done;

        Steps(Host host, String command) throws IOException {
            seat = host.attach(host.session(script(command)), Pace.UNLIMITED);
        }

        static String script(String command) {
            return "n=0; while :; do ready; %s; n=$((n + 1)); echo \"<<end $n>>\"; done"
                    .formatted(command);
        }

        /** Seconds. */
        double step() throws IOException, TimeoutException {
            done++;
            return seat.go("<<end " + done + ">>", PATIENCE) / 1e9;
        }
    }

    private record Running(Host host, Steps steps, double megabytes) implements Trial {

        @Override
        public List<Double> once() throws IOException, TimeoutException {
            double before = cpu();
            double seconds = steps.step();
            double used = (cpu() - before) * 100 / megabytes;
            return List.of(megabytes / seconds, host.servers().isEmpty() ? Double.NaN : used);
        }

        private double cpu() throws IOException {
            double sum = 0;
            for (long pid : host.servers()) sum += Proc.cpuSeconds(pid);
            return sum;
        }
    }
}
