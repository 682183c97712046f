package dev.wormhole.client.cli;

import dev.wormhole.client.link.Attachment;
import dev.wormhole.client.link.Capabilities;
import dev.wormhole.client.link.Link;
import dev.wormhole.client.link.LinkException;
import dev.wormhole.client.link.LinkListener;
import dev.wormhole.client.link.LinkProblem;
import dev.wormhole.client.link.LinkState;
import dev.wormhole.client.link.LinkTarget;
import dev.wormhole.client.link.RequestException;
import dev.wormhole.client.link.SessionSink;
import dev.wormhole.protocol.ByteString;
import dev.wormhole.protocol.ClientMessage;
import dev.wormhole.protocol.Feature;
import dev.wormhole.protocol.ServerMessage;
import dev.wormhole.protocol.SessionEntry;
import dev.wormhole.protocol.SessionId;
import dev.wormhole.protocol.TaskEntry;
import dev.wormhole.protocol.TaskStatus;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * A link used for one command: the first failed attempt ends it, since a script cannot wait for
 * ever. Only what waits for a task goes on over lost connections, and not for ever either.
 *
 * <p>Owned by the calling thread.
 */
final class LinkConnection implements ServerConnection {

    /** More than a local server gets to start. */
    private static final Duration CONNECT = Duration.ofSeconds(30);

    private static final Duration ANSWER = Duration.ofSeconds(20);

    private static final Capabilities CAPABILITIES =
            new Capabilities(
                    Set.of(Feature.KEEPERS, Feature.STORE, Feature.RECOVERY, Feature.TASKS), 0);

    /** How often it is looked whether a lost connection has been away for too long. */
    private static final Duration BEAT = Duration.ofSeconds(1);

    /** For a network to come back. */
    private static final Duration NETWORK = Duration.ofMinutes(10);

    /** For a local server to be started again, or for whoever refuses to think again. */
    private static final Duration SERVER = Duration.ofSeconds(30);

    private final Link link;
    private final Noted target;
    private final States states;

    private LinkConnection(Link link, Noted target, States states) {
        this.link = link;
        this.target = target;
        this.states = states;
    }

    static ServerConnection connect(LinkTarget target) throws CliException {
        var states = new States();
        var noted = new Noted(target);
        Link link = Link.start(noted, states, "wormhole", CAPABILITIES);
        try {
            await(states.connected, CONNECT);
            return new LinkConnection(link, noted, states);
        } catch (CliException e) {
            link.close();
            throw e;
        }
    }

    @Override
    public String url() {
        return target.url;
    }

    @Override
    public String server() throws CliException {
        return await(link.hello(), ANSWER).server();
    }

    @Override
    public long differences() throws CliException {
        return await(link.hello(), ANSWER).differences();
    }

    @Override
    public List<SessionEntry> list() throws CliException {
        return await(link.list(), ANSWER);
    }

    @Override
    public Optional<ServerMessage.Keepers> keepers() throws CliException {
        boolean knowsKeepers =
                await(link.hello(), ANSWER).features().contains(Feature.KEEPERS.wireName());
        return knowsKeepers ? Optional.of(await(link.keepers(), ANSWER)) : Optional.empty();
    }

    @Override
    public Optional<ServerMessage.StoreState> store() throws CliException {
        boolean tells = await(link.hello(), ANSWER).features().contains(Feature.STORE.wireName());
        return tells ? Optional.of(await(link.store(), ANSWER)) : Optional.empty();
    }

    @Override
    public Optional<ServerMessage.Recovery> recovery() throws CliException {
        boolean tells =
                await(link.hello(), ANSWER).features().contains(Feature.RECOVERY.wireName());
        return tells ? Optional.of(await(link.recovery(), ANSWER)) : Optional.empty();
    }

    @Override
    public void endOrphan(SessionId id, long generation) throws CliException {
        await(link.endOrphan(id, generation), ANSWER);
    }

    @Override
    public void adoptOrphan(SessionId id, long generation) throws CliException {
        await(link.adoptOrphan(id, generation), ANSWER);
    }

    @Override
    public SessionId create(ClientMessage.Create request) throws CliException {
        Attachment attachment = await(link.create(request, new NobodyLooks()), ANSWER);
        // Else the connection's vote on the size would outlive this command by some seconds.
        await(attachment.detach(), ANSWER);
        return attachment.sessionId();
    }

    @Override
    public void rename(SessionId id, String name) throws CliException {
        await(link.rename(id, name), ANSWER);
    }

    @Override
    public void destroy(SessionId id) throws CliException {
        await(link.destroy(id), ANSWER);
    }

    @Override
    public void input(SessionId id, ByteString bytes) throws CliException {
        await(link.input(id, bytes), ANSWER);
    }

    @Override
    public TaskEntry startTask(ClientMessage.TaskStart request) throws CliException {
        knowsTasks();
        return await(link.startTask(request), ANSWER);
    }

    @Override
    public List<TaskEntry> tasks() throws CliException {
        knowsTasks();
        return await(link.tasks(), ANSWER);
    }

    @Override
    public TaskEntry task(SessionId id) throws CliException {
        return awaitOverLosses(link.task(id, null));
    }

    @Override
    public TaskEntry awaitTask(SessionId id, TaskStatus unlike) throws CliException {
        return awaitOverLosses(link.task(id, unlike));
    }

    @Override
    public void terminateTask(SessionId id) throws CliException {
        // A person waits for it, with Ctrl-C taken.
        await(link.terminateTask(id), ANSWER);
    }

    @Override
    public TaskEntry rerunTask(SessionId id) throws CliException {
        return await(link.rerunTask(id), ANSWER);
    }

    @Override
    public ServerMessage.TaskOutput taskOutput(SessionId id, long offset) throws CliException {
        return awaitOverLosses(link.taskOutput(id, offset, false));
    }

    @Override
    public Optional<ServerMessage.TaskOutput> awaitTaskOutput(
            SessionId id, long offset, CompletableFuture<?> interrupted) throws CliException {
        return awaitOverLosses(link.taskOutput(id, offset, true), interrupted);
    }

    private void knowsTasks() throws CliException {
        if (!await(link.hello(), ANSWER).features().contains(Feature.TASKS.wireName())) {
            throw CliException.failed("this server knows no tasks: update it");
        }
    }

    @Override
    public void close() {
        link.close();
    }

    private <T> T awaitOverLosses(CompletableFuture<T> answer) throws CliException {
        return awaitOverLosses(answer, new CompletableFuture<Void>()).orElseThrow();
    }

    private <T> Optional<T> awaitOverLosses(
            CompletableFuture<T> answer, CompletableFuture<?> interrupted) throws CliException {
        CompletableFuture<Boolean> either =
                CompletableFuture.anyOf(answer, interrupted).handle((_, _) -> true);
        while (!either.isDone()) {
            try {
                either.get(BEAT.toMillis(), TimeUnit.MILLISECONDS);
            } catch (TimeoutException e) {
                states.checkPatience(System.nanoTime());
            } catch (ExecutionException e) {
                throw new IllegalStateException("a failure was handled", e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw CliException.failed("interrupted");
            }
        }
        return answer.isDone() ? Optional.of(await(answer, ANSWER)) : Optional.empty();
    }

    private static <T> T await(CompletableFuture<T> answer, Duration patience) throws CliException {
        try {
            return answer.get(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RequestException refused) {
                throw CliException.failed(String.valueOf(refused.getMessage()));
            }
            if (e.getCause() instanceof LinkException lost) {
                throw CliException.failed(lost.problem().message());
            }
            throw new IllegalStateException("a request failed", e);
        } catch (TimeoutException e) {
            throw CliException.failed(
                    "the server does not answer within "
                            + patience.toSeconds()
                            + " seconds: 'wormhole doctor' looks why");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw CliException.failed("interrupted");
        }
    }

    /** Whether the first attempt came through, and since when there is no connection. */
    private static final class States implements LinkListener {

        final CompletableFuture<String> connected = new CompletableFuture<>();
        private volatile @Nullable Lost lost;

        private record Lost(long since, LinkProblem problem) {}

        @Override
        public void stateChanged(LinkState state) {
            switch (state) {
                case LinkState.Connected(String server) -> {
                    lost = null;
                    connected.complete(server);
                }
                case LinkState.Reconnecting waiting -> {
                    Lost before = lost;
                    long since = before == null ? System.nanoTime() : before.since;
                    lost = new Lost(since, waiting.problem());
                    connected.completeExceptionally(new LinkException(waiting.problem()));
                }
                case LinkState.Connecting _, LinkState.Disconnected() -> {}
            }
        }

        void checkPatience(long now) throws CliException {
            Lost present = lost;
            if (present == null) return;
            Duration patience =
                    present.problem.kind() == LinkProblem.Kind.UNREACHABLE ? NETWORK : SERVER;
            if (now - present.since > patience.toNanos()) {
                throw CliException.failed(
                        "the connection was lost and does not come back: "
                                + present.problem.message());
            }
        }
    }

    /** Remembers the address that was resolved last, for {@code status}. */
    private static final class Noted implements LinkTarget {

        private final LinkTarget target;
        private volatile String url = "";

        Noted(LinkTarget target) {
            this.target = target;
        }

        @Override
        public String name() {
            return target.name();
        }

        @Override
        public Address resolve() throws LinkException {
            Address address = target.resolve();
            url = address.uri().toString();
            return address;
        }
    }

    /** The output of a session that was only made. */
    private static final class NobodyLooks implements SessionSink {

        @Override
        public void resync(ServerMessage.Resync what, ByteString snapshot) {}

        @Override
        public void output(long offset, ByteString bytes) {}
    }
}
