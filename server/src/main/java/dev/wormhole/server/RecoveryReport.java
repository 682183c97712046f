package dev.wormhole.server;

import dev.wormhole.protocol.RecoveredSession;
import dev.wormhole.protocol.ServerMessage;
import dev.wormhole.server.pty.HeldProcess;
import dev.wormhole.server.pty.ProcessKey;
import dev.wormhole.server.session.Checkpoint;
import dev.wormhole.server.session.ExitStatus;
import dev.wormhole.server.session.OrphanNote;
import dev.wormhole.server.session.SessionRecord;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** What a start of the server brought back, as clients are told it. Pure. */
final class RecoveryReport {

    private RecoveryReport() {}

    /**
     * @param at epoch milliseconds
     * @param damage what could not be read of the store, a sentence each
     */
    static ServerMessage.Recovery of(
            long at, List<Checkpoint> checkpoints, RollCall call, List<String> damage) {
        var reattached = new ArrayList<RecoveredSession>();
        var recreated = new ArrayList<RecoveredSession>();
        var exited = new ArrayList<RecoveredSession>();
        for (Checkpoint checkpoint : checkpoints) {
            SessionRecord session = checkpoint.record();
            ExitStatus exit = session.exit();
            if (call.adopted().containsKey(new ProcessKey(session.id(), session.generation())))
                reattached.add(line(session, null));
            else if (exit == null || exit.equals(ExitStatus.LOST))
                recreated.add(line(session, reason(session)));
            else exited.add(line(session, null));
        }
        for (HeldProcess process : call.unstored()) reattached.add(line(process, null));
        return new ServerMessage.Recovery(at, reattached, recreated, exited, lost(call, damage));
    }

    private static String reason(SessionRecord session) {
        String why = "process ended with its keeper or the machine";
        return session.task() == null ? why : "the task has failed: its " + why;
    }

    private static List<RecoveredSession> lost(RollCall call, List<String> damage) {
        Stream<RecoveredSession> unread =
                damage.stream().map(sentence -> new RecoveredSession(null, null, sentence));
        Stream<RecoveredSession> orphans =
                call.orphans().stream()
                        .map(
                                process ->
                                        line(
                                                process,
                                                "the store has lost it, its process goes on:"
                                                        + " wormhole orphans"));
        Stream<RecoveredSession> newer =
                call.newer().stream()
                        .map(
                                process ->
                                        line(
                                                process,
                                                "the store has an older state of it, its process"
                                                        + " goes on: wormhole orphans"));
        return Stream.of(unread, orphans, newer).flatMap(lines -> lines).toList();
    }

    private static RecoveredSession line(SessionRecord session, @Nullable String reason) {
        return new RecoveredSession(session.id(), session.name(), reason);
    }

    private static RecoveredSession line(HeldProcess process, @Nullable String reason) {
        return new RecoveredSession(
                process.key().session(), OrphanNote.parse(process.note()).name(), reason);
    }
}
