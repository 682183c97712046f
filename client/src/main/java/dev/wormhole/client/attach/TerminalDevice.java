package dev.wormhole.client.attach;

import dev.wormhole.protocol.TerminalSize;

import java.io.IOException;
import java.util.Optional;

/**
 * The terminal that this process was started in: its mode, its size, its keyboard and its screen.
 * The seam for tests.
 */
public interface TerminalDevice {

    /** Whether both the keyboard and the screen are this terminal. */
    boolean isInteractive();

    /** Empty where there is no terminal or it does not know. */
    Optional<TerminalSize> size();

    /** Hands every key over as it is typed, unechoed; remembers the mode that was set before. */
    void enterRaw() throws IOException;

    /** Sets the remembered mode again; nothing without one. */
    void leaveRaw();

    /** Waits until {@link #read} has something to give, or the end; takes nothing. */
    void awaitKeys() throws IOException;

    /** What was typed so far, at least one byte; -1 when the terminal is gone. */
    int read(byte[] buffer) throws IOException;

    /** Unbuffered, whole, in order. */
    void write(byte[] bytes) throws IOException;

    /** Calls whenever the size may have changed, on a thread of the system's. */
    void onResize(Runnable changed);
}
