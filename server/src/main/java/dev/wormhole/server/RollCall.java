package dev.wormhole.server;

import dev.wormhole.protocol.SessionId;
import dev.wormhole.server.pty.HeldProcess;
import dev.wormhole.server.pty.ProcessKey;
import dev.wormhole.server.session.OrphanNote;
import dev.wormhole.server.session.SessionRecord;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * What is to become of the processes that keepers hold when a server starts. Pure.
 *
 * @param adopted those that a stored session goes on with
 * @param ended those whose session has another by now, has stored their end, or was destroyed
 * @param orphans those of sessions that the store does not know; they are shown, and ended or
 *     adopted by choice
 * @param newer those of sessions that the store knows with an older process only, the oldest first;
 *     treated as orphans
 * @param unstored the newest one of each session that is not to be stored: it goes on with that
 */
record RollCall(
        Map<ProcessKey, HeldProcess> adopted,
        List<HeldProcess> ended,
        List<HeldProcess> orphans,
        List<HeldProcess> newer,
        List<HeldProcess> unstored) {

    static RollCall of(
            List<HeldProcess> held, List<SessionRecord> sessions, Collection<SessionId> destroyed) {
        Map<SessionId, SessionRecord> known =
                sessions.stream().collect(Collectors.toMap(SessionRecord::id, Function.identity()));
        Set<SessionId> gone = Set.copyOf(destroyed);
        var adopted = new HashMap<ProcessKey, HeldProcess>();
        var ended = new ArrayList<HeldProcess>();
        var orphans = new ArrayList<HeldProcess>();
        var newer = new ArrayList<HeldProcess>();
        var unstored = new HashMap<SessionId, HeldProcess>();
        for (HeldProcess process : held) {
            ProcessKey key = process.key();
            SessionRecord session = known.get(key.session());
            if (session == null && gone.contains(key.session())) {
                ended.add(process);
            } else if (session == null && !OrphanNote.parse(process.note()).isStored()) {
                HeldProcess other = unstored.get(key.session());
                boolean isNewest = other == null || other.key().generation() < key.generation();
                if (isNewest) unstored.put(key.session(), process);
                if (other != null) ended.add(isNewest ? other : process);
            } else if (session == null) {
                orphans.add(process);
            } else if (key.generation() > session.generation()) {
                // A generation is stored before it is started: this store is an older copy.
                newer.add(process);
            } else if (key.generation() < session.generation() || session.exit() != null) {
                ended.add(process);
            } else {
                adopted.put(key, process);
            }
        }
        newer.sort(Comparator.comparingLong(process -> process.key().generation()));
        return new RollCall(
                Map.copyOf(adopted),
                List.copyOf(ended),
                List.copyOf(orphans),
                List.copyOf(newer),
                List.copyOf(unstored.values()));
    }
}
