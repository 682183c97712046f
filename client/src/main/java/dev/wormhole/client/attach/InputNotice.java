package dev.wormhole.client.attach;

import org.jspecify.annotations.Nullable;

import java.util.Locale;

/**
 * What is to be said of what is typed: how far a large paste has come, and what reached no process.
 *
 * <p>Owned by the attach thread.
 */
final class InputNotice {

    /** What is smaller is taken before anybody has read about it. */
    static final long LARGE = 512 << 10;

    private long taken;
    private long total;
    private long discarded;

    /** So much of a pile of input was taken; no total: nothing waits. */
    void waits(long nowTaken, long nowTotal) {
        taken = nowTaken;
        total = nowTotal >= LARGE ? nowTotal : 0;
    }

    void discarded(long bytes) {
        total = 0;
        discarded += bytes;
    }

    /** Somebody types on: what was discarded has been read. True if that is news. */
    boolean seen() {
        boolean was = discarded > 0;
        discarded = 0;
        return was;
    }

    /** A few words; null if there is nothing to say. */
    @Nullable String words() {
        if (total > 0)
            return String.format(
                    Locale.ROOT,
                    "pasting, %.1f of %.1f MB taken · Ctrl-C drops the rest",
                    taken / 1e6,
                    total / 1e6);
        if (discarded == 1) return "1 typed byte reached no process";
        return discarded == 0 ? null : discarded + " typed bytes reached no process";
    }
}
