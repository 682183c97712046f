package dev.wormhole.client.cli;

import dev.wormhole.protocol.ServerMessage;
import dev.wormhole.protocol.SessionId;

import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * Reads a task's output from its beginning on by offset, so that each byte is printed once and none
 * is passed over in silence.
 *
 * <p>Owned by the calling thread.
 */
final class TaskReader {

    /** What a step has come to. */
    enum Step {
        MORE,
        /** All was printed, and the task is over. */
        COMPLETE,
        INTERRUPTED
    }

    private final ServerConnection server;
    private final SessionId id;
    private final OutputPrinter printer;
    private long offset;

    TaskReader(ServerConnection server, SessionId id, OutputPrinter printer) {
        this.server = server;
        this.id = id;
        this.printer = printer;
    }

    /** Prints what is there now. */
    void readToNow() throws CliException {
        ServerMessage.TaskOutput piece = server.taskOutput(id, offset);
        // Not the end of later answers: what prints faster than this reads would have none.
        long end = piece.end();
        while (print(piece) && offset < end) piece = server.taskOutput(id, offset);
        printer.finish();
    }

    /** Prints the next piece as soon as there is one. */
    Step step(CompletableFuture<?> interrupted) throws CliException {
        Optional<ServerMessage.TaskOutput> next = server.awaitTaskOutput(id, offset, interrupted);
        if (next.isEmpty()) return Step.INTERRUPTED;
        ServerMessage.TaskOutput piece = next.get();
        print(piece);
        return piece.isComplete() && offset >= piece.end() ? Step.COMPLETE : Step.MORE;
    }

    /** Whether it brought anything. */
    private boolean print(ServerMessage.TaskOutput piece) throws CliException {
        long before = offset;
        if (piece.offset() > offset) printer.gap(piece.offset() - offset);
        printer.print(piece.data().toArray());
        offset = piece.offset() + piece.data().length();
        return offset > before;
    }
}
