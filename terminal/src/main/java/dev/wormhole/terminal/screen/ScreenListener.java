package dev.wormhole.terminal.screen;

/**
 * What output causes outside the screen. Called during {@link Screen#feed}, in the order of the
 * output, on the thread that feeds; never for the bytes of a snapshot. All methods do nothing by
 * default. Texts hold no control characters and no reordering ones, and have a stated cap.
 */
public interface ScreenListener {

    /** BEL outside of strings. */
    default void bell() {}

    /** OSC 0 or 2, or the title stack (CSI 23 t): at most 256 code points, possibly empty. */
    default void title(String title) {}

    /**
     * OSC 7: an absolute path. The host is as written and may be empty; whose it is, and whether
     * the path exists, is the listener's to judge.
     */
    default void directory(String host, String path) {}

    /**
     * OSC 9 or OSC 777;notify: at most 256 code points of title and 1024 of body, either may be
     * empty.
     */
    default void notification(String title, String body) {}

    /**
     * OSC 52 with data: a program writes a clipboard. Reading one is never answered.
     *
     * @param selection the letters as written, {@code c} when none was
     * @param text decoded, at most 48 KiB, as bytes because programs may send anything
     */
    default void clipboard(String selection, byte[] text) {}

    /** A prompt or command mark (OSC 133) at the cursor. */
    default void mark(MarkKind kind, int exitCode) {}

    /** Mode 2026 ended: what is on the screen now is a whole picture, and may be read. */
    default void pictureEnded() {}

    /** The answer to a query, to type into the process. The array is the listener's. */
    default void reply(byte[] answer) {}
}
