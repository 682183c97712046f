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
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
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

    /**
     * pty4j allocates a buffer of the asked size at each read, and the kernel gives about 4 KiB at
     * most.
     */
    private static final int READ_BYTES = 8 << 10;

    /**
     * A line discipline in canonical mode holds 4095 bytes; smaller writes let control characters
     * in between, and fit as a whole wherever {@link WriteRoom} says that there is room.
     */
    private static final int WRITE_BYTES = 1 << 10;

    /** How long the writer waits for a program that does not read before it looks for its end. */
    private static final int LOOK_MILLIS = 100;

    /** What the writer gets to end; it needs {@link #LOOK_MILLIS} at most. */
    private static final Duration WRITER_GRACE = Duration.ofSeconds(5);

    /** What a program gets to end after SIGHUP. */
    private static final Duration GRACE = Duration.ofSeconds(2);

    private final UnixPtyProcess process;
    private final ReentrantLock lifecycle;
    private final PtyListener listener;

    /** Bounded by {@link #queuedInput}; an empty piece wakes the writer to end. */
    private final BlockingQueue<ByteString> input = new LinkedBlockingQueue<>();

    private final AtomicInteger queuedInput = new AtomicInteger();
    private final AtomicBoolean ended = new AtomicBoolean();
    private final AtomicBoolean hangingUp = new AtomicBoolean();
    private final long pid;

    NativePty(UnixPtyProcess process, ReentrantLock lifecycle, PtyListener listener) {
        this.process = process;
        this.lifecycle = lifecycle;
        this.listener = listener;
        this.pid = process.pid();
    }

    void start(ServerThreads threads, String label) {
        Thread writer = threads.platform("pty-write-" + label, this::writeUntilEnd);
        threads.platform("pty-read-" + label, () -> readToEnd(writer));
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
    public void resize(TerminalSize size) {
        if (ended.get()) return;
        try {
            process.setWinSize(new WinSize(size.cols(), size.rows()));
        } catch (IllegalStateException e) {
            log.debug("pid {}: size not set, the terminal is closed", pid);
        }
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

    private void readToEnd(Thread writer) {
        try {
            readAll();
        } catch (IOException e) {
            // Linux reports the end of a terminal whose last process went as EIO.
            log.debug("pid {}: read ended: {}", pid, e.getMessage());
        } finally {
            int status = waitFor();
            ended.set(true);
            input.add(ByteString.EMPTY);
            // After the writer: the descriptor's number may be another terminal's at once.
            awaitEnd(writer);
            close();
            String signal = signalName(status);
            listener.ended(signal == null ? (Integer) status : null, signal);
        }
    }

    private void readAll() throws IOException {
        InputStream stream = process.getInputStream();
        byte[] buffer = new byte[READ_BYTES];
        for (int count = stream.read(buffer); count >= 0; count = stream.read(buffer)) {
            if (count > 0) listener.output(ByteString.copyOf(buffer, 0, count));
        }
    }

    private void awaitEnd(Thread writer) {
        try {
            if (!writer.join(WRITER_GRACE)) log.warn("pid {}: its writer does not end", pid);
        } catch (InterruptedException e) {
            // Nobody interrupts this thread; the end has still to be told.
            log.warn("pid {}: interrupted while waiting for its writer", pid);
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
        try (var room = new WriteRoom(process.getPty().getMasterFD())) {
            OutputStream stream = process.getOutputStream();
            while (true) {
                ByteString bytes = input.take();
                if (ended.get()) return;
                write(bytes, stream, room);
                queuedInput.addAndGet(-bytes.length());
            }
        } catch (IOException e) {
            log.debug("pid {}: input ended: {}", pid, e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Writes all, less what is left when the process ends or has closed its terminal. */
    private void write(ByteString bytes, OutputStream stream, WriteRoom room) throws IOException {
        int from = 0;
        while (from < bytes.length() && !ended.get()) {
            // Never into a full terminal: Linux loses the wake-up of a write(2) that waits while
            // the other side is closed for the last time, and it would wait for ever.
            switch (room.await(LOOK_MILLIS)) {
                case FULL -> {}
                case GONE -> {
                    return;
                }
                case ROOM -> {
                    int to = Math.min(bytes.length(), from + WRITE_BYTES);
                    // pty4j fails on a non-zero array offset: each piece gets its own array.
                    stream.write(bytes.slice(from, to).toArray());
                    from = to;
                }
            }
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
