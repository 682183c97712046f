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
 * @param neverSpill its output never goes to a disk on its way: where memory is full and nobody
 *     reads, the process waits
 */
public record ProcessSpec(
        List<String> command,
        Path cwd,
        Map<String, String> env,
        TerminalSize size,
        boolean neverSpill) {

    /** One whose output may go to a disk while no server is there. */
    public ProcessSpec(List<String> command, Path cwd, Map<String, String> env, TerminalSize size) {
        this(command, cwd, env, size, false);
    }

    /** The same, whose output never goes to a disk. */
    public ProcessSpec withoutSpill() {
        return new ProcessSpec(command, cwd, env, size, true);
    }

    public ProcessSpec {
        command = List.copyOf(command);
        env = Map.copyOf(env);
        if (command.isEmpty()) throw new IllegalArgumentException("command: empty");
    }
}
