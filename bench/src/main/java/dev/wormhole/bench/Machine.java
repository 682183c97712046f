package dev.wormhole.bench;

import dev.wormhole.bench.peer.Column;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.stream.Collectors;

/** What a figure has to be read with: machine, versions, and how busy it was otherwise. */
final class Machine {

    private Machine() {}

    /**
     * @param how a sentence on how often it was measured
     */
    static String describe(List<? extends Column<?>> programs, String how, boolean quick) {
        String versions = programs.stream().map(Column::version).collect(Collectors.joining(", "));
        return "%s, %d cores, Linux %s, load %s at the end. %s. %s%s"
                .formatted(
                        LocalDate.now(ZoneOffset.UTC),
                        Runtime.getRuntime().availableProcessors(),
                        System.getProperty("os.version"),
                        load(),
                        versions,
                        how,
                        quick ? " Quick run: not to be quoted." : "");
    }

    /** The mean number of processes that wanted to run in the last minute. */
    private static String load() {
        try {
            return Files.readString(Path.of("/proc/loadavg")).split(" ")[0];
        } catch (IOException e) {
            return "unknown";
        }
    }
}
