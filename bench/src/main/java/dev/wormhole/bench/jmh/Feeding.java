package dev.wormhole.bench.jmh;

import dev.wormhole.bench.Corpus;
import dev.wormhole.terminal.screen.Screen;
import dev.wormhole.terminal.screen.ScreenListener;

/** What the benchmarks share. Pure. */
final class Feeding {

    /** Bytes of output an invocation handles; with microseconds a score is then in MB/s. */
    static final int BYTES = 4_000_000;

    /** As a pseudo-terminal gives them: one read is a page at most. */
    static final int CHUNK = 4096;

    private Feeding() {}

    static Screen screen(int historyLines) {
        return new Screen(80, 24, historyLines, new ScreenListener() {});
    }

    /** A screen with so many lines of mixed text above it. */
    static Screen filled(int lines) {
        Screen screen = screen(lines);
        feed(screen, Corpus.MIXED.lines(lines + 24));
        return screen;
    }

    static void feed(Screen screen, byte[] output) {
        for (int at = 0; at < output.length; at += CHUNK) {
            screen.feed(output, at, Math.min(CHUNK, output.length - at));
        }
    }
}
