package dev.wormhole.client.cli;

import dev.wormhole.protocol.KeeperEntry;
import dev.wormhole.protocol.MessageCodec;
import dev.wormhole.protocol.OrphanEntry;
import dev.wormhole.protocol.ServerMessage;
import dev.wormhole.protocol.json.Json;
import dev.wormhole.protocol.json.JsonException;

import java.util.Locale;

/** What keepers and orphans look like for people and for scripts. Pure. */
final class KeeperWords {

    private KeeperWords() {}

    /** "0.1.0, process 4711: 7 processes, 35.6 MB", or why it does not answer. */
    static String keeper(KeeperEntry keeper) {
        String who = Words.oneLine(keeper.version()) + ", process " + keeper.pid();
        String problem = keeper.problem();
        if (problem != null) return who + ": " + Words.oneLine(problem);
        String waiting = keeper.heldBytes() == 0 ? "" : ", holds " + megabytes(keeper.heldBytes());
        String disk =
                keeper.spilledBytes() == 0
                        ? ""
                        : ", " + megabytes(keeper.spilledBytes()) + " on the disk";
        return who
                + ": "
                + processes(keeper.processes())
                + (keeper.residentBytes() == 0 ? "" : ", " + megabytes(keeper.residentBytes()))
                + waiting
                + disk;
    }

    static String processes(int number) {
        return number == 1 ? "1 process" : number + " processes";
    }

    /** How an orphan is named on the command line: short, and of no other one of these. */
    static String id(OrphanEntry orphan) {
        return orphan.sessionId() + "." + orphan.generation();
    }

    static String orphan(OrphanEntry orphan) {
        String command = orphan.command().isEmpty() ? "shell" : String.join(" ", orphan.command());
        String name = orphan.name() == null ? "" : orphan.name() + ": ";
        String cwd = orphan.cwd() == null ? "" : " in " + orphan.cwd();
        String state = orphan.ended() ? "ended" : "process " + orphan.pid();
        String reason = orphan.reason() == null ? "" : " (" + orphan.reason() + ")";
        return id(orphan) + "  " + state + "  " + Words.oneLine(name + command + cwd + reason);
    }

    /** The arrays as the server sent them: one form for the wire and for scripts. */
    static Json keepersJson(ServerMessage.Keepers keepers) {
        return part(keepers, "keepers");
    }

    static Json orphansJson(ServerMessage.Keepers keepers) {
        return part(keepers, "orphans");
    }

    private static Json part(ServerMessage.Keepers keepers, String field) {
        try {
            String message = MessageCodec.encode(keepers, null).toUtf8();
            return new Json.Array(Json.parseObject(message).items(field));
        } catch (JsonException e) {
            throw new IllegalStateException("what we wrote cannot be read", e);
        }
    }

    private static String megabytes(long bytes) {
        return String.format(Locale.ROOT, "%.1f MB", bytes / 1e6);
    }
}
