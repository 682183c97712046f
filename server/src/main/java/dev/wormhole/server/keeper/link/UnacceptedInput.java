package dev.wormhole.server.keeper.link;

import dev.wormhole.protocol.ByteString;
import dev.wormhole.server.keeper.wire.ToKeeper;
import dev.wormhole.server.pty.ClientKey;

import org.jspecify.annotations.Nullable;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * Input for one process that its keeper has not accepted yet, in the order in which it was typed.
 * What has no number of its own is numbered here, as that of one more client: so it too is
 * delivered exactly once when a connection breaks.
 *
 * <p>Guarded by the lock of its {@link ProcessLink}.
 */
final class UnacceptedInput {

    /** Unnumbered input that may wait for a program that does not read: a large paste. */
    static final int MAX_UNNUMBERED = 8 << 20;

    /** Of one client that numbers; its window on the wire is a quarter of this. */
    static final int MAX_NUMBERED = 1 << 20;

    /**
     * Input of one frame. A frame that has gone out in part keeps the connection to itself, and a
     * thread that writes keeps a buffer of this size.
     */
    private static final int PIECE = 16 << 10;

    private record Piece(ClientKey client, long from, ByteString bytes) {

        long end() {
            return from + bytes.length();
        }

        Piece behind(long count) {
            return new Piece(client, count, bytes.slice((int) (count - from), bytes.length()));
        }
    }

    /** Written to the connection that stands. */
    private final Deque<Piece> underWay = new ArrayDeque<>();

    private final Deque<Piece> waiting = new ArrayDeque<>();

    /** Bytes in both queues; those with none are not in here. */
    private final Map<ClientKey, Integer> held = new HashMap<>();

    private ClientKey own = newKey();
    private long ownEnd;

    /** Who was refused, too much waiting; nothing is written until one hears of room. */
    private final Set<ClientKey> refused = new HashSet<>();

    private static ClientKey newKey() {
        return new ClientKey(UUID.randomUUID());
    }

    /** Whether this is what stands for all those who do not number. */
    boolean isOwn(ClientKey client) {
        return client.equals(own);
    }

    /** Queues unnumbered input; false if too much waits, nothing was queued then. */
    boolean add(ByteString bytes) {
        if (held(own) + bytes.length() > MAX_UNNUMBERED) return false;
        queue(new Piece(own, ownEnd, bytes));
        ownEnd += bytes.length();
        return true;
    }

    /** Queues numbered input; false if too much of this client waits, nothing was queued then. */
    boolean add(ClientKey client, long from, ByteString bytes) {
        if (held(client) + bytes.length() > MAX_NUMBERED) return false;
        queue(new Piece(client, from, bytes));
        return true;
    }

    private void queue(Piece piece) {
        if (piece.bytes().isEmpty()) return;
        waiting.add(piece);
        held.merge(piece.client(), piece.bytes().length(), Integer::sum);
    }

    private int held(ClientKey client) {
        return held.getOrDefault(client, 0);
    }

    /** What to write next, null if that is nothing now. It stays here until it was accepted. */
    ToKeeper.@Nullable Input next() {
        if (!refused.isEmpty()) return null;
        Piece piece = waiting.poll();
        if (piece == null) return null;
        if (piece.bytes().length() > PIECE) {
            waiting.addFirst(piece.behind(piece.from() + PIECE));
            piece = new Piece(piece.client(), piece.from(), piece.bytes().slice(0, PIECE));
        }
        underWay.add(piece);
        return new ToKeeper.Input(piece.client(), piece.from(), piece.bytes());
    }

    /**
     * The keeper has taken so much of this client's input. It answers in the order of what was
     * written, so that this is about the oldest under way; an answer to something that was put back
     * since is repeated when that was written again.
     */
    void accepted(ClientKey client, long count) {
        if (refused.contains(client)) refused.clear();
        while (true) {
            Piece oldest = underWay.peek();
            if (oldest == null || !oldest.client().equals(client) || oldest.from() >= count) return;
            underWay.remove();
            if (oldest.end() > count) underWay.addFirst(oldest.behind(count));
            release(client, (int) (Math.min(oldest.end(), count) - oldest.from()));
        }
    }

    /** Too much waits: all that is under way is written again when there is room. */
    void refusedForNow(ClientKey client) {
        if (held(client) > 0) refused.add(client);
        writeAgain();
    }

    /**
     * Bytes between are missing. Mostly they are on their way, having been refused; else the keeper
     * does not know this client's earlier input any more and will never accept the later.
     */
    void refusedForAGap(ClientKey client, long count) {
        if (refused.contains(client) || held(client) == 0) return;
        writeAgain();
        if (first(client) <= count) return;
        if (isOwn(client)) renumber();
        else drop(client);
    }

    /** Number of this client's first byte in here; something of it must be. */
    long first(ClientKey client) {
        return Stream.concat(underWay.stream(), waiting.stream())
                .filter(piece -> piece.client().equals(client))
                .mapToLong(Piece::from)
                .min()
                .orElseThrow();
    }

    /**
     * A new connection stands; the keeper has taken so much of each client. True if that is more
     * than was known.
     */
    boolean beginAgain(Map<ClientKey, Long> counts) {
        long before = total();
        refused.clear();
        writeAgain();
        change(
                piece -> {
                    long count = counts.getOrDefault(piece.client(), 0L);
                    if (piece.from() >= count) return piece;
                    return piece.end() > count ? piece.behind(count) : null;
                });
        return total() < before;
    }

    private long total() {
        return held.values().stream().mapToLong(Integer::longValue).sum();
    }

    void clear() {
        refused.clear();
        underWay.clear();
        waiting.clear();
        held.clear();
    }

    private void writeAgain() {
        while (!underWay.isEmpty()) waiting.addFirst(underWay.removeLast());
    }

    private void renumber() {
        ClientKey before = own;
        own = newKey();
        ownEnd = 0;
        change(
                piece -> {
                    if (!piece.client().equals(before)) return piece;
                    long from = ownEnd;
                    ownEnd += piece.bytes().length();
                    return new Piece(own, from, piece.bytes());
                });
    }

    private void drop(ClientKey client) {
        change(piece -> piece.client().equals(client) ? null : piece);
    }

    /** Replaces each piece that waits; null: it goes. */
    private void change(Function<Piece, @Nullable Piece> replacement) {
        List<Piece> before = List.copyOf(waiting);
        waiting.clear();
        held.clear();
        for (Piece piece : before) {
            Piece after = replacement.apply(piece);
            if (after != null) queue(after);
        }
    }

    private void release(ClientKey client, int bytes) {
        held.computeIfPresent(client, (_, before) -> before == bytes ? null : before - bytes);
    }
}
