package dev.wormhole.server.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wormhole.protocol.ByteString;
import dev.wormhole.protocol.SessionEntry;
import dev.wormhole.protocol.SessionId;
import dev.wormhole.protocol.SessionKind;
import dev.wormhole.protocol.TaskReason;
import dev.wormhole.protocol.TaskStatus;
import dev.wormhole.protocol.TerminalSize;
import dev.wormhole.server.pty.ClientKey;
import dev.wormhole.server.pty.ProcessKey;
import dev.wormhole.server.pty.ProcessSpec;
import dev.wormhole.server.pty.Pty;
import dev.wormhole.server.pty.PtyFactory;
import dev.wormhole.server.pty.PtyListener;
import dev.wormhole.server.pty.PtySpawnException;
import dev.wormhole.server.thread.ServerThreads;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/** What a task tells and does, moment by moment: the test is store, keeper and clock. */
class TaskLifeTest {

    private static final TerminalSize SIZE = new TerminalSize(80, 24);
    private static final Duration GRACE = Duration.ofSeconds(10);

    /** In a while: what ended before it began is said to have ended then. */
    private static final long END = System.currentTimeMillis() + 3_600_000;

    private final SessionHandle handle = new SessionHandle(SessionId.random(), null);
    private final Store store = new Store();
    private final Keeper keeper = new Keeper();
    private final List<SessionRecord> told = new ArrayList<>();
    private long now;

    private Session session(@Nullable Long timeLimit) {
        var record =
                new SessionRecord(
                        handle.id(),
                        null,
                        "/",
                        null,
                        0,
                        0,
                        SIZE,
                        SessionKind.TASK,
                        List.of("program"),
                        Map.of(),
                        null,
                        0,
                        0,
                        0,
                        0,
                        null,
                        null,
                        new TaskRecord("/", "", timeLimit, null, new TaskState.Pending()));
        return new Session(
                handle,
                record,
                new RingBuffer.Caps(1 << 20, 1000),
                new SessionPorts(
                        keeper,
                        store,
                        new Noted(),
                        new ProcessSpecs(Map.of(), Path.of("/")),
                        new ServerThreads(),
                        100,
                        new TaskLimits(16 << 20, GRACE),
                        InstantSource.system(),
                        () -> now));
    }

    /** Does all that was posted. */
    private void settle(Session session) {
        for (SessionCommand next = handle.mailbox().poll();
                next != null;
                next = handle.mailbox().poll()) {
            handle.taken(next);
            session.handle(next);
            session.pump();
        }
    }

    private void pass(Session session, Duration time) {
        now += time.toNanos();
        session.due(now);
        settle(session);
    }

    private List<TaskStatus> statuses() {
        return told.stream().map(record -> record.task().state().status()).toList();
    }

    private Session started(@Nullable Long timeLimit) {
        Session session = session(timeLimit);
        session.handle(new SessionCommand.StartTask(new CompletableFuture<>()));
        store.commitAll();
        settle(session);
        keeper.begin();
        settle(session);
        store.commitAll();
        settle(session);
        return session;
    }

    private void ends(Session session, ExitStatus status) {
        session.handle(new SessionCommand.Ended(1, status, END));
        settle(session);
    }

    @Test
    void itsCommandIsNotStartedBeforeTheTaskIsDurableAndNobodyHearsOfIt() {
        Session session = session(null);
        var created = new CompletableFuture<SessionRecord>();
        session.handle(new SessionCommand.StartTask(created));
        settle(session);
        assertThat(keeper.asked).isEmpty();
        assertThat(told).isEmpty();
        assertThat(created).isNotDone();

        store.commitAll();
        settle(session);
        assertThat(keeper.asked).hasSize(1);
        assertThat(created).isCompleted();
        assertThat(statuses()).containsExactly(TaskStatus.PENDING);
    }

    @Test
    void oneThatCannotBeStoredIsRefusedAndIsNot() {
        Session session = session(null);
        var created = new CompletableFuture<SessionRecord>();
        session.handle(new SessionCommand.StartTask(created));
        store.failAll();
        settle(session);

        assertThat(created).isCompletedExceptionally();
        assertThat(keeper.asked).isEmpty();
        assertThat(told).isEmpty();
    }

    @Test
    void runningAndItsEndAreToldWhenTheyAreDurable() {
        Session session = session(null);
        session.handle(new SessionCommand.StartTask(new CompletableFuture<>()));
        store.commitAll();
        settle(session);
        keeper.begin();
        settle(session);
        assertThat(statuses()).containsExactly(TaskStatus.PENDING);
        store.commitAll();
        settle(session);
        assertThat(statuses()).containsExactly(TaskStatus.PENDING, TaskStatus.RUNNING);

        ends(session, ExitStatus.exited(0));
        assertThat(statuses()).hasSize(2);
        store.commitAll();
        settle(session);
        assertThat(statuses()).last().isEqualTo(TaskStatus.COMPLETED);
        assertThat(told.getLast().task().state())
                .isInstanceOfSatisfying(
                        TaskState.Completed.class, end -> assertThat(end.ended()).isEqualTo(END));
    }

    @Test
    void anEndThatCouldNotBeStoredIsTriedAgainAndToldThen() {
        Session session = started(null);
        ends(session, ExitStatus.exited(3));
        store.failAll();
        settle(session);
        assertThat(statuses()).last().isEqualTo(TaskStatus.RUNNING);

        pass(session, Duration.ofSeconds(1));
        store.commitAll();
        settle(session);
        assertThat(statuses()).last().isEqualTo(TaskStatus.FAILED);
    }

    @Test
    void aReaderLearnsThatItIsAllOnlyWhenTheEndIsDurable() {
        Session session = started(null);
        session.handle(new SessionCommand.Output(1, 0, ByteString.utf8("all")));
        var read = new CompletableFuture<TaskRead>();
        session.handle(new SessionCommand.ReadOutput(3, 100, true, read));
        ends(session, ExitStatus.exited(0));
        assertThat(read).isNotDone();
        store.commitAll();
        settle(session);
        assertThat(read).isCompletedWithValue(new TaskRead.Bytes(3, ByteString.EMPTY, 3, true));
    }

    @Test
    void termComesAtOnceAndKillAfterTheGraceUntilItEnds() {
        Session session = started(null);
        var answer = new CompletableFuture<Boolean>();
        session.handle(new SessionCommand.Terminate(TaskReason.TERMINATED, answer));
        assertThat(answer).isCompletedWithValue(true);
        assertThat(keeper.process.signals).containsExactly(15);

        pass(session, GRACE.minusMillis(1));
        assertThat(keeper.process.signals).containsExactly(15);
        pass(session, Duration.ofMillis(1));
        assertThat(keeper.process.signals).containsExactly(15, 9);
        pass(session, Duration.ofSeconds(2));
        assertThat(keeper.process.signals).containsExactly(15, 9, 9);
        ends(session, ExitStatus.signalled("SIGKILL"));
        pass(session, Duration.ofSeconds(10));
        assertThat(keeper.process.signals).hasSize(3);
    }

    @Test
    void whatWasToldToEndHasFailedWhateverItsStatusIs() {
        Session session = started(null);
        session.handle(
                new SessionCommand.Terminate(TaskReason.TERMINATED, new CompletableFuture<>()));
        ends(session, ExitStatus.exited(0));
        store.commitAll();
        settle(session);
        assertThat(told.getLast().task().state())
                .isInstanceOfSatisfying(
                        TaskState.Failed.class,
                        end -> {
                            assertThat(end.reason()).isEqualTo(TaskReason.TERMINATED);
                            assertThat(end.exitCode()).isZero();
                        });
    }

    @Test
    void aTimeLimitTellsItToEnd() {
        Session session = started(5_000L);
        pass(session, Duration.ofSeconds(4));
        assertThat(keeper.process.signals).isEmpty();
        pass(session, Duration.ofMillis(1_001));
        assertThat(keeper.process.signals).containsExactly(15);
        ends(session, ExitStatus.signalled("SIGTERM"));
        store.commitAll();
        settle(session);
        assertThat(((TaskState.Failed) told.getLast().task().state()).reason())
                .isEqualTo(TaskReason.TIMEOUT);
    }

    @Test
    void aCommandThatCannotBeStartedHasFailedWithTheReason() {
        Session session = session(null);
        session.handle(new SessionCommand.StartTask(new CompletableFuture<>()));
        store.commitAll();
        settle(session);
        keeper.refuse("no such program");
        settle(session);
        store.commitAll();
        settle(session);
        assertThat(told.getLast().task().state())
                .isInstanceOfSatisfying(
                        TaskState.Failed.class,
                        end -> {
                            assertThat(end.reason()).isEqualTo(TaskReason.SPAWN_FAILED);
                            assertThat(end.message()).contains("no such program");
                            assertThat(end.started()).isNull();
                        });
    }

    @Test
    void itLeavesMemoryWhenItIsOverAndStoredAndNotBefore() {
        Session session = started(null);
        ends(session, ExitStatus.exited(0));
        assertThat(session.isFinished()).isFalse();
        // The end; then, when nobody came for a moment, all of it.
        store.commitAll();
        settle(session);
        pass(session, Duration.ofSeconds(1));
        assertThat(session.isFinished()).isFalse();
        store.commitAll();
        settle(session);
        assertThat(session.isFinished()).isTrue();
    }

    @Test
    void aCommandThatFloodsWaitsForTheStoreButNotForOneThatFails() {
        Session session = started(null);
        ByteString piece = ByteString.wrap(new byte[64 << 10], 0, 64 << 10);
        long offset = 0;
        for (int i = 0; i < 16; i++, offset += piece.length()) {
            session.handle(new SessionCommand.Output(1, offset, piece));
        }
        int handled = keeper.process.handled;
        assertThat(handled).isBetween(1, (int) offset - 1);
        session.handle(new SessionCommand.Output(1, offset, piece));
        assertThat(keeper.process.handled).isEqualTo(handled);

        session.handle(new SessionCommand.Collect(new CompletableFuture<>()));
        session.handle(new SessionCommand.Stored());
        offset += piece.length();
        assertThat(keeper.process.handled).isEqualTo((int) offset);

        for (int i = 0; i < 20; i++, offset += piece.length()) {
            session.handle(new SessionCommand.Output(1, offset, piece));
        }
        assertThat(keeper.process.handled).isLessThan((int) offset);
        session.handle(new SessionCommand.Collect(new CompletableFuture<>()));
        session.handle(new SessionCommand.RollBack());
        assertThat(keeper.process.handled).isEqualTo((int) offset);
    }

    @Test
    void aCommandWaitsForAReaderThatReadsOnAndNotForOneThatStalls() {
        Session session = started(null);
        ByteString piece = ByteString.wrap(new byte[64 << 10], 0, 64 << 10);
        long offset = 0;
        long read = 0;
        // It reads half of what comes.
        while (offset - read <= (4 << 20)) {
            session.handle(new SessionCommand.Output(1, offset, piece));
            session.handle(new SessionCommand.Collect(new CompletableFuture<>()));
            session.handle(new SessionCommand.Stored());
            offset += piece.length();
            session.handle(
                    new SessionCommand.ReadOutput(read, 32 << 10, true, new CompletableFuture<>()));
            read += 32 << 10;
            now += Duration.ofMillis(10).toNanos();
        }
        session.handle(new SessionCommand.Output(1, offset, piece));
        assertThat(keeper.process.handled).isLessThan((int) offset + piece.length());

        // Then it stalls.
        pass(session, Duration.ofMillis(500));
        pass(session, Duration.ofMillis(500));
        pass(session, Duration.ofMillis(500));
        assertThat(keeper.process.handled).isEqualTo((int) offset + piece.length());
    }

    private final class Noted implements SessionEvents {

        @Override
        public void task(SessionRecord task, boolean isEnding) {
            told.add(task);
        }

        @Override
        public void changed(SessionEntry entry) {}

        @Override
        public void renamed(SessionId id, String name, @Nullable Object origin) {}

        @Override
        public void destroyed(SessionId id, @Nullable Object origin) {}
    }

    /** Commits when the test says so. */
    private static final class Store implements SessionStore {

        private final List<CompletableFuture<Void>> commits = new ArrayList<>();

        void commitAll() {
            List<CompletableFuture<Void>> all = List.copyOf(commits);
            commits.clear();
            all.forEach(commit -> commit.complete(null));
        }

        void failAll() {
            List<CompletableFuture<Void>> all = List.copyOf(commits);
            commits.clear();
            all.forEach(commit -> commit.completeExceptionally(new StoreException("full")));
        }

        @Override
        public CompletableFuture<Void> commit(Source source) {
            var answer = new CompletableFuture<Void>();
            commits.add(answer);
            return answer;
        }

        @Override
        public CompletableFuture<Void> tombstone(SessionId id) {
            return new CompletableFuture<>();
        }

        @Override
        public CompletableFuture<Void> drop(SessionId id) {
            return new CompletableFuture<>();
        }

        @Override
        public void dirty(Source source) {}

        @Override
        public void flush(Source source) {}
    }

    /** A keeper that starts a process when the test says so. */
    private static final class Keeper implements PtyFactory {

        final List<ProcessSpec> asked = new ArrayList<>();
        Program process = new Program();
        private CompletableFuture<Pty> answer = new CompletableFuture<>();

        void begin() {
            answer.complete(process);
        }

        void refuse(String why) {
            answer.completeExceptionally(new PtySpawnException(why));
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
            asked.add(spec);
            answer = new CompletableFuture<>();
            return answer;
        }

        @Override
        public CompletableFuture<Pty> adopt(
                ProcessKey key, long offset, long event, String label, PtyListener listener) {
            return CompletableFuture.failedFuture(new PtySpawnException("not held"));
        }

        @Override
        public CompletableFuture<Void> end(ProcessKey key) {
            return CompletableFuture.completedFuture(null);
        }
    }

    private static final class Program implements Pty {

        final List<Integer> signals = new ArrayList<>();
        int handled;

        @Override
        public long pid() {
            return 1;
        }

        @Override
        public boolean write(ByteString bytes) {
            return true;
        }

        @Override
        public void write(ClientKey client, long from, ByteString bytes) {}

        @Override
        public void resize(long event, TerminalSize size) {}

        @Override
        public void handled(int bytes) {
            handled += bytes;
        }

        @Override
        public void confirm(long offset, long event) {}

        @Override
        public void forget() {}

        @Override
        public void signal(int number) {
            signals.add(number);
        }

        @Override
        public void hangUp() {}

        @Override
        public @Nullable String foregroundDirectory() {
            return null;
        }

        @Override
        public @Nullable List<String> foregroundCommand() {
            return null;
        }
    }
}
