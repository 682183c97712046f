package dev.wormhole.server.testkit;

import dev.wormhole.client.attach.TerminalDevice;
import dev.wormhole.protocol.TerminalSize;
import dev.wormhole.terminal.screen.Screen;
import dev.wormhole.terminal.screen.ScreenListener;

import org.jspecify.annotations.Nullable;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;

/**
 * A person's terminal: a Screen that shows what is written, and answers queries as terminals do.
 *
 * <p>Safe from any thread.
 */
public final class FakeTerminal implements TerminalDevice {

    private final BlockingQueue<byte[]> keys = new LinkedBlockingQueue<>();
    private final ByteArrayOutputStream answers = new ByteArrayOutputStream();
    private final AtomicBoolean isRaw = new AtomicBoolean();

    // Guarded by this.
    private final Screen screen;
    private byte @Nullable [] next;
    private @Nullable Runnable resized;

    public FakeTerminal(TerminalSize size) {
        var answering =
                new ScreenListener() {
                    @Override
                    public void reply(byte[] answer) {
                        answers.writeBytes(answer);
                    }
                };
        screen = new Screen(size.cols(), size.rows(), 10_000, answering);
    }

    public void type(String text) {
        keys.add(text.getBytes(StandardCharsets.UTF_8));
    }

    public void resize(TerminalSize size) {
        Runnable handler;
        synchronized (this) {
            screen.resize(size.cols(), size.rows());
            handler = resized;
        }
        if (handler != null) handler.run();
    }

    public synchronized <T> T look(Function<Screen, T> look) {
        return look.apply(screen);
    }

    /** All rows, with line ends. */
    public String shown() {
        return look(
                shown -> {
                    var text = new StringBuilder();
                    for (int y = 0; y < shown.rows(); y++) text.append(shown.text(y)).append('\n');
                    return text.toString();
                });
    }

    public boolean isRaw() {
        return isRaw.get();
    }

    /** What this terminal was made to answer. */
    public synchronized String answers() {
        return answers.toString(StandardCharsets.ISO_8859_1);
    }

    @Override
    public boolean isInteractive() {
        return true;
    }

    @Override
    public synchronized Optional<TerminalSize> size() {
        return Optional.of(new TerminalSize(screen.columns(), screen.rows()));
    }

    @Override
    public void enterRaw() {
        isRaw.set(true);
    }

    @Override
    public void leaveRaw() {
        isRaw.set(false);
    }

    @Override
    public void awaitKeys() {
        try {
            byte[] typed = keys.take();
            synchronized (this) {
                next = typed;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public synchronized int read(byte[] buffer) {
        byte[] typed = next;
        // No bytes: the terminal was closed.
        if (typed == null || typed.length == 0) return -1;
        System.arraycopy(typed, 0, buffer, 0, typed.length);
        next = null;
        return typed.length;
    }

    @Override
    public synchronized void write(byte[] bytes) {
        screen.feed(bytes, 0, bytes.length);
    }

    @Override
    public synchronized void onResize(Runnable changed) {
        resized = changed;
    }
}
