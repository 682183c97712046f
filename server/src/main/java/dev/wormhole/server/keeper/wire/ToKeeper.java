package dev.wormhole.server.keeper.wire;

import dev.wormhole.protocol.ByteString;
import dev.wormhole.protocol.TerminalSize;
import dev.wormhole.server.pty.ClientKey;
import dev.wormhole.server.pty.ProcessKey;

import org.jspecify.annotations.Nullable;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a server says to a keeper. HELLO opens every connection; what follows depends on its role. A
 * {@code ref} is any number of the server's, repeated in the answer.
 *
 * <p>Immutable.
 */
public sealed interface ToKeeper {

    /**
     * First on every connection; answered by WELCOME or REFUSED.
     *
     * @param token of the keeper's file when it listens on loopback, else empty
     */
    record Hello(int protocol, Role role, ByteString token, String version) implements ToKeeper {}

    /**
     * Control: starts a process, or finds the one that this key was started as. Answered by SPAWNED
     * or SPAWN_FAILED.
     *
     * @param origin where in the session's output the first byte will stand
     * @param event number of the session's next event
     * @param neverSpill its output must not be written to a disk
     * @param note for the list, opaque to the keeper, at most {@link Wire#MAX_NOTE} bytes
     */
    record Spawn(
            int ref,
            ProcessKey key,
            long origin,
            long event,
            TerminalSize size,
            boolean neverSpill,
            String cwd,
            List<String> command,
            Map<String, String> env,
            String note)
            implements ToKeeper {
        public Spawn {
            command = List.copyOf(command);
            env = Collections.unmodifiableMap(new LinkedHashMap<>(env));
            if (command.isEmpty()) throw new IllegalArgumentException("command: empty");
        }
    }

    /** Control: answered by one or more PROCESSES. */
    record ListProcesses(int ref) implements ToKeeper {}

    /** Control: hangs up and forgets. Answered by ENDED when the process is gone. */
    record End(int ref, ProcessKey key) implements ToKeeper {}

    /**
     * Control: how to start the server again when it goes without STOPPING.
     *
     * @param restart false: never
     * @param spillLimit bytes of output of one process that may be written to the disk while no
     *     server is there
     */
    record Server(
            boolean restart,
            long spillLimit,
            String cwd,
            List<String> command,
            Map<String, String> env)
            implements ToKeeper {
        public Server {
            command = List.copyOf(command);
            env = Collections.unmodifiableMap(new LinkedHashMap<>(env));
            if (restart && command.isEmpty()) throw new IllegalArgumentException("command: empty");
        }
    }

    /** Control: the server ends in order and is not to be started again. */
    record Stopping() implements ToKeeper {}

    /** Control: ends every process, as END does, and the keeper. */
    record Shutdown() implements ToKeeper {}

    /** Control: answered by PONG. */
    record Ping(int ref) implements ToKeeper {}

    /**
     * Process, first: what follows is about this process. Answered by OPENED, or by REFUSED when it
     * is not known.
     *
     * @param from offset of the first byte wanted
     * @param event number of the first change of size wanted
     */
    record Open(ProcessKey key, long from, long event) implements ToKeeper {}

    /**
     * Process: bytes for the program, at most {@link Wire#MAX_BYTES}.
     *
     * @param client who numbers them; null: nobody, they are taken as they come
     * @param from number of the first of them
     */
    record Input(@Nullable ClientKey client, long from, ByteString bytes) implements ToKeeper {}

    /** Process: another size; RESIZED tells where it took effect. */
    record Resize(long event, TerminalSize size) implements ToKeeper {}

    /** Process: bytes before the offset and changes of size before the event may be forgotten. */
    record Confirm(long offset, long event) implements ToKeeper {}

    /** Process: a signal to the terminal's foreground process group. */
    record Signal(int number) implements ToKeeper {}

    /** Process: hangs up; the end is told as any other. */
    record HangUp() implements ToKeeper {}

    /** Process: its end is stored; an ended process may go. */
    record Forget() implements ToKeeper {}
}
