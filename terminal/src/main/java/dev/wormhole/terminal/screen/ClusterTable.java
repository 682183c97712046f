package dev.wormhole.terminal.screen;

import org.jspecify.annotations.Nullable;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/**
 * Numbers for the texts of cells that hold more than one code point. As {@link StyleTable} it is
 * swept when full.
 *
 * <p>Owned by the screen's thread.
 */
final class ClusterTable {

    /**
     * Code points of one cell; what a program stacks on top is dropped. The longest emoji sequences
     * in use have ten.
     */
    static final int MAX_LENGTH = 16;

    private static final int FIRST_LIMIT = 4096;

    @SuppressWarnings("ArrayRecordComponent") // equality is its own
    private record Key(int[] codePoints) {
        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof Key key && Arrays.equals(codePoints, key.codePoints);
        }

        @Override
        public int hashCode() {
            return Arrays.hashCode(codePoints);
        }
    }

    private final Map<Key, Integer> ids = new HashMap<>();
    private int[] @Nullable [] clusters = new int[16] @Nullable [];
    private int end;
    private int limit = FIRST_LIMIT;
    private int[] free = new int[0];
    private int freeCount;

    /** The code points; not to be changed. */
    int[] get(int id) {
        int[] cluster = clusters[id];
        if (cluster == null) throw new IllegalStateException("cluster " + id);
        return cluster;
    }

    int id(int[] codePoints) {
        Integer known = ids.get(new Key(codePoints));
        if (known != null) return known;
        int id = freeCount > 0 ? free[--freeCount] : end++;
        if (id == clusters.length) clusters = Arrays.copyOf(clusters, id * 2);
        clusters[id] = codePoints;
        ids.put(new Key(codePoints), id);
        return id;
    }

    int size() {
        return ids.size();
    }

    boolean isFull() {
        return ids.size() >= limit;
    }

    void sweep(Ids used) {
        free = new int[end];
        freeCount = 0;
        for (int id = end - 1; id >= 0; id--) {
            int[] cluster = clusters[id];
            if (cluster != null && used.isUsed(id)) continue;
            if (cluster != null) ids.remove(new Key(cluster));
            clusters[id] = null;
            free[freeCount++] = id;
        }
        limit = Math.max(FIRST_LIMIT, ids.size() * 2);
    }
}
