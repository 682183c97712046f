package dev.wormhole.server;

import dev.wormhole.protocol.KeeperEntry;
import dev.wormhole.protocol.OrphanEntry;
import dev.wormhole.protocol.ServerMessage;
import dev.wormhole.protocol.SessionId;
import dev.wormhole.server.KeptProcesses.Orphan;
import dev.wormhole.server.connection.KeeperDesk;
import dev.wormhole.server.keeper.link.KeeperStatus;
import dev.wormhole.server.pty.HeldProcess;
import dev.wormhole.server.pty.ProcessKey;
import dev.wormhole.server.session.OrphanNote;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * What clients are told of the keepers, and what they may do to processes without a session.
 *
 * <p>Safe from any thread.
 */
record KeeperInventory(KeptProcesses kept) implements KeeperDesk {

    @Override
    public CompletableFuture<ServerMessage.Keepers> look() {
        return kept.keepers()
                .status()
                .thenCombine(
                        kept.orphans(),
                        (keepers, orphans) ->
                                new ServerMessage.Keepers(
                                        keepers.stream().map(KeeperInventory::entry).toList(),
                                        orphans.stream().map(KeeperInventory::entry).toList()));
    }

    @Override
    public CompletableFuture<Void> endOrphan(SessionId session, long generation) {
        var key = new ProcessKey(session, generation);
        if (kept.keepers().ending().contains(key)) return kept.endOrphan(key);
        return held(key)
                .thenCompose(
                        orphan ->
                                orphan.isPresent()
                                        ? kept.endOrphan(key)
                                        : kept.keepers()
                                                .list()
                                                .thenAccept(all -> refuseIfHeld(all, key)));
    }

    @Override
    public CompletableFuture<Void> adoptOrphan(SessionId session, long generation) {
        var key = new ProcessKey(session, generation);
        return held(key)
                .thenCompose(
                        orphan ->
                                kept.adoptOrphan(
                                        orphan.orElseThrow(
                                                () ->
                                                        new IllegalArgumentException(
                                                                "no process without a session"
                                                                        + " is called that"))));
    }

    private CompletableFuture<Optional<HeldProcess>> held(ProcessKey key) {
        return kept.orphans()
                .thenApply(
                        orphans ->
                                orphans.stream()
                                        .map(Orphan::process)
                                        .filter(process -> process.key().equals(key))
                                        .findFirst());
    }

    private static void refuseIfHeld(List<HeldProcess> all, ProcessKey key) {
        if (all.stream().anyMatch(process -> process.key().equals(key)))
            throw new IllegalArgumentException(
                    "the process has its session: destroy that to end it");
    }

    private static KeeperEntry entry(KeeperStatus keeper) {
        return new KeeperEntry(
                keeper.name(),
                keeper.version(),
                keeper.pid(),
                keeper.own(),
                keeper.startedMillis() == 0 ? null : (Long) keeper.startedMillis(),
                keeper.processes(),
                keeper.residentBytes(),
                keeper.heldBytes(),
                keeper.spilledBytes(),
                keeper.problem());
    }

    private static OrphanEntry entry(Orphan orphan) {
        HeldProcess process = orphan.process();
        OrphanNote note = OrphanNote.parse(process.note());
        return new OrphanEntry(
                process.key().session(),
                process.key().generation(),
                process.pid(),
                process.ended(),
                note.name(),
                note.cwd(),
                note.createdAt() == 0 ? null : (Long) note.createdAt(),
                note.command(),
                orphan.reason());
    }
}
