package dev.wormhole.server.pty;

import dev.wormhole.protocol.ByteString;
import dev.wormhole.protocol.TerminalSize;

import org.jspecify.annotations.Nullable;

import java.util.List;

/**
 * One process on its pseudo-terminal, held by a keeper.
 *
 * <p>Safe from any thread; no method blocks. Nothing happens once the process has ended.
 */
public interface Pty {

    long pid();

    /**
     * Queues input for the process, in order. False when too much waits because the process does
     * not read: nothing was queued then.
     */
    boolean write(ByteString bytes);

    /**
     * Queues input that its client has numbered; what of it was taken before is dropped. {@link
     * PtyListener#accepted} tells how far the client has come then, also when nothing was taken
     * because too much waits or because bytes between are missing.
     *
     * @param from number of the first of these bytes, from 0 at the process's start
     */
    void write(ClientKey client, long from, ByteString bytes);

    /**
     * Asks for another size; the process gets SIGWINCH. {@link PtyListener#resized} tells where in
     * the output it took effect.
     *
     * @param event number of the event that this will be
     */
    void resize(long event, TerminalSize size);

    /**
     * The listener has dealt with an output of so many bytes: others may come. Whoever does not say
     * so throttles its process: at most 256 KiB or 1024 outputs are told ahead.
     */
    void handled(int bytes);

    /**
     * Output before this offset and size changes before this event are stored, or will never have
     * to be asked for again: the keeper may forget them.
     */
    void confirm(long offset, long event);

    /** The end of the process is stored: the keeper may forget all of it. */
    void forget();

    /**
     * * Sends a signal to the process's own group and to the one in the terminal's foreground; a
     * SIGKILL to every process of its session, where that can be known.
     */
    void signal(int number);

    /**
     * Ends it: SIGHUP to the process, as when a terminal goes away, and SIGKILL to its group 2 s
     * later. The keeper forgets it then, and the listener hears nothing more.
     */
    void hangUp();

    /**
     * The directory of the terminal's foreground process, from /proc; null where it cannot be
     * known.
     */
    @Nullable String foregroundDirectory();

    /**
     * The command line of the program in the terminal's foreground, from /proc, of a group its
     * first process. Empty where that is the process itself, or the words cannot be used; null
     * where it cannot be known, also when the terminal was just hung up.
     */
    @Nullable List<String> foregroundCommand();
}
