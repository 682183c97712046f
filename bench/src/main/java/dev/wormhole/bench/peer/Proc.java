package dev.wormhole.bench.peer;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** What Linux says of a process (proc(5)). Pure but for reading it. */
public final class Proc {

    /** USER_HZ, the unit of /proc/PID/stat: a constant of Linux's interface. */
    private static final double TICKS_PER_SECOND = 100;

    private static final int NAME_LENGTH = 15;

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

    /**
     * Nanoseconds of processor time used so far by the threads of this name, of which Linux keeps
     * fifteen characters.
     */
    public static long threadNanos(long pid, String name) throws IOException {
        String known = name.substring(0, Math.min(NAME_LENGTH, name.length()));
        long nanos = 0;
        try (Stream<Path> threads = Files.list(Path.of("/proc/" + pid + "/task"))) {
            for (Path thread : threads.toList()) {
                try {
                    if (!Files.readString(thread.resolve("comm")).strip().equals(known)) continue;
                    String spent = Files.readString(thread.resolve("schedstat"));
                    nanos += Long.parseLong(spent.split(" ")[0]);
                } catch (IOException e) {
                    // It ended meanwhile: before it was opened, or between opening and reading.
                    if (Files.exists(thread)) throw e;
                }
            }
        }
        return nanos;
    }

    /**
     * Bytes that a process has caused to be written to a disk so far. What is written to a file
     * system in memory does not count.
     */
    public static long writtenBytes(long pid) throws IOException {
        for (String line : Files.readAllLines(Path.of("/proc/" + pid + "/io"))) {
            if (line.startsWith("write_bytes:")) {
                return Long.parseLong(line.replaceAll("[^0-9]", ""));
            }
        }
        throw new IOException("no count of what process " + pid + " wrote");
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
