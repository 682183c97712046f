package dev.wormhole.server.pty;

/** Starts processes. Safe from any thread; blocks for the 10 to 30 ms that a spawn takes. */
public interface PtyFactory {

    /**
     * Starts the process; the listener hears nothing before this returns the Pty.
     *
     * @param label ends the names of the process's threads
     */
    Pty spawn(ProcessSpec spec, String label, PtyListener listener) throws PtySpawnException;
}
