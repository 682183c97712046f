package dev.wormhole.client.cli;

import dev.wormhole.client.attach.PosixTerminal;
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
