package dev.wormhole.app.terminal;

import com.techsenger.jeditermfx.core.RequestOrigin;
import com.techsenger.jeditermfx.core.TerminalDataStream;
import com.techsenger.jeditermfx.core.emulator.JediEmulator;
import com.techsenger.jeditermfx.core.model.JediTerminal;
import com.techsenger.jeditermfx.core.util.TermSize;

import dev.wormhole.protocol.ByteString;
import dev.wormhole.protocol.TerminalSize;
import dev.wormhole.terminal.Parser;
import dev.wormhole.terminal.TerminalModes;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;

/**
 * The thread that folds a stream into a grid: output, sizes and resyncs act at their place among
 * the bytes, even in the middle of an escape sequence.
 *
 * <p>Owned by the emulator thread. The emulator is pulled forward by its own reading, so it is
 * parked inside {@link CharStream} while nothing comes. It has no way to write: what it would
 * answer to a program's query goes nowhere, the server answers.
 */
final class EmulatorLoop {

    private static final Logger log = LoggerFactory.getLogger(EmulatorLoop.class);
    private static final AtomicInteger THREADS = new AtomicInteger();

    /** Many slices; a fraction of a pulse. */
    private static final int PAINTER_PATIENCE_MILLIS = 2;

    private final StreamQueue queue;
    private final Grid grid;
    private final Consumer<String> titled;

    /**
     * Held while the emulator works, given up after each slice. Fair, so that a painter waits for
     * one slice at most: the grid's own lock is taken for every operation, and under a flood a
     * painter would hardly ever get it.
     */
    private final ReentrantLock turn = new ReentrantLock(true);

    // Owned by the emulator thread.
    private final CharStream chars = new CharStream(this::nextSlice);
    private final TerminalModes modeState = new TerminalModes();
    private Parser modeParser = new Parser(modeState);
    private JediTerminal terminal;
    private JediEmulator emulator;
    private ByteString rest = ByteString.EMPTY;
    private StreamItem.@Nullable Resync resync;
    private boolean ended;

    private volatile Modes modes = Modes.INITIAL;

    EmulatorLoop(StreamQueue queue, Grid grid, Consumer<String> titled) {
        this.queue = queue;
        this.grid = grid;
        this.titled = titled;
        terminal = grid.newTerminal();
        emulator = new JediEmulator(chars, terminal);
    }

    void start() {
        Thread.ofPlatform().daemon().name("emulator-" + THREADS.incrementAndGet()).start(this::run);
    }

    /** Safe from any thread. */
    Modes modes() {
        return modes;
    }

    /** Runs it on the calling thread while the emulator stands still between two slices. */
    void whileStill(Runnable action) {
        turn.lock();
        try {
            action.run();
        } finally {
            turn.unlock();
        }
    }

    /**
     * The same for work that can wait: false when the emulator did not stand still soon, because
     * its thread has no processor just now.
     */
    boolean tryWhileStill(Runnable action) {
        try {
            if (!turn.tryLock(PAINTER_PATIENCE_MILLIS, TimeUnit.MILLISECONDS)) return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
        try {
            action.run();
            return true;
        } finally {
            turn.unlock();
        }
    }

    private void run() {
        terminal.addApplicationTitleListener(titled::accept);
        turn.lock();
        try {
            while (!ended) step();
        } finally {
            turn.unlock();
        }
    }

    private void step() {
        try {
            chars.beginStep();
            emulator.next();
        } catch (IOException | RuntimeException e) {
            // A program can send anything, and the emulator trips over some of it: the sequence is
            // lost, the terminal goes on.
            log.debug("emulator: a sequence was given up", e);
        }
        if (!emulator.hasNext()) emulator.resetEof();
        if (resync != null) startOver(resync);
    }

    /** Called by the emulator when it has read everything, wherever it stands. */
    private ByteString nextSlice() throws TerminalDataStream.EOF {
        breathe();
        while (rest.isEmpty()) {
            switch (take()) {
                case StreamItem.Output(var bytes) -> rest = bytes;
                case StreamItem.Resize(var size) -> resize(size);
                case StreamItem.Resync item -> {
                    resync = item;
                    throw new TerminalDataStream.EOF();
                }
                case StreamItem.End _ -> {
                    ended = true;
                    throw new TerminalDataStream.EOF();
                }
            }
        }
        int length = Math.min(CharStream.SLICE, rest.length());
        ByteString slice = rest.slice(0, length);
        rest = rest.slice(length, rest.length());
        readModes(slice);
        return slice;
    }

    private void breathe() {
        turn.unlock();
        turn.lock();
    }

    private StreamItem take() {
        turn.unlock();
        try {
            return queue.take();
        } catch (InterruptedException e) {
            return new StreamItem.End();
        } finally {
            turn.lock();
        }
    }

    private void resize(TerminalSize size) {
        terminal.resize(new TermSize(size.cols(), size.rows()), RequestOrigin.Remote);
    }

    /**
     * A new emulator on an emptied grid: nothing that a program has ever set can be left. The grid
     * is empty when its size changes, so nothing is wrapped anew.
     */
    private void startOver(StreamItem.Resync item) {
        resync = null;
        terminal.useAlternateBuffer(false);
        grid.forgetText();
        resize(item.size());
        terminal = grid.newTerminal();
        terminal.addApplicationTitleListener(titled::accept);
        chars.restart();
        emulator = new JediEmulator(chars, terminal);
        modeState.reset();
        modeParser = new Parser(modeState);
        modes = Modes.INITIAL;
        rest = item.snapshot();
    }

    private void readModes(ByteString slice) {
        byte[] bytes = slice.toArray();
        modeParser.feed(bytes, 0, bytes.length);
        Modes now = Modes.of(modeState);
        if (!now.equals(modes)) modes = now;
    }
}
