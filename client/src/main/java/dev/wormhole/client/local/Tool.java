package dev.wormhole.client.local;

import org.jspecify.annotations.Nullable;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A small program of this system that is asked something and answers at once. Knows none of them.
 */
final class Tool {

    /**
     * What it said.
     *
     * @param output stdout and stderr together
     */
    record Answer(int status, String output) {

        boolean isGood() {
            return status == 0;
        }

        /** The line that tells most: the last one; empty when it said nothing. */
        String lastLine() {
            return output.lines()
                    .map(String::strip)
                    .filter(line -> !line.isEmpty())
                    .reduce("", (_, last) -> last);
        }
    }

    private Tool() {}

    /** Where the PATH of this environment has the program; null where it has none. */
    static @Nullable Path find(String program, Map<String, String> environment) {
        for (String folder :
                environment.getOrDefault("PATH", "/usr/bin:/bin").split(File.pathSeparator)) {
            Path candidate = Path.of(folder, program);
            if (candidate.isAbsolute()
                    && Files.isRegularFile(candidate)
                    && Files.isExecutable(candidate)) {
                return candidate;
            }
        }
        return null;
    }

    /**
     * Runs a program of the PATH in this environment; empty where there is none, where it cannot be
     * run, and when it does not answer within {@code patience}, after which it is ended. Blocks.
     */
    static Optional<Answer> ask(
            Map<String, String> environment, Duration patience, String program, String... words) {
        return ask(environment, patience, program, List.of(words));
    }

    static Optional<Answer> ask(
            Map<String, String> environment,
            Duration patience,
            String program,
            List<String> words) {
        Path path = find(program, environment);
        if (path == null) return Optional.empty();
        var command = new ArrayList<String>();
        command.add(path.toString());
        command.addAll(words);
        try {
            var builder = new ProcessBuilder(command);
            builder.environment().clear();
            builder.environment().putAll(environment);
            builder.redirectInput(ProcessBuilder.Redirect.from(new File("/dev/null")));
            builder.redirectErrorStream(true);
            Process process = builder.start();
            if (!process.waitFor(patience)) {
                process.destroyForcibly();
                return Optional.empty();
            }
            // What is there and not up to the end: a child that kept its output would keep us too.
            InputStream output = process.getInputStream();
            byte[] said = output.readNBytes(output.available());
            return Optional.of(
                    new Answer(process.exitValue(), new String(said, StandardCharsets.UTF_8)));
        } catch (IOException e) {
            return Optional.empty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }
}
