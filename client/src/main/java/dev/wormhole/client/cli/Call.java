package dev.wormhole.client.cli;

import dev.wormhole.client.link.LinkTarget;
import dev.wormhole.client.local.Directories;

import org.jspecify.annotations.Nullable;

import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.ParseResult;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * One call of a command: its words, and the process around it.
 *
 * <p>Immutable.
 *
 * @param root the words before the command
 * @param own the command's words
 * @param rest the words after {@code --}, where they are another program's
 */
record Call(
        ParseResult root,
        ParseResult own,
        List<String> rest,
        Console console,
        ServerConnection.Connector connector) {

    Call {
        rest = List.copyOf(rest);
    }

    /** The value of an option, given before or after the command; null where it is not given. */
    @Nullable String option(String name) {
        String value = own.matchedOptionValue(name, (String) null);
        return value != null || !root.commandSpec().optionsMap().containsKey(name)
                ? value
                : root.matchedOptionValue(name, (String) null);
    }

    List<String> options(String name) {
        return Arrays.asList(own.matchedOptionValue(name, new String[0]));
    }

    boolean has(String flag) {
        return own.matchedOptionValue(flag, false);
    }

    /** The arguments, in order. */
    List<String> words() {
        var words = new ArrayList<String>();
        for (ArgSpec positional : own.matchedPositionals())
            words.addAll(positional.originalStringValues());
        return words;
    }

    String word(int index) {
        return words().get(index);
    }

    /** The data directory of the local server that is meant. */
    Path dataDirectory() throws CliException {
        try {
            String option = option(Options.DATA);
            if (option != null && option.isEmpty())
                throw CliException.usage("--data is empty: name a directory");
            return Directories.data(option, console.environment());
        } catch (InvalidPathException e) {
            throw CliException.usage("--data is no path: " + e.getReason());
        }
    }

    Path configDirectory() {
        return Directories.config(console.environment());
    }

    /** Refuses a server elsewhere, for commands about this machine. */
    void onlyHere(String command) throws CliException {
        if (option(Options.SERVER) != null) {
            throw CliException.usage(
                    command + " is about a server of this machine: leave out --server");
        }
    }

    /** The server that is meant; a local one is started where the command may do so. */
    LinkTarget target(boolean mayStart) throws CliException {
        return new Targets(this).target(mayStart);
    }

    ServerConnection connect(boolean mayStart) throws CliException {
        return connector.connect(target(mayStart));
    }
}
