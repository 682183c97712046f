package dev.wormhole.server.session;

import dev.wormhole.protocol.ByteString;
import dev.wormhole.protocol.Feature;

import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.Objects;

/**
 * Tells viewers of the program that the session's former process was lost with, until somebody has
 * it run or forgotten. It is never run unasked, and once at most.
 *
 * <p>Owned by the session thread.
 */
final class Offers {

    private static final byte ESC = 0x1b;

    private final SessionFacts facts;
    private final Generations generations;
    private final Audience audience;
    private final Durability durability;

    // Owned by the session thread.
    /** What the viewers were told; null: that there is nothing. */
    private @Nullable Program told;

    Offers(SessionFacts facts, Generations generations, Audience audience, Durability durability) {
        this.facts = facts;
        this.generations = generations;
        this.audience = audience;
        this.durability = durability;
    }

    /** A viewer was told that it is attached. */
    void joined(ViewerCursor cursor) {
        Program offer = present();
        if (offer != null && hears(cursor)) cursor.viewer().deliver(update(offer));
    }

    /** The facts or the process may be others. */
    void tell() {
        Program offer = present();
        if (Objects.equals(offer, told)) return;
        told = offer;
        audience.forEach(
                cursor -> {
                    if (hears(cursor)) cursor.viewer().deliver(update(offer));
                });
    }

    /** Somebody typed: whoever goes on with something else wants nothing of before. */
    void typed(ByteString bytes) {
        if (facts.offer() != null && isSomethingElse(bytes)) forget();
    }

    /**
     * Takes what is offered in this generation, so that nobody else gets it.
     *
     * @return its line, as it is typed into a shell; null where nothing is offered any more
     */
    @Nullable String take(long generation) {
        Program offer = present();
        if (offer == null || generation != facts.generation()) return null;
        forget();
        return ShellWords.quote(offer.words());
    }

    private void forget() {
        facts.program(null);
        durability.dirty();
        tell();
    }

    private @Nullable Program present() {
        return generations.live() == null ? null : facts.offer();
    }

    private ViewerUpdate update(@Nullable Program offer) {
        List<String> words = offer == null ? List.of() : offer.words();
        return new ViewerUpdate.Offered(
                facts.generation(), words, offer == null ? null : ShellWords.quote(words));
    }

    private static boolean hears(ViewerCursor cursor) {
        return cursor.hears(Feature.RESUME) && !cursor.isReadOnly();
    }

    /** Enter alone asks for a prompt; a report of focus or mouse is no key. */
    private static boolean isSomethingElse(ByteString bytes) {
        if (bytes.length() >= 3 && bytes.at(0) == ESC && bytes.at(1) == '[') {
            byte kind = bytes.at(2);
            boolean isFocus = bytes.length() == 3 && (kind == 'I' || kind == 'O');
            boolean isMouse = kind == 'M' || kind == '<';
            if (isFocus || isMouse) return false;
        }
        for (int i = 0; i < bytes.length(); i++) {
            if (bytes.at(i) != '\r' && bytes.at(i) != '\n') return true;
        }
        return false;
    }
}
