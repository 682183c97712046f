package dev.wormhole.bench.durability;

import dev.wormhole.bench.peer.Host;
import dev.wormhole.bench.peer.KillableHost;
import dev.wormhole.bench.peer.Pace;
import dev.wormhole.bench.peer.Session;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * A session in which a {@link Printer} runs. Owned by the thread that measures.
 *
 * @param run number of this one among all of the program's life
 */
record Printing(Session session, int run, Path notes, Path stopFile) {

    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final Duration STEP = Duration.ofMillis(2);

    /** Who prints so long after a death has survived it; who was hung up is gone by then. */
    private static final long SURVIVED_NANOS = Duration.ofMillis(500).toNanos();

    private static int runs;

    static Printing begin(Host host, Path directory, Speed speed) throws IOException {
        int run = ++runs;
        Path notes = directory.resolve("notes-" + run);
        Path stop = directory.resolve("stop-" + run);
        // A JVM that starts is a load, and none of the peer's making: somebody may be waiting to
        // see
        // the first line.
        String script =
                "echo \"%s\"; sleep 1; exec %s -Xmx16m -XX:+UseSerialGC -XX:TieredStopAtLevel=1 -cp %s %s %s %s %d %d %d"
                        .formatted(
                                greeting(run),
                                Path.of(System.getProperty("java.home"), "bin", "java"),
                                programs(),
                                Printer.class.getName(),
                                notes,
                                stop,
                                run,
                                speed.bytes(),
                                speed.interval().toNanos() / 1000);
        return new Printing(host.session(script), run, notes, stop);
    }

    /** What the session shows at once. */
    private static String greeting(int run) {
        return "run " + run + " begins.";
    }

    private static Path programs() {
        try {
            return Path.of(
                    Printer.class.getProtectionDomain().getCodeSource().getLocation().toURI());
        } catch (URISyntaxException e) {
            throw new AssertionError(e);
        }
    }

    PrintLog log() throws IOException {
        return PrintLog.parse(ByteBuffer.wrap(Files.readAllBytes(notes)));
    }

    void awaitPrinted(long lines) throws IOException {
        await(log -> log.printed() >= lines, "the printer is mute");
    }

    /** Returns when its last line is printed; the process stays. */
    void stop() throws IOException {
        Files.createFile(stopFile);
        await(PrintLog::hasEnded, "the printer goes on");
    }

    private void await(Predicate<PrintLog> fact, String otherwise) throws IOException {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (!Files.exists(notes) || Files.size(notes) < Long.BYTES || !fact.test(log())) {
            if (System.nanoTime() > deadline) throw new IOException(otherwise);
            Pace.rest(STEP);
        }
    }

    /**
     * Whether the process goes on printing; waits until it is clear.
     *
     * @param gone when what kept its terminal was gone
     */
    boolean survived(long gone) throws IOException {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (System.nanoTime() < deadline) {
            PrintLog log = log();
            if (log.printedBy(gone + SURVIVED_NANOS) < log.printed()) return true;
            if (ProcessHandle.of(log.pid()).isEmpty()) return false;
            Pace.rest(STEP);
        }
        throw new IOException("the printer lives and prints nothing");
    }

    /** What shows that somebody sees it going on: a line printed since. */
    Glimpse newLine(long since) {
        Pattern line = Pattern.compile("r" + run + ":\\d+@(\\d+)\\.");
        return new Glimpse(
                text -> line.matcher(text).results().anyMatch(m -> isAfter(m.group(1), since)));
    }

    private static boolean isAfter(String nanos, long since) {
        return Long.parseLong(nanos) > since;
    }

    /**
     * What shows that somebody sees a session that was begun anew: anything of it, since how fast
     * the printer starts is not the peer's doing.
     */
    Glimpse anything() {
        String line = "r" + run + ":";
        return new Glimpse(text -> text.contains(greeting(run)) || text.contains(line));
    }

    /** What death took, by what a viewer who comes now sees. */
    Toll toll(KillableHost host, long until, boolean scrolls) throws IOException {
        List<Long> seen = PrintLog.numbers(run, host.text(session));
        return Toll.of(log(), seen, until, scrolls);
    }
}
