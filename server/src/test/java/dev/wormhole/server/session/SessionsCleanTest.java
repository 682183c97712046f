package dev.wormhole.server.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wormhole.protocol.SessionEntry;
import dev.wormhole.protocol.SessionId;
import dev.wormhole.protocol.SessionKind;
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

import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;

/** Sessions look at themselves before they are cleaned away. */
class SessionsCleanTest {

    private static final TerminalSize SIZE = new TerminalSize(80, 24);

    private final ConcurrentLinkedQueue<SessionId> destroyed = new ConcurrentLinkedQueue<>();
    private final Sessions sessions =
            new Sessions(
                    new SessionPorts(
                            new NoProcesses(),
                            new Unstored(),
                            new Noted(),
                            new ProcessSpecs(Map.of(), Path.of("/")),
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

    private static Checkpoint checkpoint(@Nullable String name, long lastActiveAt) {
        var record =
                new SessionRecord(
                        SessionId.random(),
                        name,
                        "/",
                        null,
                        1,
                        lastActiveAt,
                        SIZE,
                        SessionKind.SHELL,
                        List.of(),
                        Map.of(),
                        null,
                        1,
                        0,
                        0,
                        0,
                        ExitStatus.exited(0));
        var ring = new RingBuffer.Snapshot(List.of(), 0, new RingBuffer.Caps(4096, 10), 0);
        var nothing = new ScreenImage(null, List.of(), List.of(), List.of());
        return new Checkpoint(record, ring, true, false, nothing);
    }

    @Test
    void whatIsWantedAgainMeanwhileStays() {
        Checkpoint unwanted = checkpoint(null, 100);
        Checkpoint named = checkpoint("named", 100);
        Checkpoint young = checkpoint(null, 300);
        Checkpoint notMeant = checkpoint(null, 100);
        sessions.hydrate(List.of(unwanted, named, young, notMeant), Map.of(), Map.of()).join();
        var ids =
                List.of(
                        unwanted.record().id(),
                        named.record().id(),
                        young.record().id(),
                        SessionId.random());

        assertThat(sessions.clean(ids, 200).join()).isEqualTo(1);

        assertThat(destroyed).containsExactly(unwanted.record().id());
        assertThat(sessions.list().join())
                .extracting(SessionEntry::id)
                .containsExactlyInAnyOrder(
                        named.record().id(), young.record().id(), notMeant.record().id());
    }

    private static final class NoProcesses implements PtyFactory {

        @Override
        public CompletableFuture<Pty> spawn(
                ProcessKey key,
                long origin,
                long event,
                ProcessSpec spec,
                String label,
                String note,
                PtyListener listener) {
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

    private final class Noted implements SessionEvents {

        @Override
        public void changed(SessionEntry entry) {}

        @Override
        public void renamed(SessionId id, String name, @Nullable Object origin) {}

        @Override
        public void destroyed(SessionId id, @Nullable Object origin) {
            destroyed.add(id);
        }
    }
}
