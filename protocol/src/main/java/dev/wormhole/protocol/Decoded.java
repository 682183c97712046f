package dev.wormhole.protocol;

import org.jspecify.annotations.Nullable;

/**
 * What a control message turned out to be. Decoding never throws.
 *
 * <p>Immutable.
 *
 * @param <M> {@link ClientMessage} or {@link ServerMessage}
 */
public sealed interface Decoded<M> {

    /** The request's reference, repeated in every answer to it; null where the sender gave none. */
    @Nullable String ref();

    record Message<M>(M message, @Nullable String ref) implements Decoded<M> {}

    /** Well-formed, but of a type this version does not know. */
    record Unknown<M>(String type, @Nullable String ref) implements Decoded<M> {}

    /** Not a message; the reason names the field. */
    record Malformed<M>(String reason, @Nullable String ref) implements Decoded<M> {}
}
