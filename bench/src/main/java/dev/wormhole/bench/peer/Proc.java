package dev.wormhole.bench.peer;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** What Linux says of a process (proc(5)). Pure but for reading it. */
public final class Proc {

    /** USER_HZ, the unit of /proc/PID/stat: a constant of Linux's interface. */
    private static final double TICKS_PER_SECOND = 100;

    private Proc() {}

    /** Processor seconds used so far, in user and kernel mode, by all its threads. */
    public static double cpuSeconds(long pid) throws IOException {
        return cpuSeconds(Path.of("/proc/" + pid));
    }

    /**
     * The same of one process or thread.
     *
     * @param folder in which its {@code stat} is
     */
    public static double cpuSeconds(Path folder) throws IOException {
        String stat = Files.readString(folder.resolve("stat"));
        // Fields 14 and 15, counted behind the name, which may hold anything.
        String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
        return (Long.parseLong(fields[11]) + Long.parseLong(fields[12])) / TICKS_PER_SECOND;
    }

    /** PSS: resident memory, what is shared divided among those who share it. */
    public static long proportionalBytes(long pid) throws IOException {
        for (String line : Files.readAllLines(Path.of("/proc/" + pid + "/smaps_rollup"))) {
            if (line.startsWith("Pss:")) {
                return Long.parseLong(line.replaceAll("[^0-9]", "")) * 1024;
            }
        }
        throw new IOException("no Pss of process " + pid);
    }
}
