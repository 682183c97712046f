package dev.wormhole.app.dialog;

import java.util.Locale;

/** Numbers of bytes in words. Pure. */
final class Sizes {

    private static final int KIB = 1 << 10;
    private static final int MIB = 1 << 20;

    private Sizes() {}

    static String words(long bytes) {
        if (bytes < KIB) return bytes == 1 ? "1 byte" : bytes + " bytes";
        if (bytes < MIB) return bytes / KIB + " KiB";
        return String.format(Locale.ROOT, "%.1f MiB", (double) bytes / MIB);
    }
}
