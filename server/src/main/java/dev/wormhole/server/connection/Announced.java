package dev.wormhole.server.connection;

import dev.wormhole.protocol.ClientMessage;
import dev.wormhole.protocol.ErrorCode;
import dev.wormhole.protocol.Feature;
import dev.wormhole.protocol.SessionId;
import dev.wormhole.server.pty.ClientKey;

import org.jspecify.annotations.Nullable;

import java.util.EnumSet;
import java.util.Set;
import java.util.UUID;

/**
 * What one connection's client announced in its hello: features, and who it is.
 *
 * <p>Owned by the {@code conn-<n>} thread.
 */
final class Announced {

    private final Answers answers;

    // Owned by the conn-<n> thread.
    private final Set<Feature> features = EnumSet.noneOf(Feature.class);
    private @Nullable ClientKey client;

    Announced(Answers answers) {
        this.answers = answers;
    }

    void hear(ClientMessage.Hello hello) {
        for (Feature feature : Feature.values()) {
            if (hello.features().contains(feature.wireName())) features.add(feature);
        }
        if (!isKnown(hello)) features.remove(Feature.INPUT);
    }

    Set<Feature> features() {
        return features;
    }

    /** Who numbers its input; null: nobody does on this connection. */
    @Nullable ClientKey client() {
        return client;
    }

    /** Whether the client announced a feature; else it is told that the request needs it. */
    boolean allows(Feature feature, @Nullable SessionId id, @Nullable String ref) {
        if (features.contains(feature)) return true;
        answers.fail(
                ErrorCode.UNSUPPORTED,
                "this needs the feature " + feature.wireName() + ", which hello did not name",
                id,
                ref);
        return false;
    }

    /** False if this client cannot be told from others, and so cannot number its input. */
    private boolean isKnown(ClientMessage.Hello hello) {
        String id = hello.clientId();
        if (id == null || !hello.features().contains(Feature.INPUT.wireName())) return false;
        try {
            client = new ClientKey(UUID.fromString(id));
            return true;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }
}
