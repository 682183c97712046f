package dev.wormhole.server.pty;

import dev.wormhole.protocol.TerminalSize;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;

/**
 * A process and the descriptors by which it is watched. A pid is nobody else's until it was reaped,
 * so signals go to this process or to nobody.
 *
 * <p>Owned by one thread, which polls the descriptors and closes it.
 */
public final class NativeProcess implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(NativeProcess.class);

    private final int pid;
    private final int terminal;
    private final int exitDescriptor;

    /** Where the system has no descriptor of a process: what a thread that waits has seen. */
    private volatile @Nullable ProcessEnd seen;

    private boolean terminalOpen = true;
    private boolean reaped;

    private NativeProcess(int pid, int terminal, int exitDescriptor) {
        this.pid = pid;
        this.terminal = terminal;
        this.exitDescriptor = exitDescriptor;
    }

    static NativeProcess of(int pid, int terminal) throws IOException {
        int descriptor = PosixProcess.processDescriptor(pid);
        return descriptor >= 0
                ? new NativeProcess(pid, terminal, descriptor)
                : watchedByThread(pid, terminal);
    }

    /** For systems without pidfd_open: a thread waits, and a pipe is the descriptor. */
    static NativeProcess watchedByThread(int pid, int terminal) throws IOException {
        int[] pipe = Posix.pipe();
        PosixProcess.closeOnExec(pipe[0]);
        PosixProcess.closeOnExec(pipe[1]);
        var process = new NativeProcess(pid, terminal, pipe[0]);
        Thread.ofPlatform()
                .daemon()
                .name("process-wait-" + pid)
                .start(() -> process.waitAndTell(pipe[1]));
        return process;
    }

    private void waitAndTell(int pipe) {
        ProcessEnd end = new ProcessEnd(null, null);
        try {
            Integer status = PosixProcess.reap(pid, true);
            if (status != null) end = ProcessEnd.ofStatus(status);
        } catch (IOException e) {
            log.error("pid {}: its end cannot be told", pid, e);
        }
        seen = end;
        // The reader sees the end of the pipe.
        Posix.close(pipe);
    }

    public int pid() {
        return pid;
    }

    /** The terminal's master; it does not wait. */
    public int terminal() {
        return terminal;
    }

    /** Readable once the process has ended. */
    public int exitDescriptor() {
        return exitDescriptor;
    }

    /** How it ended; null while it lives. To be asked until it is told, then no more. */
    public @Nullable ProcessEnd reap() throws IOException {
        ProcessEnd end = seen;
        if (end == null) {
            Integer status = PosixProcess.reap(pid, false);
            if (status == null) return null;
            end = ProcessEnd.ofStatus(status);
        }
        reaped = true;
        return end;
    }

    /** False if the system does not take it: the terminal is not one any more. */
    public boolean resize(TerminalSize size) {
        return terminalOpen && PosixProcess.resize(terminal, size).value() == 0;
    }

    /** A signal to the terminal's foreground process group, or to the process's where unknown. */
    public void signal(int number) {
        if (!terminalOpen) return;
        int group = PosixProcess.foreground(terminal);
        tell(group > 0 ? -group : -pid, number);
    }

    /** SIGHUP to the process, as when a terminal goes away. */
    public void hangUp() {
        tell(pid, PosixProcess.SIGHUP);
    }

    /** SIGKILL to its group. */
    public void kill() {
        tell(-pid, PosixProcess.SIGKILL);
    }

    private void tell(int target, int signal) {
        if (reaped || seen != null) return;
        var result = PosixProcess.kill(target, signal);
        if (result.value() < 0)
            log.debug("pid {}: signal {} not sent: errno {}", target, signal, result.errno());
    }

    /** Hangs up whoever still holds the other side. */
    public void closeTerminal() {
        if (!terminalOpen) return;
        terminalOpen = false;
        Posix.close(terminal);
    }

    /** After {@link #reap} has told the end. */
    @Override
    public void close() {
        closeTerminal();
        Posix.close(exitDescriptor);
    }
}
