package dev.wormhole.client.cli;

import dev.wormhole.protocol.MessageCodec;
import dev.wormhole.protocol.ServerMessage;
import dev.wormhole.protocol.StoreProblem;
import dev.wormhole.protocol.json.Json;
import dev.wormhole.protocol.json.JsonException;
import dev.wormhole.protocol.json.JsonObject;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;

/** How a server's store is doing, for people and for scripts. Pure. */
public final class StoreWords {

    private StoreWords() {}

    /** What is wrong, what to do, and what a crash would lose; null while all is stored. */
    public static @Nullable String trouble(ServerMessage.StoreState store, Instant now) {
        if (store.problem() == null) return null;
        String what = store.problem() == StoreProblem.FULL ? "output" : "nothing";
        String verb = store.problem() == StoreProblem.FULL ? " is not stored" : " is stored";
        return what
                + verb
                + age(store.since(), now, " for ")
                + ": "
                + Words.oneLine(String.valueOf(store.message()))
                + " "
                + loss(store, now);
    }

    /** The same in few words; null while all is stored and nothing was found damaged. */
    public static @Nullable String brief(ServerMessage.StoreState store, Instant now) {
        if (store.problem() != null) return "not stored" + age(store.since(), now, " for ");
        return store.warnings().isEmpty() ? null : "damage was found";
    }

    /** What was found damaged at the start, and where to read of it. */
    public static String damage(ServerMessage.StoreState store) {
        String found = String.join(" ", store.warnings());
        return Words.oneLine(store.report() == null ? found : found + " See " + store.report());
    }

    /** "A crash would lose output of 2 sessions, the oldest 3 min 2 s old." */
    private static String loss(ServerMessage.StoreState store, Instant now) {
        if (store.sessions() == 0) return "A crash now would lose nothing.";
        return "A crash would lose output of "
                + Words.count(store.sessions(), "session")
                + age(store.oldestAt(), now, ", the oldest ")
                + (store.oldestAt() == null ? "." : " old.");
    }

    /** One line for {@code status}. */
    static String line(ServerMessage.StoreState store, Instant now) {
        String trouble = trouble(store, now);
        if (trouble != null) return trouble;
        String last =
                store.lastStoredAt() == null
                        ? "works; nothing was to be stored so far"
                        : "works; stored last" + age(store.lastStoredAt(), now, " ") + " ago";
        return last + size(store);
    }

    private static String size(ServerMessage.StoreState store) {
        Long bytes = store.bytes();
        if (bytes == null) return "";
        Long limit = store.limit();
        boolean isLarge = limit != null && bytes > limit;
        return "; "
                + Words.megabytes(bytes)
                + (isLarge ? ", more than store.bytes: 'wormhole clean' lists what can go" : "");
    }

    private static String age(@Nullable Long since, Instant now, String before) {
        return since == null
                ? ""
                : before + Words.duration(Duration.between(Instant.ofEpochMilli(since), now));
    }

    /** The message as the server sent it: one form for the wire and for scripts. */
    static JsonObject json(ServerMessage.StoreState store) {
        try {
            JsonObject message = Json.parseObject(MessageCodec.encode(store, null).toUtf8());
            var fields = new LinkedHashMap<>(message.fields());
            fields.remove("type");
            return new JsonObject(fields);
        } catch (JsonException e) {
            throw new IllegalStateException("what we wrote cannot be read", e);
        }
    }
}
