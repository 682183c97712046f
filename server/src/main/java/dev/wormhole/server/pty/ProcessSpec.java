package dev.wormhole.server.pty;

import dev.wormhole.protocol.TerminalSize;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * What to start, where, and in what surroundings.
 *
 * <p>Immutable.
 *
 * @param command program and arguments; a program without a slash is looked up in the PATH of
 *     {@code env}
 * @param env exactly the child's environment
 */
public record ProcessSpec(
        List<String> command, Path cwd, Map<String, String> env, TerminalSize size) {
    public ProcessSpec {
        command = List.copyOf(command);
        env = Map.copyOf(env);
        if (command.isEmpty()) throw new IllegalArgumentException("command: empty");
    }
}
