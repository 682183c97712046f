package dev.wormhole.server.session;

import dev.wormhole.protocol.ByteString;
import dev.wormhole.protocol.ClientMessage;
import dev.wormhole.protocol.ErrorCode;
import dev.wormhole.protocol.SessionEntry;
import dev.wormhole.protocol.TaskReason;
import dev.wormhole.protocol.TerminalSize;
import dev.wormhole.server.pty.ClientKey;
import dev.wormhole.server.pty.HeldProcess;
import dev.wormhole.server.pty.Pty;

import org.jspecify.annotations.Nullable;

import java.util.concurrent.CompletableFuture;

/** What the session thread can be asked. */
public sealed interface SessionCommand {

    /**
     * Waits, in order, while the next generation is being started or a size is under way: nobody
     * may see the stream then. A viewer that leaves must not overtake its own attach, or it would
     * stay for ever.
     */
    sealed interface InTurn extends SessionCommand {}

    /** First message of a new session: commit, spawn, answer. The viewer is its creator. */
    record Start(Viewer viewer, AttachRequest request) implements SessionCommand {}

    /**
     * First message of a new task: commit, answer, spawn.
     *
     * @param answer fails with a {@link StoreException} if it cannot be made durable
     */
    record StartTask(CompletableFuture<SessionRecord> answer) implements SessionCommand {}

    record Attach(Viewer viewer, AttachRequest request) implements InTurn {}

    record Detach(Viewer viewer) implements InTurn {}

    /** The viewer's connection was lost: it goes, its vote stays for a while. */
    record Lost(Viewer viewer) implements InTurn {}

    /** There is room for a viewer that was told there was none. */
    record Ready(Viewer viewer) implements SessionCommand {}

    /** A viewer tells what only it can know. */
    record State(Viewer viewer, ClientMessage.ViewerState news) implements InTurn {}

    /** A viewer's screen is not the session's. */
    record Refresh(Viewer viewer) implements SessionCommand {}

    /** Somebody wants lines of the scrollback. */
    record ReadHistory(CompletableFuture<HistoryView> answer) implements SessionCommand {}

    record Resize(Viewer viewer, @Nullable TerminalSize size) implements InTurn {}

    /**
     * The answer is false when the program's input queue is full; null viewer: typed without
     * attaching.
     */
    record Input(@Nullable Viewer viewer, ByteString bytes, CompletableFuture<InputResult> answer)
            implements InTurn {}

    /**
     * Input that its client numbers, for one generation.
     *
     * @param from number of the first byte
     */
    record NumberedInput(
            Viewer viewer,
            ClientKey client,
            long generation,
            long from,
            ByteString bytes,
            CompletableFuture<InputResult> answer)
            implements InTurn {}

    /** What a viewer wants of the program that is offered in this generation. */
    record AnswerOffer(Viewer viewer, long generation, boolean run) implements InTurn {}

    record Rename(String name, CompletableFuture<Void> answer) implements SessionCommand {}

    /** From the checkpointer: the new name is durable, or is not. */
    record Renamed(
            @Nullable String before,
            String name,
            @Nullable Throwable failure,
            CompletableFuture<Void> answer)
            implements SessionCommand {}

    record Respawn(@Nullable Long ifGeneration, CompletableFuture<RespawnResult> answer)
            implements InTurn {}

    record Destroy(CompletableFuture<Void> answer) implements SessionCommand {}

    record Describe(CompletableFuture<SessionEntry> answer) implements SessionCommand {}

    /** From the checkpointer: what is new since the last time? */
    record Collect(CompletableFuture<Increment> answer) implements SessionCommand {}

    /**
     * Destroys the session if nobody can want it any more: it has exited, has no name and no
     * viewers, and was last active before this moment, in epoch milliseconds. The answer is whether
     * that was so.
     */
    record Clean(long activeBefore, CompletableFuture<Boolean> answer) implements SessionCommand {}

    /** From the checkpointer: this state of the task is durable, or is not. */
    record TaskStored(TaskState state, @Nullable Throwable failure) implements SessionCommand {}

    /** At the start of the server: nobody has the task's process. */
    record TaskLost() implements SessionCommand {}

    /** Tells the task's command to end; the answer is false where it does not run. */
    record Terminate(TaskReason reason, CompletableFuture<Boolean> answer) implements InTurn {}

    /**
     * Reads the output of a task by offset.
     *
     * @param count bytes at most
     * @param waits where there is none: answered when there is, or will be none any more
     */
    record ReadOutput(long offset, int count, boolean waits, CompletableFuture<TaskRead> answer)
            implements SessionCommand {}

    /** From the checkpointer: all of a task that is over is stored, or is not. */
    record Retire(@Nullable Throwable failure) implements SessionCommand {}

    /** From the keeper: much of its output is not stored. */
    record FlushDue() implements SessionCommand {}

    /** From the checkpointer: the last increment is committed. */
    record Stored() implements SessionCommand {}

    /** From the checkpointer: the last increment was not committed. */
    record RollBack() implements SessionCommand {}

    /** From the checkpointer: the generation that was being started is durable, or is not. */
    record Committed(long generation, @Nullable Throwable failure) implements SessionCommand {}

    /** From the checkpointer: the session's tombstone is durable, or is not. */
    record Tombstoned(@Nullable Throwable failure, CompletableFuture<Void> answer)
            implements SessionCommand {}

    /** After a restart of the server: go on with the process that a keeper still holds. */
    record Adopt(HeldProcess held, CompletableFuture<Void> caughtUp) implements SessionCommand {}

    /**
     * From the keeper: the process of this generation runs, or could not be started or found.
     *
     * @param pty null if it failed
     */
    record Spawned(long generation, @Nullable Pty pty, @Nullable Throwable failure)
            implements SessionCommand {}

    /** What a process, through its keeper, tells. Never refused a place in the mailbox. */
    sealed interface OfProcess extends SessionCommand {

        long generation();
    }

    /**
     * @param offset of the first byte in the session's output
     */
    record Output(long generation, long offset, ByteString bytes) implements OfProcess {}

    /** The terminal has this size from here on. */
    record Resized(long generation, long event, TerminalSize size) implements OfProcess {}

    /** So much of a client's numbered input was taken. */
    record Accepted(long generation, ClientKey client, long count) implements OfProcess {}

    /**
     * @param at wall clock, milliseconds; negative: now
     */
    record Ended(long generation, ExitStatus status, long at) implements OfProcess {

        public Ended(long generation, ExitStatus status) {
            this(generation, status, -1);
        }
    }

    /**
     * The server stops: nothing from the process counts any more, so that the last checkpoint is
     * the last word.
     */
    record Freeze(CompletableFuture<Void> answer) implements SessionCommand {}

    /** After the last checkpoint: end the thread. The process goes on. */
    record Stop(CompletableFuture<Void> answer) implements SessionCommand {}

    /** What became of input. */
    enum InputResult {
        TAKEN,
        READ_ONLY,
        QUEUE_FULL
    }

    /** What became of a respawn. */
    sealed interface RespawnResult {

        /**
         * @param before it was running already: whoever is attached has heard of it
         */
        record Done(long generation, long offset, long event, boolean before)
                implements RespawnResult {}

        /** The generation named is not the current one. */
        record Stale(long generation) implements RespawnResult {}

        record Failed(SpawnFailure failure) implements RespawnResult {}
    }

    /** Why a generation did not start. */
    record SpawnFailure(ErrorCode code, String message) {}
}
