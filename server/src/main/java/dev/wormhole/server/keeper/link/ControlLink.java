package dev.wormhole.server.keeper.link;

import dev.wormhole.server.keeper.wire.FromKeeper;
import dev.wormhole.server.keeper.wire.ToKeeper;
import dev.wormhole.server.keeper.wire.ToKeeperCodec;
import dev.wormhole.server.pty.HeldProcess;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.IntFunction;

/**
 * The control connection to one keeper, made again when it breaks. What was asked and not answered
 * is asked again then: nothing on it does harm when it comes twice.
 *
 * <p>{@link #ask}, {@link #tell} and {@link #giveUp} are safe from any thread, the rest belongs to
 * {@code keeper-io}. What hangs on a future of {@link #ask} runs on {@code keeper-io}, mostly.
 */
final class ControlLink implements Connection.User {

    private static final Logger log = LoggerFactory.getLogger(ControlLink.class);

    /** One question; the frame is written again on a new connection. */
    private record Question(
            ByteBuffer frame, CompletableFuture<FromKeeper> answer, List<HeldProcess> parts) {}

    private final KeeperIo io;
    private final KeeperLink keeper;
    private final ReentrantLock lock = new ReentrantLock();

    // Guarded by the lock.
    private @Nullable Connection connection;
    private @Nullable String givenUp;
    private int lastRef;

    /** Bounded by those who ask, each of whom waits: the sessions. */
    private final Map<Integer, Question> questions = new LinkedHashMap<>();

    /** Whose answers came too late: a process that is started after all must not stay. */
    private final Set<Integer> abandoned = new HashSet<>();

    /** What the keeper is told without an answer, one of each kind: the last. */
    private final Map<Class<?>, ByteBuffer> news = new LinkedHashMap<>();

    /** For the connection that stands. */
    private final Deque<ByteBuffer> unwritten = new ArrayDeque<>();

    // Of keeper-io.
    private int failures;

    ControlLink(KeeperIo io, KeeperLink keeper) {
        this.io = io;
        this.keeper = keeper;
    }

    /**
     * Asks; the answer fails with a {@link KeeperGoneException}, or a {@link
     * java.util.concurrent.TimeoutException} after the patience.
     *
     * @param question from its ref
     */
    CompletableFuture<FromKeeper> ask(Duration patience, IntFunction<ToKeeper> question) {
        var answer = new CompletableFuture<FromKeeper>();
        int ref;
        lock.lock();
        try {
            if (givenUp != null)
                return CompletableFuture.failedFuture(new KeeperGoneException(givenUp));
            ref = ++lastRef;
            ByteBuffer frame = ToKeeperCodec.encode(question.apply(ref));
            questions.put(ref, new Question(frame, answer, new ArrayList<>()));
            unwritten.add(frame.duplicate());
            if (connection != null) connection.flush();
        } catch (IllegalArgumentException e) {
            return CompletableFuture.failedFuture(e);
        } finally {
            lock.unlock();
        }
        return answer.orTimeout(patience.toMillis(), TimeUnit.MILLISECONDS)
                .whenComplete((_, failure) -> abandon(ref, failure));
    }

    /** Tells something that has no answer; a keeper that is found again is told again. */
    void tell(ToKeeper message) {
        ByteBuffer frame = ToKeeperCodec.encode(message);
        lock.lock();
        try {
            news.remove(message.getClass());
            news.put(message.getClass(), frame);
            unwritten.add(frame.duplicate());
            if (connection != null) connection.flush();
        } finally {
            lock.unlock();
        }
    }

    @Override
    public @Nullable ByteBuffer next() {
        return unwritten.poll();
    }

    /** Connects, if that is still wanted. */
    void connect() {
        Connection made;
        lock.lock();
        try {
            if (givenUp != null || connection != null) return;
            unwritten.clear();
            unwritten.add(keeper.greeting());
            news.values().forEach(frame -> unwritten.add(frame.duplicate()));
            questions.values().forEach(question -> unwritten.add(question.frame().duplicate()));
            made = new Connection(io, keeper.address(), lock, this);
            connection = made;
        } finally {
            lock.unlock();
        }
        made.connect();
    }

    @Override
    public void heard(FromKeeper message) {
        // Not for a connection that stands: what was said on the last one may be what broke it.
        if (!(message instanceof FromKeeper.Welcome)) failures = 0;
        switch (message) {
            case FromKeeper.Welcome welcome -> keeper.welcomed(welcome);
            case FromKeeper.Refused(String reason) -> {
                log.warn("keeper {} refuses us: {}", keeper.name(), reason);
                giveUp("the keeper refuses this server: " + reason);
            }
            case FromKeeper.Spawned spawned -> {
                answer(spawned.ref(), spawned);
                if (isAbandoned(spawned.ref())) keeper.end(spawned.key());
            }
            case FromKeeper.SpawnFailed failed -> answer(failed.ref(), failed);
            case FromKeeper.Processes part -> collect(part);
            case FromKeeper.Pong pong -> answer(pong.ref(), pong);
            case FromKeeper.Ended ended -> answer(ended.ref(), ended);
            case FromKeeper.FlushDue due -> keeper.flushDue(due.key());
            default -> log.debug("keeper {}: an answer that belongs elsewhere", keeper.name());
        }
    }

    private void collect(FromKeeper.Processes part) {
        List<HeldProcess> all;
        lock.lock();
        try {
            Question question = questions.get(part.ref());
            if (question == null) return;
            question.parts().addAll(part.processes());
            if (part.more()) return;
            all = List.copyOf(question.parts());
        } finally {
            lock.unlock();
        }
        answer(part.ref(), new FromKeeper.Processes(part.ref(), false, all));
    }

    private void answer(int ref, FromKeeper message) {
        Question question;
        lock.lock();
        try {
            question = questions.remove(ref);
        } finally {
            lock.unlock();
        }
        if (question != null) question.answer().complete(message);
    }

    /** Nobody waits for this answer any more, if it has not come. */
    private void abandon(int ref, @Nullable Throwable failure) {
        if (!(failure instanceof TimeoutException)) return;
        lock.lock();
        try {
            if (questions.remove(ref) != null) abandoned.add(ref);
        } finally {
            lock.unlock();
        }
    }

    private boolean isAbandoned(int ref) {
        lock.lock();
        try {
            return abandoned.remove(ref);
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void broken(String reason) {
        lock.lock();
        try {
            connection = null;
            questions.values().forEach(question -> question.parts().clear());
            if (givenUp != null) return;
        } finally {
            lock.unlock();
        }
        if (!keeper.alive()) return;
        failures++;
        log.debug("keeper {}: control connection broke: {}", keeper.name(), reason);
        io.submitAfter(Backoff.pause(failures), new IoTask.ConnectControl(this));
    }

    /** Ends the connection for good. */
    void retire() {
        giveUp("the keeper is not needed any more");
        Connection last;
        lock.lock();
        try {
            last = connection;
            connection = null;
        } finally {
            lock.unlock();
        }
        if (last != null) last.close();
    }

    /** The keeper is dead, or nothing can be had from it: all questions fail, later ones too. */
    void giveUp(String reason) {
        List<Question> open;
        lock.lock();
        try {
            if (givenUp != null) return;
            givenUp = reason;
            open = List.copyOf(questions.values());
            questions.clear();
        } finally {
            lock.unlock();
        }
        keeper.unusable(reason);
        for (Question question : open)
            question.answer().completeExceptionally(new KeeperGoneException(reason));
    }
}
