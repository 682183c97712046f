package dev.wormhole.bench.window;

import dev.wormhole.bench.peer.Proc;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The threads of a process as Linux knows them, of whose names it keeps fifteen characters. */
final class Threads {

    private static final int NAME_LENGTH = 15;

    private Threads() {}

    /** Processor seconds that the threads of this name have used so far. */
    static double cpuSeconds(long pid, String name) throws IOException {
        String known = name.substring(0, Math.min(NAME_LENGTH, name.length()));
        List<Path> threads;
        try (Stream<Path> all = Files.list(Path.of("/proc/" + pid + "/task"))) {
            threads = all.toList();
        }
        double sum = 0;
        boolean isThere = false;
        for (Path thread : threads) {
            if (!Files.readString(thread.resolve("comm")).strip().equals(known)) continue;
            sum += Proc.cpuSeconds(thread);
            isThere = true;
        }
        if (!isThere) throw new IOException("no thread " + name);
        return sum;
    }
}
