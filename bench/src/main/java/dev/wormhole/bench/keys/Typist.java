package dev.wormhole.bench.keys;

import dev.wormhole.bench.window.Display;

import java.io.IOException;
import java.time.Duration;
import java.util.List;

/**
 * Types strokes into a window, with a mark after each that shows where its bytes end. Owned by the
 * thread that types.
 */
final class Typist {

    /** In place of the bytes of a stroke that swallowed the mark. */
    static final String LOST = "LOST";

    private static final Duration PATIENCE = Duration.ofSeconds(1);
    private static final Duration QUIET = Duration.ofMillis(120);
    private static final int ATTEMPTS = 20;

    private final Display display;
    private final Recorder recorder;
    private final long window;
    private String mark = "";

    Typist(Display display, Recorder recorder, long window) {
        this.display = display;
        this.recorder = recorder;
        this.window = window;
    }

    /** Finds out what the mark sends: keyboards and modes change it. */
    void learnMark() throws IOException {
        String last = "";
        for (int i = 0; i < ATTEMPTS; i++) {
            display.focus(window);
            recorder.awaitQuiet(QUIET);
            recorder.take();
            display.strike(List.of(), Stroke.MARK);
            recorder.await(heard -> !heard.isEmpty(), PATIENCE);
            recorder.awaitQuiet(QUIET);
            mark = recorder.take();
            if (!mark.isEmpty() && mark.equals(last)) return;
            last = mark;
        }
        throw new IOException("nothing arrives of what is typed");
    }

    void lock(int code) {
        if (code != 0) display.strike(List.of(), List.of(code));
    }

    /** What a stroke sends, in words. */
    String type(List<Integer> held, Stroke stroke) throws IOException {
        for (int i = 0; i < ATTEMPTS; i++) {
            display.strike(held, stroke.codes());
            display.strike(List.of(), Stroke.MARK);
            boolean isMarked = recorder.await(heard -> heard.endsWith(mark), PATIENCE);
            String heard = recorder.take();
            if (isMarked) return Words.of(heard.substring(0, heard.length() - mark.length()));
            display.strike(List.of(), List.of(Stroke.ESCAPE));
            String last = mark;
            learnMark();
            // Else the terminal had not heard yet of the keyboard of this row.
            if (last.equals(mark)) break;
        }
        return LOST;
    }
}
