package dev.wormhole.client.cli;

import dev.wormhole.client.attach.PosixTerminal;
import dev.wormhole.client.attach.Signals;
import dev.wormhole.client.attach.TerminalDevice;
import dev.wormhole.protocol.TerminalSize;

import java.io.BufferedReader;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;

/**
 * Where a command reads and writes: streams, environment, directory, and the terminal if there is
 * one. Everything that a command knows of its process, so that tests can give it another.
 *
 * <p>Owned by the calling thread.
 */
class Console {

    private final PrintStream out;
    private final PrintStream err;
    private final Map<String, String> environment;
    private final Path directory;

    Console(PrintStream out, PrintStream err, Map<String, String> environment, Path directory) {
        this.out = out;
        this.err = err;
        this.environment = Map.copyOf(environment);
        this.directory = directory;
    }

    static Console ofThisProcess() {
        // UTF-8 whatever the locale says: names and directories are sent as they are.
        var out =
                new PrintStream(
                        new FileOutputStream(FileDescriptor.out), false, StandardCharsets.UTF_8);
        var err =
                new PrintStream(
                        new FileOutputStream(FileDescriptor.err), true, StandardCharsets.UTF_8);
        return new Console(out, err, System.getenv(), Path.of("").toAbsolutePath());
    }

    PrintStream out() {
        return out;
    }

    PrintStream err() {
        return err;
    }

    Map<String, String> environment() {
        return environment;
    }

    /** The directory that the command was called in. */
    Path directory() {
        return directory;
    }

    /** One line for a person, whatever happens. */
    void complain(String message) {
        err.println("wormhole: " + Words.oneLine(message));
    }

    /** The terminal's native functions are looked up when first needed: most commands never do. */
    TerminalDevice terminal() {
        return new PosixTerminal();
    }

    boolean canAsk() {
        return new PosixTerminal().hasKeyboard();
    }

    boolean isLookedAt() {
        return new PosixTerminal().hasScreen();
    }

    Optional<TerminalSize> size() {
        return new PosixTerminal().size();
    }

    /** Ctrl-C ends this process no longer: from here on it is told here. */
    Interrupts interrupts() {
        var interrupts = new Interrupts();
        Signals.handle("INT", interrupts::happened);
        return interrupts;
    }

    /**
     * The line that a person answers; empty when the interruption comes first. Then the terminal is
     * still read: the command is about to end.
     */
    Optional<String> ask(String question, CompletableFuture<?> interrupted) throws CliException {
        // Behind the ^C that the terminal has echoed.
        err.print("\nwormhole: " + question + " ");
        err.flush();
        var answer = new CompletableFuture<String>();
        Thread.ofPlatform()
                .name("answer")
                .daemon()
                .start(() -> answer.complete(readLine().orElse("")));
        try {
            CompletableFuture.anyOf(answer, interrupted).get();
        } catch (ExecutionException e) {
            throw new IllegalStateException("nothing here fails", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw CliException.failed("interrupted");
        }
        if (answer.isDone()) return Optional.of(answer.join());
        err.println();
        return Optional.empty();
    }

    /** Byte by byte: what is typed behind the line is not this question's. */
    private static Optional<String> readLine() {
        var line = new StringBuilder();
        try {
            for (int b = System.in.read(); b >= 0; b = System.in.read()) {
                if (b == '\n') return Optional.of(line.toString());
                line.append((char) b);
            }
        } catch (IOException e) {
            // A terminal that is gone answers nothing.
            return Optional.empty();
        }
        return Optional.empty();
    }

    /** Asks on stderr, since stdout belongs to the answer of the command. */
    boolean confirm(String question) throws IOException {
        err.print(question + " [y/N] ");
        err.flush();
        var reader = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        String answer = reader.readLine();
        return answer != null
                && (answer.strip().equalsIgnoreCase("y") || answer.strip().equalsIgnoreCase("yes"));
    }
}
