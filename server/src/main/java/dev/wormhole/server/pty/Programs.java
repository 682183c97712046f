package dev.wormhole.server.pty;

import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;

/**
 * Finds what is to be started: pty4j ignores a bad directory and names no reason for a bad program.
 *
 * <p>Safe from any thread.
 */
final class Programs {

    private Programs() {}

    /** The program's path, as execvp would find it. */
    static String locate(ProcessSpec spec) throws PtySpawnException {
        if (!Files.isDirectory(spec.cwd()))
            throw new PtySpawnException("no such directory: " + spec.cwd());
        String program = spec.command().getFirst();
        try {
            if (program.indexOf('/') >= 0) return checked(spec.cwd().resolve(program), program);
            String path = spec.env().getOrDefault("PATH", "/usr/local/bin:/usr/bin:/bin");
            for (String directory : path.split(":")) {
                Path candidate = spec.cwd().resolve(directory).resolve(program);
                if (Files.isRegularFile(candidate) && Files.isExecutable(candidate))
                    return candidate.toString();
            }
        } catch (InvalidPathException e) {
            throw new PtySpawnException("not a path: " + e.getReason(), e);
        }
        throw new PtySpawnException("no such program in the PATH: " + program);
    }

    private static String checked(Path path, String program) throws PtySpawnException {
        if (!Files.isRegularFile(path)) throw new PtySpawnException("no such program: " + program);
        if (!Files.isExecutable(path)) throw new PtySpawnException("not executable: " + program);
        return path.toString();
    }
}
