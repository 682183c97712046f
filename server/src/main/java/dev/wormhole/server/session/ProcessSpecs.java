package dev.wormhole.server.session;

import dev.wormhole.protocol.CleanEnvironment;
import dev.wormhole.server.pty.ProcessSpec;

import org.jspecify.annotations.Nullable;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Turns a session's record into the process to start: the shell, the directory, the environment
 * (DESIGN section 7).
 *
 * <p>Immutable.
 */
public final class ProcessSpecs {

    private final Map<String, String> environment;
    private final Path home;

    /**
     * @param environment the server's own, which was its user's; {@code home} is where sessions
     *     without a cwd begin
     */
    public ProcessSpecs(Map<String, String> environment, Path home) {
        this.environment = CleanEnvironment.of(environment);
        this.home = home;
    }

    /**
     * What to start; the directory is {@code cwd} or, where that is gone, the nearest parent that
     * exists.
     */
    ProcessSpec specFor(SessionRecord session) {
        Map<String, String> env = new HashMap<>(environment);
        env.put("TERM", "xterm-256color");
        env.put("COLORTERM", "truecolor");
        env.put("TERM_PROGRAM", "wormhole");
        // Sizes given as variables would win over the terminal's own in some programs.
        env.remove("COLUMNS");
        env.remove("LINES");
        env.putAll(session.env());
        Path cwd = nearestExisting(session.cwd());
        env.put("PWD", cwd.toString());
        env.put("WORMHOLE_SESSION", session.id().toString());
        List<String> command =
                session.command().isEmpty() ? List.of(shell(env)) : session.command();
        return new ProcessSpec(command, cwd, env, session.size());
    }

    /** The directory a session without one begins in. */
    Path home() {
        return home;
    }

    private Path nearestExisting(@Nullable String cwd) {
        for (Path path = cwd == null ? home : Path.of(cwd); path != null; path = path.getParent()) {
            if (Files.isDirectory(path) && Files.isExecutable(path)) return path;
        }
        return Path.of("/");
    }

    private static String shell(Map<String, String> env) {
        String shell = env.get("SHELL");
        if (shell != null && Files.isExecutable(Path.of(shell))) return shell;
        return Files.isExecutable(Path.of("/bin/bash")) ? "/bin/bash" : "/bin/sh";
    }
}
