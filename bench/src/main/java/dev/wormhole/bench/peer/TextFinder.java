package dev.wormhole.bench.peer;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * Finds a text in bytes that come in pieces. Owned by one thread.
 *
 * <p>By Knuth, Morris and Pratt: each byte is looked at once, so that the end of 100 MB is found
 * while they pass.
 */
final class TextFinder {

    private final byte[] text;
    private final int[] fallback;
    private int matched;

    TextFinder(String text) {
        this.text = text.getBytes(StandardCharsets.UTF_8);
        fallback = new int[this.text.length];
        for (int i = 1, k = 0; i < this.text.length; i++) {
            while (k > 0 && this.text[i] != this.text[k]) k = fallback[k - 1];
            if (this.text[i] == this.text[k]) k++;
            fallback[i] = k;
        }
    }

    /** Whether it has come by now; the buffer is not consumed. */
    boolean find(ByteBuffer bytes) {
        int k = matched;
        for (int i = bytes.position(); i < bytes.limit(); i++) {
            byte b = bytes.get(i);
            while (k > 0 && b != text[k]) k = fallback[k - 1];
            if (b == text[k] && ++k == text.length) {
                matched = 0;
                return true;
            }
        }
        matched = k;
        return false;
    }
}
