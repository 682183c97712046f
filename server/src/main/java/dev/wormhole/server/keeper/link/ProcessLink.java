package dev.wormhole.server.keeper.link;

import dev.wormhole.protocol.ByteString;
import dev.wormhole.protocol.TerminalSize;
import dev.wormhole.server.keeper.wire.FromKeeper;
import dev.wormhole.server.keeper.wire.FromKeeper.Why;
import dev.wormhole.server.keeper.wire.ToKeeper;
import dev.wormhole.server.keeper.wire.ToKeeperCodec;
import dev.wormhole.server.pty.ClientKey;
import dev.wormhole.server.pty.ProcessKey;
import dev.wormhole.server.pty.Pty;
import dev.wormhole.server.pty.PtyListener;
import dev.wormhole.server.pty.PtySpawnException;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.ReentrantLock;

/**
 * One process at its keeper. What is to be said is state until the keeper has shown that it knows,
 * and the place in the output is known here: a connection that breaks is made again and goes on
 * where the old one ended.
 *
 * <p>As a {@link Pty} safe from any thread; the rest belongs to {@code keeper-io}.
 */
final class ProcessLink implements Pty, Connection.User {

    private static final Logger log = LoggerFactory.getLogger(ProcessLink.class);

    /** Output that the listener may have and not have handled, before reading stops. */
    static final int MAX_UNHANDLED = 256 << 10;

    private static final int RESUME_AT = MAX_UNHANDLED / 2;

    /** Which process, where in its session's output to begin, and for whom. */
    record Origin(ProcessKey key, long pid, long offset, long event, String label) {}

    private final KeeperIo io;
    private final KeeperLink keeper;
    private final Origin origin;
    private final PtyListener listener;
    private final CompletableFuture<Pty> opened = new CompletableFuture<>();

    private final AtomicInteger unhandled = new AtomicInteger();
    private final AtomicBoolean paused = new AtomicBoolean();
    private volatile boolean ended;

    /** Held to change what the keeper is to know, and to write; nobody is called under it. */
    private final ReentrantLock lock = new ReentrantLock();

    // Guarded by the lock.
    private @Nullable Connection connection;
    private @Nullable ByteBuffer greeting;
    private boolean open;
    private boolean over;
    private final Wishes wishes = new Wishes();

    /** Changed by keeper-io alone, as what follows. */
    private volatile long nextOffset;

    private long nextEvent;
    private int failures;

    ProcessLink(KeeperIo io, KeeperLink keeper, Origin origin, PtyListener listener) {
        this.io = io;
        this.keeper = keeper;
        this.origin = origin;
        this.listener = listener;
        this.nextOffset = origin.offset();
        this.nextEvent = origin.event();
    }

    ProcessKey key() {
        return origin.key();
    }

    /** Completes when the keeper has found the process; before the listener hears anything. */
    CompletableFuture<Pty> opened() {
        return opened;
    }

    @Override
    public long pid() {
        return origin.pid();
    }

    @Override
    public boolean write(ByteString bytes) {
        lock.lock();
        try {
            if (ended || over) return true;
            if (!wishes.input().add(bytes)) return false;
            flush();
            return true;
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void write(ClientKey client, long from, ByteString bytes) {
        lock.lock();
        try {
            if (ended || over) return;
            // From another thread: who writes may be who would have to take it from its mailbox.
            UnacceptedInput input = wishes.input();
            if (input.add(client, from, bytes)) flush();
            else io.submit(new IoTask.TellAccepted(this, client, input.first(client)));
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void resize(long event, TerminalSize size) {
        wish(() -> wishes.resize(event, size));
    }

    @Override
    public void handled(int bytes) {
        if (unhandled.addAndGet(-bytes) <= RESUME_AT && paused.compareAndSet(true, false))
            io.submit(new IoTask.Resume(this));
    }

    @Override
    public void confirm(long offset, long event) {
        // Nothing is confirmed that was not heard, whatever else the session has in its output.
        wish(() -> wishes.confirm(Math.min(offset, nextOffset), event));
    }

    @Override
    public void forget() {
        wish(wishes::forget);
    }

    @Override
    public void signal(int number) {
        if (ended || ProcessGroups.signal((int) pid(), number)) return;
        wish(() -> wishes.signal(number));
    }

    @Override
    public void hangUp() {
        // Over the control connection, which says when it is done; nobody listens any more.
        keeper.end(key())
                .exceptionally(
                        failure -> {
                            log.warn("{}: not ended: {}", origin.label(), failure.getMessage());
                            return null;
                        });
        io.submit(new IoTask.Leave(this));
    }

    private void wish(Runnable change) {
        lock.lock();
        try {
            if (over) return;
            change.run();
            flush();
        } finally {
            lock.unlock();
        }
    }

    @Override
    public @Nullable String foregroundDirectory() {
        return ended ? null : ForegroundProcess.directory(pid());
    }

    @Override
    public @Nullable List<String> foregroundCommand() {
        return ended ? null : ForegroundProcess.command(pid());
    }

    private void flush() {
        if (connection != null) connection.flush();
    }

    @Override
    public @Nullable ByteBuffer next() {
        if (greeting != null) {
            ByteBuffer first = greeting;
            greeting = null;
            return first;
        }
        if (!open) return null;
        ToKeeper message = wishes.next();
        return message == null ? null : ToKeeperCodec.encode(message);
    }

    /** Connects, if that is still wanted. */
    void connect() {
        Connection made;
        lock.lock();
        try {
            if (over || connection != null) return;
            greeting = keeper.greeting(new ToKeeper.Open(key(), nextOffset, nextEvent));
            made = new Connection(io, keeper.address(), lock, this);
            connection = made;
        } finally {
            lock.unlock();
        }
        made.connect();
    }

    /** Reads on. */
    void resume() {
        Connection current = connection();
        if (current != null) current.resume();
    }

    @Override
    public void heard(FromKeeper message) {
        // Not for a connection that stands: what was said on the last one may be what broke it.
        if (!(message instanceof FromKeeper.Welcome || message instanceof FromKeeper.Opened))
            failures = 0;
        switch (message) {
            case FromKeeper.Opened found -> opened(found);
            case FromKeeper.Bytes(long offset, ByteString bytes) -> output(offset, bytes);
            case FromKeeper.Resized resized -> resized(resized);
            case FromKeeper.Exited exited -> exited(exited);
            case FromKeeper.Accepted(ClientKey client, long count) -> accepted(client, count);
            case FromKeeper.InputRefused refused -> refused(refused);
            case FromKeeper.Refused(String reason) -> notHere(reason);
            case FromKeeper.Welcome _ -> {}
            default -> log.debug("{}: an answer that belongs elsewhere", origin.label());
        }
    }

    private void opened(FromKeeper.Opened found) {
        if (found.from() > nextOffset) {
            log.warn(
                    "{}: output from {} to {} is not held any more",
                    origin.label(),
                    nextOffset,
                    found.from());
            nextOffset = found.from();
        }
        lock.lock();
        try {
            open = true;
            if (wishes.beginAgain(found.counts())) failures = 0;
            flush();
        } finally {
            lock.unlock();
        }
        // Before whoever waits for the process attaches: it is told how far its client has come.
        found.counts().forEach(this::tellAccepted);
        opened.complete(this);
    }

    private void output(long offset, ByteString bytes) {
        if (offset > nextOffset) {
            breakOff("bytes from " + nextOffset + " to " + offset + " are missing");
            return;
        }
        long known = nextOffset - offset;
        if (known >= bytes.length()) return;
        ByteString news = bytes.slice((int) known, bytes.length());
        long from = nextOffset;
        nextOffset = from + news.length();
        int waiting = unhandled.addAndGet(news.length());
        listener.output(from, news);
        if (waiting > MAX_UNHANDLED) pause();
    }

    private void pause() {
        paused.set(true);
        // All may have been handled just before; who handled it saw nothing to resume.
        if (unhandled.get() <= RESUME_AT && paused.compareAndSet(true, false)) return;
        Connection current = connection();
        if (current != null) current.pause();
    }

    private void resized(FromKeeper.Resized resized) {
        if (resized.event() < nextEvent) return;
        nextEvent = resized.event() + 1;
        lock.lock();
        try {
            wishes.resized(nextEvent);
        } finally {
            lock.unlock();
        }
        listener.resized(resized.event(), resized.size());
    }

    private void exited(FromKeeper.Exited exited) {
        if (ended) return;
        if (exited.offset() > nextOffset) {
            breakOff("bytes before the end at " + exited.offset() + " are missing");
            return;
        }
        lock.lock();
        try {
            ended = true;
            wishes.ended();
        } finally {
            lock.unlock();
        }
        listener.ended(exited.exitCode(), exited.signal(), exited.millis());
    }

    private void accepted(ClientKey client, long count) {
        lock.lock();
        try {
            wishes.input().accepted(client, count);
            flush();
        } finally {
            lock.unlock();
        }
        tellAccepted(client, count);
    }

    private void refused(FromKeeper.InputRefused refused) {
        ClientKey client = refused.client();
        if (client == null) return;
        lock.lock();
        try {
            UnacceptedInput input = wishes.input();
            if (refused.why() == Why.FULL) input.refusedForNow(client);
            else input.refusedForAGap(client, refused.count());
            flush();
        } finally {
            lock.unlock();
        }
        tellAccepted(client, refused.count());
    }

    /** Tells the listener, unless the client is ourselves. */
    void tellAccepted(ClientKey client, long count) {
        lock.lock();
        try {
            if (ended || over || wishes.input().isOwn(client)) return;
        } finally {
            lock.unlock();
        }
        listener.accepted(client, count);
    }

    private void notHere(String reason) {
        if (!opened.isDone()) log.info("{}: {}", origin.label(), reason);
        finish(reason);
    }

    private void breakOff(String reason) {
        Connection current = connection();
        if (current != null) current.fail(reason);
    }

    @Override
    public void broken(String reason) {
        lock.lock();
        try {
            connection = null;
            greeting = null;
            open = false;
            if (over) return;
        } finally {
            lock.unlock();
        }
        if (!keeper.alive()) {
            finish("the keeper has ended");
            return;
        }
        failures++;
        log.debug("{}: connection to its keeper broke: {}", origin.label(), reason);
        io.submitAfter(Backoff.pause(failures), new IoTask.ConnectProcess(this));
    }

    /** The keeper is gone; what it said before is still read. */
    void keeperDied() {
        if (connection() == null) finish("the keeper has ended");
    }

    /** No more of this process: nobody wants it, or there is another link to it. */
    void leave() {
        end();
        opened.completeExceptionally(new PtySpawnException("nobody waits for it any more"));
    }

    /** The process is nowhere any more. */
    private void finish(String reason) {
        if (!end()) return;
        // Who still waits for the process has not begun to listen.
        if (opened.completeExceptionally(new PtySpawnException("The process is lost: " + reason)))
            return;
        if (ended) return;
        ended = true;
        listener.lost();
    }

    /** True the first time. */
    private boolean end() {
        Connection last;
        lock.lock();
        try {
            if (over) return false;
            over = true;
            last = connection;
            connection = null;
            wishes.ended();
        } finally {
            lock.unlock();
        }
        if (last != null) last.close();
        keeper.left(this);
        return true;
    }

    private @Nullable Connection connection() {
        lock.lock();
        try {
            return connection;
        } finally {
            lock.unlock();
        }
    }
}
