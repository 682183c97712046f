package dev.wormhole.server.session;

import dev.wormhole.protocol.ByteString;
import dev.wormhole.server.pty.ClientKey;
import dev.wormhole.server.session.InputGate.Typed;
import dev.wormhole.server.session.SessionCommand.InputResult;

import org.jspecify.annotations.Nullable;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * The way of what is typed into a session to its process: past the gate that keeps pastes whole,
 * numbered or not. Knows neither who may type nor what a generation is about.
 *
 * <p>Owned by the session thread. Times are nanoseconds of a monotonic clock.
 */
final class SessionInput {

    /** What becomes of typed bytes behind the gate. */
    private sealed interface Way {

        record Plain(CompletableFuture<InputResult> answer) implements Way {}

        record Numbered(ClientKey client) implements Way {}
    }

    /** Whose bytes they are: a client that numbers them is the same over any connection. */
    private sealed interface Writer {

        record ByViewer(Viewer viewer) implements Writer {}

        record ByClient(ClientKey client) implements Writer {}
    }

    // Owned by the session thread.
    private final InputGate<Writer, Way> gate = new InputGate<>(this::pass);

    /** Who is told what was taken of a client's input: its newest viewer. */
    private final Map<ClientKey, Viewer> clients = new HashMap<>();

    private NumberedInput numbers = new NumberedInput(this::write);
    private long generation;
    private @Nullable Running process;
    private long now;

    /** The process of this generation takes input. */
    void begin(long newGeneration, Running running) {
        turnTo(newGeneration);
        process = running;
    }

    /** The process takes nothing more; what waits goes nowhere. */
    void end() {
        process = null;
        for (Typed<Writer, Way> typed : gate.clear()) {
            if (typed.what() instanceof Way.Plain(var answer)) answer.complete(InputResult.TAKEN);
        }
    }

    /** A viewer comes, or comes anew; returns how much of its client's input was taken. */
    @Nullable Long enter(Viewer viewer, @Nullable ClientKey client, long ofGeneration) {
        if (client == null) return null;
        turnTo(ofGeneration);
        clients.put(client, viewer);
        return numbers.count(client);
    }

    /** The viewer is gone for good, with the paste that it may be inside. */
    void leave(Viewer viewer, long time) {
        now = time;
        ClientKey client = forget(viewer);
        if (client != null) gate.leave(new Writer.ByClient(client), time);
        gate.leave(new Writer.ByViewer(viewer), time);
    }

    /** Its connection is gone; what its client numbers may go on over another. */
    void lost(Viewer viewer, long time) {
        now = time;
        ClientKey client = forget(viewer);
        if (client != null) gate.away(new Writer.ByClient(client));
        gate.leave(new Writer.ByViewer(viewer), time);
    }

    /** Whose newest viewer it was; null if a newer one of its client has come. */
    private @Nullable ClientKey forget(Viewer viewer) {
        for (Map.Entry<ClientKey, Viewer> each : clients.entrySet()) {
            if (!each.getValue().equals(viewer)) continue;
            ClientKey client = each.getKey();
            clients.remove(client);
            return client;
        }
        return null;
    }

    /**
     * @param viewer null: typed without being attached
     * @param answer completed when the bytes have passed, or are refused
     */
    void type(
            @Nullable Viewer viewer,
            ByteString bytes,
            CompletableFuture<InputResult> answer,
            long time) {
        now = time;
        Writer writer = viewer == null ? null : new Writer.ByViewer(viewer);
        if (!gate.offer(new Typed<>(writer, bytes, new Way.Plain(answer)), time)) {
            answer.complete(InputResult.QUEUE_FULL);
        }
    }

    /** Bytes for the process that runs; those that came before are acknowledged again. */
    void type(ClientKey client, long from, ByteString bytes, long time) {
        now = time;
        ByteString fresh = numbers.fresh(client, from, bytes);
        if (fresh == null) return;
        if (fresh.isEmpty()) tell(client);
        else
            gate.offer(
                    new Typed<>(new Writer.ByClient(client), fresh, new Way.Numbered(client)),
                    time);
    }

    /** The keeper's word on what was taken. */
    void accepted(long ofGeneration, ClientKey client, long count, long time) {
        now = time;
        turnTo(ofGeneration);
        if (numbers.accepted(client, count, time)) tell(client);
    }

    Optional<Long> nextDue() {
        if (process == null) return Optional.empty();
        return Due.earlier(gate.nextDue(), numbers.nextDue());
    }

    void due(long time) {
        now = time;
        if (process == null) return;
        if (gate.nextDue().map(at -> at - time <= 0).orElse(false)) gate.due(time);
        numbers.due(time);
    }

    private void turnTo(long newGeneration) {
        if (newGeneration == generation) return;
        generation = newGeneration;
        end();
        numbers = new NumberedInput(this::write);
    }

    private void pass(Typed<Writer, Way> typed) {
        Running running = process;
        switch (typed.what()) {
            case Way.Plain(var answer) ->
                    answer.complete(
                            running == null || running.write(typed.bytes())
                                    ? InputResult.TAKEN
                                    : InputResult.QUEUE_FULL);
            case Way.Numbered(ClientKey client) -> numbers.type(client, typed.bytes(), now);
        }
    }

    private void write(ClientKey client, long from, ByteString bytes) {
        if (process != null) process.pty().write(client, from, bytes);
    }

    private void tell(ClientKey client) {
        Viewer viewer = clients.get(client);
        if (viewer != null) viewer.deliver(new ViewerUpdate.InputTaken(numbers.count(client)));
    }
}
