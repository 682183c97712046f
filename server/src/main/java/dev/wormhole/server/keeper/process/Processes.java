package dev.wormhole.server.keeper.process;

import dev.wormhole.server.keeper.wire.ToKeeper;
import dev.wormhole.server.pty.NativeProcess;
import dev.wormhole.server.pty.ProcessKey;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * All processes of the keeper, by their keys, from the wish to start one until it is forgotten; and
 * the one server that asks for them.
 *
 * <p>Owned by the loop.
 */
final class Processes {

    private static final Logger log = LoggerFactory.getLogger(Processes.class);

    /** A process that the spawner has been asked for. */
    private static final class Starting {
        private final ToKeeper.Spawn spawn;
        private final List<Integer> refs = new ArrayList<>(1);
        private final List<Integer> endRefs = new ArrayList<>(0);
        private boolean unwanted;

        private Starting(ToKeeper.Spawn spawn) {
            this.spawn = spawn;
        }
    }

    private final Loop loop;
    private final Spawner spawner;
    private final ServerStarter starter;
    private final Map<ProcessKey, Starting> starting = new LinkedHashMap<>();
    private final Map<ProcessKey, KeptProcess> kept = new LinkedHashMap<>();

    /** Who waits for the end of which process. */
    private final Map<ProcessKey, List<Integer>> endRefs = new LinkedHashMap<>();

    private @Nullable ControlPeer control;
    private boolean closing;

    Processes(Loop loop, Spawner spawner, ServerStarter starter) {
        this.loop = loop;
        this.spawner = spawner;
        this.starter = starter;
    }

    // --- the server

    boolean serverIsThere() {
        return control != null;
    }

    long spillLimit() {
        return starter.spillLimit();
    }

    /** This one is the server from now on; the former connection is closed. */
    void serverCame(ControlPeer next) {
        ControlPeer former = control;
        control = next;
        if (former != null) former.replaced();
        starter.serverCame();
        for (KeptProcess process : List.copyOf(kept.values())) process.serverCame();
    }

    void serverWent(ControlPeer former) {
        if (control != former) return;
        control = null;
        if (!closing) starter.serverWent();
        for (KeptProcess process : List.copyOf(kept.values())) process.mayGoOn();
    }

    void words(ToKeeper.Server words) {
        starter.words(words);
    }

    void serverStops() {
        starter.serverStops();
    }

    void flushDue(ProcessKey key) {
        ControlPeer server = control;
        if (server != null) server.flushDue(key);
    }

    // --- starting

    void spawn(ToKeeper.Spawn spawn) {
        ControlPeer server = control;
        KeptProcess there = kept.get(spawn.key());
        if (there != null) {
            if (server != null) server.spawned(spawn.ref(), there);
            return;
        }
        if (closing) {
            if (server != null) server.notSpawned(spawn.ref(), "the keeper is ending");
            return;
        }
        Starting before = starting.get(spawn.key());
        if (before != null) {
            before.refs.add(spawn.ref());
            return;
        }
        var start = new Starting(spawn);
        start.refs.add(spawn.ref());
        starting.put(spawn.key(), start);
        spawner.start(spawn);
    }

    void started(ProcessKey key, NativeProcess process) {
        Starting start = starting.remove(key);
        if (start == null) throw new IllegalStateException("nobody asked for " + key);
        var there = new KeptProcess(loop, this, start.spawn, process);
        kept.put(key, there);
        log.info(
                "{} {}: started, pid {}", key.session().shortForm(), key.generation(), there.pid());
        ControlPeer server = control;
        if (server != null) {
            for (int ref : start.refs) server.spawned(ref, there);
            server.flush();
        }
        if (start.unwanted || closing) end(key, start.endRefs);
    }

    void notStarted(ProcessKey key, String message) {
        Starting start = starting.remove(key);
        if (start == null) throw new IllegalStateException("nobody asked for " + key);
        ControlPeer server = control;
        if (server == null) return;
        for (int ref : start.refs) server.notSpawned(ref, message);
        for (int ref : start.endRefs) server.ended(ref, key);
        server.flush();
    }

    Set<ProcessKey> starting() {
        return Collections.unmodifiableSet(starting.keySet());
    }

    // --- asking

    Optional<KeptProcess> find(ProcessKey key) {
        return Optional.ofNullable(kept.get(key));
    }

    Collection<KeptProcess> all() {
        return Collections.unmodifiableCollection(kept.values());
    }

    /** Neither a process, ended or not, nor one to come. */
    boolean isEmpty() {
        return kept.isEmpty() && starting.isEmpty();
    }

    // --- memory

    /** Moves output to the disk so that there is memory for this one; false: it has to wait. */
    boolean makeRoomFor(KeptProcess process) {
        if (process.spill()) return true;
        if (process.output().bytesInMemory() > 0) return false;
        return kept.values().stream()
                .max(Comparator.comparingLong(other -> other.output().bytesInMemory()))
                .map(KeptProcess::spill)
                .orElse(false);
    }

    /** Memory was given back: whoever found none may go on. */
    void memoryIsThere() {
        for (KeptProcess process : List.copyOf(kept.values())) process.mayGoOn();
    }

    // --- ending

    /** Answered when the process is gone. */
    void end(int ref, ProcessKey key) {
        Starting start = starting.get(key);
        if (start != null) {
            start.unwanted = true;
            start.endRefs.add(ref);
            return;
        }
        end(key, List.of(ref));
    }

    private void end(ProcessKey key, List<Integer> refs) {
        KeptProcess process = kept.get(key);
        if (process == null) {
            answerEnded(key, refs);
            return;
        }
        endRefs.computeIfAbsent(key, _ -> new ArrayList<>(1)).addAll(refs);
        if (process.isFinished()) forget(process);
        else process.discard();
    }

    /** A process has ended and all its output was read. */
    void finished(KeptProcess process) {
        if (closing || endRefs.containsKey(process.key())) forget(process);
    }

    /** Its end is stored; one that lives stays. */
    void forget(KeptProcess process) {
        if (!process.isFinished() || kept.remove(process.key()) == null) return;
        process.forget();
        List<Integer> refs = endRefs.remove(process.key());
        if (refs != null) answerEnded(process.key(), refs);
    }

    private void answerEnded(ProcessKey key, List<Integer> refs) {
        ControlPeer server = control;
        if (server != null) for (int ref : refs) server.ended(ref, key);
    }

    /** Ends all; what is started meanwhile ends as well. */
    void close() {
        if (closing) return;
        closing = true;
        starter.cancel();
        for (KeptProcess process : List.copyOf(kept.values())) end(process.key(), List.of());
    }

    boolean isClosing() {
        return closing;
    }

    /** At the end of the loop: what is still there, when it did not end in order, is killed. */
    void abandon() {
        kept.values().forEach(KeptProcess::abandon);
        kept.clear();
    }
}
