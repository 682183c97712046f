package dev.wormhole.terminal;

import java.nio.charset.StandardCharsets;

/**
 * Knows of a row of typed bytes, cut anywhere, whether it stands inside a bracketed paste: behind
 * {@code ESC [ 200 ~} and before {@code ESC [ 201 ~} (ctlseqs, "Bracketed Paste Mode").
 *
 * <p>Not safe for several threads.
 */
public final class PasteTracker {

    /** Both marks up to the digit that tells them apart. */
    private static final byte[] COMMON = "\033[20".getBytes(StandardCharsets.US_ASCII);

    private static final byte ESC = 0x1b;

    private boolean inside;

    /** Bytes of a mark that were seen. */
    private int matched;

    private boolean begins;

    /** The next byte that is typed. */
    public void accept(byte b) {
        if (matched < COMMON.length) {
            matched = b == COMMON[matched] ? matched + 1 : b == ESC ? 1 : 0;
        } else if (matched == COMMON.length && (b == '0' || b == '1')) {
            begins = b == '0';
            matched++;
        } else if (matched > COMMON.length && b == '~') {
            inside = begins;
            matched = 0;
        } else {
            matched = b == ESC ? 1 : 0;
        }
    }

    /** Behind the beginning of a paste, and not behind its end. */
    public boolean isInside() {
        return inside;
    }

    /** Behind the first bytes of what may become a mark. */
    public boolean isInMark() {
        return matched > 0;
    }
}
