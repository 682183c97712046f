package dev.wormhole.client.cli;

import dev.wormhole.client.link.Attachment;
import dev.wormhole.client.link.Capabilities;
import dev.wormhole.client.link.Link;
import dev.wormhole.client.link.LinkException;
import dev.wormhole.client.link.LinkListener;
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
 * ever.
 *
 * <p>Owned by the calling thread.
 */
final class LinkConnection implements ServerConnection {

    /** More than a local server gets to start. */
    private static final Duration CONNECT = Duration.ofSeconds(30);

    private static final Duration ANSWER = Duration.ofSeconds(20);

    private static final Capabilities CAPABILITIES =
            new Capabilities(Set.of(Feature.KEEPERS, Feature.STORE, Feature.RECOVERY), 0);

    private final Link link;
    private final Noted target;

    private LinkConnection(Link link, Noted target) {
        this.link = link;
        this.target = target;
    }

    static ServerConnection connect(LinkTarget target) throws CliException {
        var connected = new CompletableFuture<String>();
        var noted = new Noted(target);
        Link link = Link.start(noted, new FirstAttempt(connected), "wormhole", CAPABILITIES);
        try {
            await(connected, CONNECT);
            return new LinkConnection(link, noted);
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
    public void close() {
        link.close();
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

    /** Completes with the first connection or fails with the first failed attempt. */
    private record FirstAttempt(CompletableFuture<String> connected) implements LinkListener {

        @Override
        public void stateChanged(LinkState state) {
            switch (state) {
                case LinkState.Connected(String server) -> connected.complete(server);
                case LinkState.Reconnecting waiting ->
                        connected.completeExceptionally(new LinkException(waiting.problem()));
                case LinkState.Connecting _, LinkState.Disconnected() -> {}
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
