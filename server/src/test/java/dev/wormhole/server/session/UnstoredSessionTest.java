package dev.wormhole.server.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wormhole.protocol.ClientMessage;
import dev.wormhole.protocol.SessionEntry;
import dev.wormhole.protocol.SessionId;
import dev.wormhole.protocol.TerminalSize;
import dev.wormhole.server.pty.ProcessKey;
import dev.wormhole.server.pty.ProcessSpec;
import dev.wormhole.server.pty.Pty;
import dev.wormhole.server.pty.PtyFactory;
import dev.wormhole.server.pty.PtyListener;
import dev.wormhole.server.thread.ServerThreads;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** What a session that is not to be stored asks of its keeper and of the store. */
class UnstoredSessionTest {

    private static final TerminalSize SIZE = new TerminalSize(80, 24);

    /** What a keeper was asked to start. */
    private record Spawn(ProcessSpec spec, String note) {}

    private final Starting keeper = new Starting();
    private final Sessions sessions =
            new Sessions(
                    new SessionPorts(
                            keeper,
                            new Untouchable(),
                            new Unheard(),
                            new ProcessSpecs(Map.of("PATH", "/usr/bin"), Path.of("/")),
                            new ServerThreads(),
                            100,
                            InstantSource.system(),
                            System::nanoTime),
                    new RingBuffer.Caps(4096, 10),
                    10);

    @AfterEach
    void stop() {
        sessions.stop().join();
    }

    private SessionHandle create(List<String> command, Map<String, String> env) {
        var request = new ClientMessage.Create(SIZE, "name", "/usr", command, env, null, false);
        var creation = sessions.create(request, Set.of(), null, _ -> new ScriptedViewer());
        return ((Sessions.Creation.Begun) creation).session();
    }

    private Spawn spawned() throws InterruptedException {
        Spawn spawn = keeper.spawned.poll(60, TimeUnit.SECONDS);
        assertThat(spawn).isNotNull();
        return spawn;
    }

    @Test
    void itsKeeperIsToldToWriteNoneOfItsOutputToADisk() throws Exception {
        create(List.of("/bin/sh"), Map.of());

        assertThat(spawned().spec().neverSpill()).isTrue();
    }

    @Test
    void itsKeeperKnowsAllThatAnotherServerGoesOnWith() throws Exception {
        create(List.of("/bin/sh", "-c", "x".repeat(2000)), Map.of("A", "b=c"));

        OrphanNote note = OrphanNote.parse(spawned().note());

        assertThat(note.isStored()).isFalse();
        assertThat(note.name()).isEqualTo("name");
        assertThat(note.cwd()).isEqualTo("/usr");
        assertThat(note.command()).containsExactly("/bin/sh", "-c", "x".repeat(2000));
        assertThat(note.env()).containsExactly(Map.entry("A", "b=c"));
    }

    @Test
    void whatItsKeeperIsToldFitsItHoweverLongItsCommandIs() throws Exception {
        create(List.of("/bin/sh", "-c", "\u0001".repeat(20_000)), Map.of("A", "b".repeat(9_000)));

        String note = spawned().note();

        assertThat(note.getBytes(StandardCharsets.UTF_8)).hasSizeLessThanOrEqualTo(8 << 10);
        assertThat(OrphanNote.parse(note).isStored()).isFalse();
    }

    @Test
    void aStoreThatAsksGetsNothing() throws Exception {
        SessionHandle session = create(List.of("/bin/sh"), Map.of());
        spawned();

        sessions.flush(session);

        assertThatThrownBy(() -> session.collect().get(60, TimeUnit.SECONDS))
                .isInstanceOf(ExecutionException.class)
                .hasCauseInstanceOf(SessionGoneException.class);
    }

    /** Starts what it is asked to some time later. */
    private static final class Starting implements PtyFactory {

        final LinkedBlockingQueue<Spawn> spawned = new LinkedBlockingQueue<>();

        @Override
        public CompletableFuture<Pty> spawn(
                ProcessKey key,
                long origin,
                long event,
                ProcessSpec spec,
                String label,
                String note,
                PtyListener listener) {
            spawned.add(new Spawn(spec, note));
            return new CompletableFuture<>();
        }

        @Override
        public CompletableFuture<Pty> adopt(
                ProcessKey key, long offset, long event, String label, PtyListener listener) {
            return new CompletableFuture<>();
        }

        @Override
        public CompletableFuture<Void> end(ProcessKey key) {
            return CompletableFuture.completedFuture(null);
        }
    }

    /** Whatever it is asked for is one request too much. */
    private static final class Untouchable implements SessionStore {

        @Override
        public CompletableFuture<Void> commit(Source source) {
            throw new AssertionError("commit");
        }

        @Override
        public CompletableFuture<Void> tombstone(SessionId id) {
            throw new AssertionError("tombstone");
        }

        @Override
        public CompletableFuture<Void> drop(SessionId id) {
            throw new AssertionError("drop");
        }

        @Override
        public void dirty(Source source) {
            throw new AssertionError("dirty");
        }

        @Override
        public void flush(Source source) {
            throw new AssertionError("flush");
        }
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
