package dev.wormhole.server.keeper.wire;

import dev.wormhole.protocol.ByteString;
import dev.wormhole.protocol.TerminalSize;
import dev.wormhole.server.pty.ClientKey;
import dev.wormhole.server.pty.HeldProcess;
import dev.wormhole.server.pty.ProcessKey;

import org.jspecify.annotations.Nullable;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a keeper says to a server.
 *
 * <p>Immutable.
 */
public sealed interface FromKeeper {

    /**
     * The connection stands.
     *
     * @param startedMillis wall clock
     */
    record Welcome(int protocol, String version, long pid, long startedMillis)
            implements FromKeeper {}

    /** Not this connection; it is closed behind this. */
    record Refused(String message) implements FromKeeper {}

    record Spawned(int ref, ProcessKey key, long pid) implements FromKeeper {}

    record SpawnFailed(int ref, String message) implements FromKeeper {}

    /**
     * A part of the list.
     *
     * @param more another part of the same list follows
     */
    record Processes(int ref, boolean more, List<HeldProcess> processes) implements FromKeeper {
        public Processes {
            processes = List.copyOf(processes);
        }
    }

    /**
     * How the keeper is.
     *
     * @param residentBytes memory of its process, 0 where it cannot be known
     * @param heldBytes output held in memory
     * @param spilledBytes output held on the disk
     */
    record Pong(int ref, long residentBytes, long heldBytes, long spilledBytes, int processes)
            implements FromKeeper {}

    /** Much of this process's output is unconfirmed; told once until a CONFIRM. */
    record FlushDue(ProcessKey key) implements FromKeeper {}

    /** The process is gone, or was never here. */
    record Ended(int ref, ProcessKey key) implements FromKeeper {}

    /**
     * The process's stream begins.
     *
     * @param from offset of the first byte that comes: what was asked for, or the oldest held
     * @param end offset behind the newest byte held
     * @param size the terminal's size now, at {@code end}
     * @param counts how much numbered input of each client was taken
     */
    record Opened(long from, long end, TerminalSize size, Map<ClientKey, Long> counts)
            implements FromKeeper {
        public Opened {
            counts = Collections.unmodifiableMap(new LinkedHashMap<>(counts));
        }
    }

    /** Output, at most {@link Wire#MAX_BYTES}; {@code offset} is that of its first byte. */
    record Bytes(long offset, ByteString bytes) implements FromKeeper {}

    /** The terminal has another size from the byte at this offset on. */
    record Resized(long offset, long event, TerminalSize size) implements FromKeeper {}

    /**
     * The process ended; behind the last byte.
     *
     * @param exitCode 0 to 255; null if a signal ended it
     * @param signal name of that signal, else null
     * @param millis wall clock
     */
    record Exited(long offset, @Nullable Integer exitCode, @Nullable String signal, long millis)
            implements FromKeeper {}

    /**
     * So many bytes of this client's input were taken. Follows each numbered INPUT; unasked, it
     * says that there is room again after a refusal.
     */
    record Accepted(ClientKey client, long count) implements FromKeeper {}

    /**
     * Nothing of an INPUT was taken.
     *
     * @param client null: it was not numbered
     * @param count bytes of this client taken so far
     */
    record InputRefused(@Nullable ClientKey client, long count, Why why) implements FromKeeper {}

    /** Why input was refused; the number stands on the wire. */
    enum Why {
        /** Too much waits for a program that does not read. */
        FULL(0),
        /** Bytes before these have not come. */
        GAP(1);

        private final int code;

        Why(int code) {
            this.code = code;
        }

        int code() {
            return code;
        }

        static Why of(int code) throws WireException {
            for (Why why : values()) if (why.code == code) return why;
            throw new WireException("why: " + code);
        }
    }
}
