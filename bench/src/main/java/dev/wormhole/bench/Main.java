package dev.wormhole.bench;

import dev.wormhole.bench.peer.Column;
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
import dev.wormhole.bench.probe.Row;
import dev.wormhole.bench.probe.Scale;
import dev.wormhole.bench.probe.StreamProbe;
import dev.wormhole.bench.probe.ViewersProbe;
import dev.wormhole.bench.report.Report;
import dev.wormhole.bench.window.DrainRow;
import dev.wormhole.bench.window.Emulator;
import dev.wormhole.bench.window.FramesRow;
import dev.wormhole.bench.window.FxRow;
import dev.wormhole.bench.window.IdleRow;
import dev.wormhole.bench.window.KeyRow;
import dev.wormhole.bench.window.PaneRow;
import dev.wormhole.bench.window.Window;
import dev.wormhole.bench.window.WindowRow;
import dev.wormhole.bench.window.WormholeWindow;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The side-by-side runner: {@code bench/run peers} and {@code bench/run window}. */
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
        Scale scale = options.quick() ? Scale.QUICK : Scale.FULL;
        if (options.passes() > 0) scale = scale.withPasses(options.passes());
        var material = new Material(directory);
        return options.table() == Options.Table.WINDOW
                ? measure(options, runner, scale, allWindows(), windowRows(scale, material))
                : measure(options, runner, scale, allPeers(), allProbes(scale, material));
    }

    private static <C extends Column<H>, H extends Column.Running> int measure(
            Options options,
            Runner runner,
            Scale scale,
            List<C> all,
            List<? extends Row<C, H>> allRows)
            throws IOException {
        List<C> programs = new ArrayList<>();
        for (C program : all) {
            if (!options.peers().isEmpty() && !options.peers().contains(program.name())) continue;
            program.absence()
                    .ifPresentOrElse(
                            reason -> System.err.println("skipped: " + reason),
                            () -> programs.add(program));
        }
        List<? extends Row<C, H>> rows =
                allRows.stream().filter(row -> isWanted(row.name(), options.only())).toList();
        if (rows.isEmpty() || programs.isEmpty()) {
            System.err.print(Options.USAGE);
            return 2;
        }
        Options.Table table = options.table();
        List<String> names = programs.stream().map(Column::name).toList();
        var report = new Report(names, table.base(), table.rival());
        runner.run(rows, programs, scale.passes(), report);
        String how = scale.passes() == 1 ? "One pass." : "Medians of " + scale.passes() + ".";
        System.out.println(Machine.describe(programs, how, options.quick()));
        System.out.println();
        System.out.print(options.markdown() ? report.markdown() : report.plain());
        return 0;
    }

    private static List<Column<Window>> allWindows() {
        return List.of(
                new WormholeWindow(program()),
                Emulator.XTERM,
                Emulator.KITTY,
                Emulator.ALACRITTY,
                Emulator.URXVT);
    }

    private static List<WindowRow> windowRows(Scale scale, Material material) throws IOException {
        return List.of(
                DrainRow.of(material, scale.cat() / 2),
                new KeyRow(scale.keys()),
                FramesRow.one(scale.seconds()),
                FramesRow.four(scale.seconds()),
                new FxRow(scale.seconds(), scale.keys()),
                new IdleRow(4 * scale.seconds()),
                new PaneRow(material.lines(10_000)));
    }

    private static List<Peer> allPeers() {
        return List.of(
                new RawTerminal(),
                new Keeper(program()),
                new Wormhole(program()),
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

    private static Path program() {
        return Path.of(System.getProperty("bench.program", "wormhole"));
    }

    private static boolean isWanted(String row, List<String> only) {
        return only.isEmpty() || only.stream().anyMatch(row::startsWith);
    }
}
