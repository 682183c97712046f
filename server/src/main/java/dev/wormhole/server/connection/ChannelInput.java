package dev.wormhole.server.connection;

import dev.wormhole.protocol.ByteString;
import dev.wormhole.protocol.ClientMessage;
import dev.wormhole.protocol.Limits;
import dev.wormhole.server.pty.ClientKey;

import org.jspecify.annotations.Nullable;

/**
 * What one connection's client types on its channels, and how it numbers that.
 *
 * <p>Owned by the {@code conn-<n>} thread.
 */
final class ChannelInput {

    /**
     * What the next byte on a channel is.
     *
     * @param viewer for whose attachment this was said
     */
    private record Numbers(ChannelViewer viewer, long generation, long next) {}

    private final Announced announced;
    private final Outbox outbox;
    private final Answers answers;

    // Owned by the conn-<n> thread.
    private final @Nullable Numbers[] numbers = new @Nullable Numbers[Limits.MAX_CHANNEL + 1];

    ChannelInput(Announced announced, Outbox outbox, Answers answers) {
        this.announced = announced;
        this.outbox = outbox;
        this.answers = answers;
    }

    void begin(ChannelViewer viewer, ClientMessage.InputBegin begin) {
        numbers[viewer.channel()] = new Numbers(viewer, begin.generation(), begin.count());
    }

    void type(ChannelViewer viewer, ByteString bytes) {
        if (bytes.isEmpty()) return;
        outbox.prefer(viewer.channel());
        ClientKey client = announced.client();
        Numbers known = numbers[viewer.channel()];
        if (client == null || known == null || known.viewer() != viewer) {
            viewer.session()
                    .input(viewer, bytes)
                    .thenAccept(result -> answers.input(result, viewer.sessionId(), null));
            return;
        }
        long next = known.next() + bytes.length();
        numbers[viewer.channel()] = new Numbers(viewer, known.generation(), next);
        viewer.session()
                .input(viewer, client, known.generation(), known.next(), bytes)
                .thenAccept(result -> answers.input(result, viewer.sessionId(), null));
    }
}
