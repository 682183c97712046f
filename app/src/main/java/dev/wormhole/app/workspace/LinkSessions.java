package dev.wormhole.app.workspace;

import dev.wormhole.client.link.Attachment;
import dev.wormhole.client.link.Capabilities;
import dev.wormhole.client.link.Link;
import dev.wormhole.client.link.LinkTarget;
import dev.wormhole.client.link.SessionSink;
import dev.wormhole.protocol.ClientMessage;
import dev.wormhole.protocol.Feature;
import dev.wormhole.protocol.RespawnMode;
import dev.wormhole.protocol.ServerMessage;
import dev.wormhole.protocol.SessionEntry;
import dev.wormhole.protocol.SessionId;
import dev.wormhole.protocol.TaskEntry;
import dev.wormhole.protocol.TerminalSize;
import dev.wormhole.terminal.screen.Screen;

import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

/**
 * The session server behind a {@link Link}.
 *
 * <p>Safe from any thread: every call is a message to the link thread.
 */
public final class LinkSessions implements SessionService {

    /**
     * What a pane was handed counts as shown, because its queue is short: so the server goes as
     * fast as the pane, and a key's answer does not wait behind a flood.
     */
    private static final Capabilities CAPABILITIES =
            new Capabilities(
                    Set.of(
                            Feature.ACK,
                            Feature.INPUT,
                            Feature.HASH,
                            Feature.HISTORY,
                            Feature.STORE,
                            Feature.RESUME,
                            Feature.RECOVERY,
                            Feature.TASKS),
                    Screen.VERSION);

    private final Link link;

    private LinkSessions(Link link) {
        this.link = link;
    }

    /** Starts a link to the target for each workspace that is opened. */
    public static Opener to(LinkTarget target, String clientName) {
        return listener -> new LinkSessions(Link.start(target, listener, clientName, CAPABILITIES));
    }

    @Override
    public CompletableFuture<Attachment> create(ClientMessage.Create request, SessionSink sink) {
        return link.create(request, sink);
    }

    @Override
    public Attachment attach(
            SessionId id, @Nullable TerminalSize size, RespawnMode first, SessionSink sink) {
        return link.attach(id, size, false, first, sink);
    }

    @Override
    public void tellViewer(ClientMessage.ViewerState state) {
        link.viewerState(state);
    }

    @Override
    public CompletableFuture<List<SessionEntry>> list() {
        return link.list();
    }

    @Override
    public CompletableFuture<Void> rename(SessionId id, String name) {
        return link.rename(id, name);
    }

    @Override
    public CompletableFuture<Void> destroy(SessionId id) {
        return link.destroy(id);
    }

    @Override
    public CompletableFuture<ServerMessage.History> history(SessionId id, long before, int count) {
        return link.history(id, before, count);
    }

    @Override
    public CompletableFuture<ServerMessage.StoreState> store() {
        return link.store();
    }

    @Override
    public CompletableFuture<Optional<ServerMessage.Recovery>> recovery() {
        return where(Feature.RECOVERY, link::recovery);
    }

    @Override
    public CompletableFuture<Optional<List<TaskEntry>>> tasks() {
        return where(Feature.TASKS, link::tasks);
    }

    @Override
    public CompletableFuture<TaskEntry> startTask(ClientMessage.TaskStart request) {
        return link.startTask(request);
    }

    @Override
    public CompletableFuture<TaskEntry> rerunTask(SessionId id) {
        return link.rerunTask(id);
    }

    @Override
    public CompletableFuture<TaskEntry> terminateTask(SessionId id) {
        return link.terminateTask(id);
    }

    @Override
    public CompletableFuture<ServerMessage.TaskOutput> taskOutput(
            SessionId id, long offset, boolean wait) {
        return link.taskOutput(id, offset, wait);
    }

    /** Asks a server that has the feature; empty of one that has not. */
    private <T> CompletableFuture<Optional<T>> where(
            Feature feature, Supplier<CompletableFuture<T>> question) {
        return link.hello()
                .thenCompose(
                        hello ->
                                hello.features().contains(feature.wireName())
                                        ? question.get().thenApply(Optional::of)
                                        : CompletableFuture.completedFuture(Optional.empty()));
    }

    @Override
    public void retryNow() {
        link.retryNow();
    }

    @Override
    public void close() {
        link.close();
    }
}
