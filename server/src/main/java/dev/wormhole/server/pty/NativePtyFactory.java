package dev.wormhole.server.pty;

import com.pty4j.PtyProcessBuilder;
import com.pty4j.unix.UnixPtyProcess;

import dev.wormhole.server.thread.ServerThreads;

import java.io.IOException;
import java.util.HashMap;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Starts processes through pty4j.
 *
 * <p>Safe from any thread. One lock orders spawns and closes: closing a pseudo-terminal while
 * another is opened can give the new one the old one's wake-up byte, read as an early end (pty4j
 * issue 181).
 */
public final class NativePtyFactory implements PtyFactory {

    private final LoginSurroundings surroundings = LoginSurroundings.probe();
    private final ReentrantLock lifecycle = new ReentrantLock();
    private final ServerThreads threads;
    private final Set<NativePty> living = ConcurrentHashMap.newKeySet();

    public NativePtyFactory(ServerThreads threads) {
        this.threads = threads;
    }

    @Override
    public CompletableFuture<Pty> spawn(
            ProcessKey key,
            long origin,
            long event,
            ProcessSpec spec,
            String label,
            String note,
            PtyListener listener) {
        var answer = new CompletableFuture<Pty>();
        threads.virtual(
                "pty-spawn-" + label,
                () -> {
                    try {
                        NativePty pty = start(spec, origin, listener);
                        living.add(pty);
                        answer.complete(pty);
                        pty.start(threads, label, () -> living.remove(pty));
                    } catch (PtySpawnException e) {
                        answer.completeExceptionally(e);
                    }
                });
        return answer;
    }

    @Override
    public CompletableFuture<Pty> adopt(
            ProcessKey key, long offset, long event, String label, PtyListener listener) {
        return CompletableFuture.failedFuture(new PtySpawnException("no keeper holds it"));
    }

    /** Ends every process. */
    public void close() {
        living.forEach(NativePty::hangUp);
    }

    private NativePty start(ProcessSpec spec, long origin, PtyListener listener)
            throws PtySpawnException {
        String program = Programs.locate(spec);
        String[] command =
                surroundings.wrap(program, spec.command().subList(1, spec.command().size()));
        UnixPtyProcess process;
        lifecycle.lock();
        try {
            process =
                    (UnixPtyProcess)
                            new PtyProcessBuilder(command)
                                    .setEnvironment(new HashMap<>(spec.env()))
                                    .setDirectory(spec.cwd().toString())
                                    .setInitialColumns(spec.size().cols())
                                    .setInitialRows(spec.size().rows())
                                    .setConsole(false)
                                    .start();
        } catch (LinkageError e) {
            throw new PtySpawnException(
                    "the terminal library cannot be loaded: see server.log, and try wormhole"
                            + " doctor",
                    e);
        } catch (IOException | RuntimeException e) {
            throw new PtySpawnException("cannot start " + program + ": " + e.getMessage(), e);
        } finally {
            lifecycle.unlock();
        }
        try {
            return new NativePty(process, lifecycle, origin, listener);
        } catch (IOException e) {
            process.destroyForcibly();
            throw new PtySpawnException(
                    "cannot use the terminal of " + program + ": " + e.getMessage(), e);
        }
    }
}
