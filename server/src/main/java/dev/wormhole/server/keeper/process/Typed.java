package dev.wormhole.server.keeper.process;

import dev.wormhole.protocol.ByteString;
import dev.wormhole.server.pty.ClientKey;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Input on its way to one process, and how much of it each client that numbers its own has given.
 * Whatever a connection repeats after a loss, each byte is taken once.
 *
 * <p>Owned by the loop.
 */
final class Typed implements AutoCloseable {

    /** Clients whose counts are kept; the one that has not typed longest is forgotten. */
    private static final int MOST_CLIENTS = 64;

    /**
     * Numbered input that may wait for the program: more stays with the client, where a Ctrl-C can
     * still drop it.
     */
    private static final int MOST_NUMBERED = 64 << 10;

    /** What became of numbered input. */
    enum Outcome {
        TAKEN,
        FULL,
        GAP
    }

    private final Ring waiting;
    private final int limit;
    private final Map<ClientKey, Long> counts =
            new LinkedHashMap<>(4, 0.75f, true) {
                @Override
                protected boolean removeEldestEntry(Map.Entry<ClientKey, Long> eldest) {
                    return size() > MOST_CLIENTS;
                }
            };
    private final Set<ClientKey> refused = new HashSet<>(2);

    Typed(Chunks memory, int limit) {
        waiting = new Ring(memory, 0, limit);
        this.limit = limit;
    }

    /** Takes bytes of nobody; false: they do not fit, and none was taken. */
    boolean take(ByteString bytes) {
        long before = waiting.end();
        if (waiting.size() + bytes.length() > limit) return false;
        int taken = 0;
        while (taken < bytes.length()) {
            MemorySegment room = waiting.room();
            if (room == null) break;
            int count = (int) Math.min(room.byteSize(), bytes.length() - taken);
            byte[] piece = bytes.slice(taken, taken + count).toArray();
            MemorySegment.copy(piece, 0, room, ValueLayout.JAVA_BYTE, 0, count);
            waiting.added(count);
            taken += count;
        }
        if (taken == bytes.length()) return true;
        waiting.takeBack(before);
        return false;
    }

    /** Takes what of the client's bytes from this number on was not taken before. */
    Outcome take(ClientKey client, long from, ByteString bytes) {
        long count = counts.getOrDefault(client, 0L);
        if (from > count) return Outcome.GAP;
        if (from + bytes.length() <= count) return Outcome.TAKEN;
        ByteString fresh = bytes.slice((int) (count - from), bytes.length());
        boolean fits = isEmpty() || waiting.size() + fresh.length() <= numberedLimit();
        if (!fits || !take(fresh)) {
            refused.add(client);
            return Outcome.FULL;
        }
        counts.put(client, count + fresh.length());
        refused.remove(client);
        return Outcome.TAKEN;
    }

    private int numberedLimit() {
        return Math.min(limit, MOST_NUMBERED);
    }

    long count(ClientKey client) {
        return counts.getOrDefault(client, 0L);
    }

    Map<ClientKey, Long> counts() {
        return Collections.unmodifiableMap(counts);
    }

    boolean isEmpty() {
        return waiting.size() == 0;
    }

    long bytesInMemory() {
        return waiting.size();
    }

    /** The next bytes for the program, at least one. */
    MemorySegment next(int most) {
        return waiting.at(waiting.first(), most);
    }

    void written(int count) {
        waiting.forget(waiting.first() + count);
    }

    /** Clients that were refused for want of room, once there is much of it again. */
    List<ClientKey> welcomeAgain() {
        if (refused.isEmpty() || waiting.size() > numberedLimit() / 2) return List.of();
        var again = new ArrayList<>(refused);
        refused.clear();
        return again;
    }

    /** Nobody will read it any more. */
    @Override
    public void close() {
        waiting.close();
    }
}
