package dev.wormhole.server.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wormhole.protocol.ByteString;
import dev.wormhole.protocol.RespawnMode;
import dev.wormhole.protocol.SessionEntry;
import dev.wormhole.protocol.SessionId;
import dev.wormhole.protocol.SessionKind;
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
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/** Screen and process have one size, whoever goes while a process is being started. */
class SessionSizeTest {

    private static final TerminalSize SMALL = new TerminalSize(60, 20);
    private static final TerminalSize LARGE = new TerminalSize(100, 40);

    private long now = Duration.ofHours(1).toNanos();
    private final Store store = new Store();
    private final Keeper keeper = new Keeper();
    private final SessionHandle handle = new SessionHandle(SessionId.random(), null);
    private final Session session = session();
    private final ScriptedViewer small = new ScriptedViewer();
    private final ScriptedViewer large = new ScriptedViewer();

    /** One small and one large viewer of a process that has ended; the small one's link is lost. */
    @BeforeEach
    void anEndedProcessAndALostVoter() {
        handle.post(new SessionCommand.Start(small, request(SMALL, RespawnMode.NEVER)));
        run();
        store.commits.removeFirst().complete(null);
        run();
        keeper.begin(1);
        run();
        handle.attach(large, request(LARGE, RespawnMode.NEVER));
        handle.listener(1).ended(0, null, 0);
        handle.lost(small);
        run();
        store.commits.clear();
        large.heard.clear();
    }

    @Test
    void aVoteThatEndsWhileTheProcessIsStartedResizesTheProcessOnceItRuns() {
        spawnAgain();
        assertThat(keeper.asked.getLast().size()).isEqualTo(SMALL);

        voteEnds();

        assertThat(session.facts().size()).isEqualTo(SMALL);
        Program process = keeper.begin(2);
        run();
        assertThat(process.resizes).containsExactly(new Resize(keeper.event, LARGE));
        assertThat(session.facts().size()).isEqualTo(SMALL);

        handle.listener(2).resized(keeper.event, LARGE);
        run();
        assertThat(session.facts().size()).isEqualTo(LARGE);
        assertThat(sizesHeard(large)).containsExactly(new Resize(keeper.event, LARGE));
    }

    @Test
    void aVoteThatEndsBeforeTheGenerationIsCommittedResizesTheProcessOnceItRuns() {
        handle.respawn(null);
        run();
        voteEnds();
        store.commits.removeFirst().complete(null);
        run();
        assertThat(keeper.asked.getLast().size()).isEqualTo(session.facts().size());

        Program process = keeper.begin(2);
        run();

        assertThat(process.resizes).containsExactly(new Resize(keeper.event, LARGE));
    }

    @Test
    void whoAttachesMeanwhileIsAnsweredWithTheSizeThatTheProcessHas() {
        var late = new ScriptedViewer();
        spawnAgain();
        handle.attach(late, request(LARGE, RespawnMode.NEVER));
        run();
        voteEnds();
        keeper.begin(2);
        run();
        assertThat(late.heard).isEmpty();

        handle.listener(2).resized(keeper.event, LARGE);
        run();

        assertThat(late.heard(ViewerUpdate.Attached.class))
                .singleElement()
                .satisfies(
                        answer -> {
                            assertThat(answer.size()).isEqualTo(LARGE);
                            assertThat(answer.event()).isEqualTo(keeper.event + 1);
                        });
    }

    @Test
    void withoutAProcessAfterAllTheSizeChangesAtOnce() {
        spawnAgain();
        voteEnds();
        keeper.refuse();
        run();

        assertThat(session.facts().size()).isEqualTo(LARGE);
        assertThat(sizesHeard(large)).extracting(Resize::size).containsExactly(LARGE);
    }

    private void spawnAgain() {
        handle.respawn(null);
        run();
        store.commits.removeFirst().complete(null);
        run();
    }

    private void voteEnds() {
        now += Votes.LINGER.toNanos();
        session.due(now);
        run();
    }

    /** What the session's thread does until nothing waits. */
    private void run() {
        for (SessionCommand next = handle.mailbox().poll();
                next != null;
                next = handle.mailbox().poll()) {
            handle.taken(next);
            session.handle(next);
        }
        session.pump();
    }

    private static List<Resize> sizesHeard(ScriptedViewer viewer) {
        return viewer.heard(ViewerUpdate.Marked.class).stream()
                .map(ViewerUpdate.Marked::mark)
                .filter(Mark.Resized.class::isInstance)
                .map(Mark.Resized.class::cast)
                .map(mark -> new Resize(mark.event(), mark.size()))
                .toList();
    }

    private static AttachRequest request(TerminalSize size, RespawnMode respawn) {
        return new AttachRequest(size, null, null, false, respawn, Set.of(), null);
    }

    private Session session() {
        var record =
                new SessionRecord(
                        handle.id(),
                        null,
                        "/",
                        null,
                        0,
                        0,
                        SMALL,
                        SessionKind.COMMAND,
                        List.of("program"),
                        Map.of(),
                        null,
                        1,
                        0,
                        0,
                        0,
                        null);
        return new Session(
                handle,
                record,
                new RingBuffer.Caps(1 << 20, 1000),
                new SessionPorts(
                        keeper,
                        store,
                        new Unheard(),
                        new ProcessSpecs(Map.of(), Path.of("/")),
                        new ServerThreads(),
                        100,
                        InstantSource.system(),
                        () -> now));
    }

    private record Resize(long event, TerminalSize size) {}

    /** A keeper that starts a process when the test says so. */
    private static final class Keeper implements PtyFactory {

        final List<ProcessSpec> asked = new ArrayList<>();
        long event;
        private CompletableFuture<Pty> answer = new CompletableFuture<>();

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
            this.event = event;
            answer = new CompletableFuture<>();
            return answer;
        }

        Program begin(long pid) {
            var process = new Program(pid);
            answer.complete(process);
            return process;
        }

        void refuse() {
            answer.completeExceptionally(new PtySpawnException("no such program"));
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

        final List<Resize> resizes = new ArrayList<>();
        private final long pid;

        Program(long pid) {
            this.pid = pid;
        }

        @Override
        public long pid() {
            return pid;
        }

        @Override
        public boolean write(ByteString bytes) {
            return true;
        }

        @Override
        public void write(ClientKey client, long from, ByteString bytes) {}

        @Override
        public void resize(long event, TerminalSize size) {
            resizes.add(new Resize(event, size));
        }

        @Override
        public void handled(int bytes) {}

        @Override
        public void confirm(long offset, long event) {}

        @Override
        public void forget() {}

        @Override
        public void signal(int number) {}

        @Override
        public void hangUp() {}

        @Override
        public @Nullable String foregroundDirectory() {
            return null;
        }

        @Override
        public java.util.List<String> foregroundCommand() {
            return null;
        }
    }

    /** Commits when the test says so. */
    private static final class Store implements SessionStore {

        final List<CompletableFuture<Void>> commits = new ArrayList<>();

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

    private static final class Unheard implements SessionEvents {

        @Override
        public void changed(SessionEntry entry) {}

        @Override
        public void renamed(SessionId id, String name, @Nullable Object origin) {}

        @Override
        public void destroyed(SessionId id, @Nullable Object origin) {}
    }
}
