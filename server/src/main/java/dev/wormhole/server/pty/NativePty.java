package dev.wormhole.server.pty;

import com.pty4j.WinSize;
import com.pty4j.unix.UnixPtyProcess;

import dev.wormhole.protocol.ByteString;
import dev.wormhole.protocol.TerminalSize;
import dev.wormhole.server.thread.ServerThreads;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.ReentrantLock;

/**
 * A process on a pty4j pseudo-terminal: its read thread delivers output and, last, the end; its
 * write thread drains the input.
 *
 * <p>Safe from any thread. Holds the process strongly: pty4j's finalizer closes the terminal.
 */
final class NativePty implements Pty {

    private static final Logger log = LoggerFactory.getLogger(NativePty.class);

    /** Input that may wait for a program that does not read: a large paste; more is refused. */
    static final int MAX_QUEUED_INPUT = 8 << 20;

    private static final int MAX_UNHANDLED_OUTPUT = 256 << 10;

    /** What the other threads get to end; they need a tenth of a second at most. */
    private static final Duration HELPERS_GRACE = Duration.ofSeconds(5);

    /** What a program gets to end after SIGHUP. */
    private static final Duration GRACE = Duration.ofSeconds(2);

    private final UnixPtyProcess process;
    private final ReentrantLock lifecycle;
    private final PtyListener listener;
    private final TerminalReader reader;

    /** Bounded by {@link #queuedInput}; an empty piece wakes the writer to end. */
    private final BlockingQueue<ByteString> input = new LinkedBlockingQueue<>();

    /** Output that the listener has not dealt with; then the kernel throttles the program. */
    private final Semaphore room = new Semaphore(MAX_UNHANDLED_OUTPUT);

    private final Map<ClientKey, Long> counts = new ConcurrentHashMap<>();
    private final AtomicInteger queuedInput = new AtomicInteger();
    private final AtomicBoolean ended = new AtomicBoolean();
    private final AtomicBoolean hangingUp = new AtomicBoolean();
    private final long pid;

    /** Owned by the read thread. */
    private long offset;

    NativePty(UnixPtyProcess process, ReentrantLock lifecycle, long origin, PtyListener listener)
            throws IOException {
        this.offset = origin;
        this.process = process;
        this.lifecycle = lifecycle;
        this.listener = listener;
        this.pid = process.pid();
        int terminal = process.getPty().getMasterFD();
        Posix.dontWait(terminal);
        this.reader = new TerminalReader(terminal);
    }

    void start(ServerThreads threads, String label, Runnable whenEnded) {
        Thread writer = threads.platform("pty-write-" + label, this::writeUntilEnd);
        Thread waiter =
                threads.virtual(
                        "pty-wait-" + label,
                        () -> {
                            waitFor();
                            reader.processEnded();
                        });
        threads.platform(
                "pty-read-" + label,
                () -> {
                    readToEnd(writer, waiter);
                    whenEnded.run();
                });
    }

    @Override
    public long pid() {
        return pid;
    }

    @Override
    public boolean write(ByteString bytes) {
        if (bytes.isEmpty() || ended.get()) return true;
        if (queuedInput.addAndGet(bytes.length()) > MAX_QUEUED_INPUT) {
            queuedInput.addAndGet(-bytes.length());
            return false;
        }
        input.add(bytes);
        return true;
    }

    @Override
    public void write(ClientKey client, long from, ByteString bytes) {
        long known = counts.getOrDefault(client, 0L);
        long repeated = Math.clamp(known - from, 0, bytes.length());
        ByteString fresh = bytes.slice((int) repeated, bytes.length());
        if (from <= known && write(fresh)) counts.put(client, known + fresh.length());
        listener.accepted(client, counts.getOrDefault(client, 0L));
    }

    @Override
    public void handled(int bytes) {
        room.release(bytes);
    }

    @Override
    public void confirm(long confirmed, long event) {}

    @Override
    public void forget() {}

    @Override
    public void resize(long event, TerminalSize size) {
        if (ended.get()) return;
        try {
            process.setWinSize(new WinSize(size.cols(), size.rows()));
        } catch (IllegalStateException e) {
            log.debug("pid {}: size not set, the terminal is closed", pid);
        }
        listener.resized(event, size);
    }

    @Override
    public void hangUp() {
        if (!hangingUp.compareAndSet(false, true)) return;
        process.hangup();
        Thread.ofVirtual()
                .name("pty-kill-" + pid)
                .start(
                        () -> {
                            try {
                                Thread.sleep(GRACE);
                                if (!ended.get()) process.destroyForcibly();
                            } catch (InterruptedException e) {
                                Thread.currentThread().interrupt();
                            }
                        });
    }

    @Override
    public @Nullable String foregroundDirectory() {
        if (ended.get()) return null;
        try {
            long group = foregroundGroup();
            return Files.readSymbolicLink(Path.of("/proc/" + (group > 0 ? group : pid) + "/cwd"))
                    .toString();
        } catch (IOException | UnsupportedOperationException | NumberFormatException e) {
            // The process changed or went between two reads, or this is not Linux: unknown.
            return null;
        }
    }

    /**
     * Field 8 of /proc/PID/stat (proc(5)): the foreground process group of the terminal, counted
     * after the name.
     */
    private long foregroundGroup() throws IOException {
        String stat = Files.readString(Path.of("/proc/" + pid + "/stat"));
        String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
        return Long.parseLong(fields[5]);
    }

    private void readToEnd(Thread writer, Thread waiter) {
        try {
            readAll();
        } catch (IOException e) {
            log.warn("pid {}: cannot be read any more: {}", pid, e.getMessage());
        } finally {
            int status = waitFor();
            ended.set(true);
            input.add(ByteString.EMPTY);
            // After the writer: the descriptor's number may be another terminal's at once.
            awaitEnd(writer);
            awaitEnd(waiter);
            reader.close();
            close();
            String signal = signalName(status);
            listener.ended(
                    signal == null ? (Integer) status : null, signal, System.currentTimeMillis());
        }
    }

    private void readAll() throws IOException {
        for (ByteString bytes = reader.next(); !bytes.isEmpty(); bytes = reader.next()) {
            room.acquireUninterruptibly(bytes.length());
            listener.output(offset, bytes);
            offset += bytes.length();
        }
    }

    private void awaitEnd(Thread helper) {
        try {
            if (!helper.join(HELPERS_GRACE))
                log.warn("pid {}: {} does not end", pid, helper.getName());
        } catch (InterruptedException e) {
            // Nobody interrupts this thread; the end has still to be told.
            log.warn("pid {}: interrupted while waiting for {}", pid, helper.getName());
        }
    }

    /** Closes the terminal, both directions, while no process is being started. */
    private void close() {
        lifecycle.lock();
        try {
            process.getPty().close();
        } catch (IOException e) {
            log.warn("pid {}: the terminal was not closed: {}", pid, e.getMessage());
        } finally {
            lifecycle.unlock();
        }
    }

    private int waitFor() {
        while (true) {
            try {
                return process.waitFor();
            } catch (InterruptedException e) {
                // Nobody interrupts this thread; a process that is not waited for would stay a
                // zombie.
                log.warn("pid {}: interrupted while waiting for the end", pid);
            }
        }
    }

    private void writeUntilEnd() {
        try (var writer = new TerminalWriter(process.getPty().getMasterFD())) {
            while (true) {
                ByteString bytes = input.take();
                if (ended.get()) return;
                writer.write(bytes, ended::get);
                queuedInput.addAndGet(-bytes.length());
            }
        } catch (IOException e) {
            log.debug("pid {}: input ended: {}", pid, e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /**
     * The signal behind a status of 128 + n as pty4j reports it. A shell that passes on a command's
     * status looks the same; SIGINT and SIGQUIT never end an interactive shell, so those statuses
     * are taken as exit codes.
     */
    private static @Nullable String signalName(int status) {
        return switch (status) {
            case 129 -> "SIGHUP";
            case 132 -> "SIGILL";
            case 134 -> "SIGABRT";
            case 135 -> "SIGBUS";
            case 136 -> "SIGFPE";
            case 137 -> "SIGKILL";
            case 139 -> "SIGSEGV";
            case 143 -> "SIGTERM";
            default -> null;
        };
    }
}
