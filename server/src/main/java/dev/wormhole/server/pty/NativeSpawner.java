package dev.wormhole.server.pty;

import com.pty4j.unix.Pty;
import com.pty4j.unix.PtyHelpers;

import java.io.IOException;
import java.util.List;

/**
 * Starts processes on pseudo-terminals through pty4j, without the threads, pipes and finalizers of
 * its process objects: who polls needs the descriptors alone.
 *
 * <p>Owned by one thread.
 */
public final class NativeSpawner {

    private final LoginSurroundings surroundings = LoginSurroundings.probe();

    /** Starts the process; blocks for some milliseconds. */
    public NativeProcess spawn(ProcessSpec spec) throws PtySpawnException {
        String program = Programs.locate(spec);
        List<String> arguments = spec.command().subList(1, spec.command().size());
        String[] command = surroundings.wrap(program, arguments);
        int terminal = -1;
        try {
            var opened = Pty.ptyMasterOpen();
            terminal = opened.getFirst();
            PosixProcess.closeOnExec(terminal);
            Posix.dontWait(terminal);
            // Linux takes the size before anybody has the other side open, so that the program
            // never sees another; macOS takes it only afterwards.
            PosixProcess.resize(terminal, spec.size());
            int pid = exec(command, spec, opened.getSecond(), terminal);
            if (pid <= 0) throw new IOException("the system refuses a new process");
            PosixProcess.resize(terminal, spec.size());
            return watched(pid, terminal);
        } catch (LinkageError e) {
            throw new PtySpawnException(
                    "the terminal library cannot be loaded: see the log, and try wormhole doctor",
                    e);
        } catch (IOException | RuntimeException e) {
            if (terminal >= 0) Posix.close(terminal);
            throw new PtySpawnException("cannot start " + program + ": " + e.getMessage(), e);
        }
    }

    private static NativeProcess watched(int pid, int terminal) throws IOException {
        try {
            return NativeProcess.of(pid, terminal);
        } catch (IOException e) {
            // Nobody would hear of its end.
            PosixProcess.kill(-pid, PosixProcess.SIGKILL);
            PosixProcess.reap(pid, true);
            throw e;
        }
    }

    private static int exec(String[] command, ProcessSpec spec, String slave, int terminal) {
        String[] env =
                spec.env().entrySet().stream()
                        .map(entry -> entry.getKey() + "=" + entry.getValue())
                        .toArray(String[]::new);
        return PtyHelpers.execPty(
                command[0], command, env, spec.cwd().toString(), slave, terminal, null, -1, false);
    }
}
