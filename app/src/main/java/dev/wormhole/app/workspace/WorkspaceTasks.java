package dev.wormhole.app.workspace;

import dev.wormhole.protocol.ClientMessage;
import dev.wormhole.protocol.ServerMessage;
import dev.wormhole.protocol.SessionId;
import dev.wormhole.protocol.TaskEntry;
import dev.wormhole.protocol.TerminalSize;

import javafx.beans.property.ReadOnlyIntegerProperty;
import javafx.beans.property.ReadOnlyIntegerWrapper;
import javafx.beans.property.ReadOnlyLongProperty;
import javafx.beans.property.ReadOnlyLongWrapper;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;

/**
 * The tasks of a workspace's server: which there are, and what a person wants of them. One that
 * ends while nobody looks at its pane is told quietly, and counted until somebody looks.
 *
 * <p>Owned by the FX thread, but for {@link #output}. What it completes, it completes there.
 */
public final class WorkspaceTasks {

    /** What the tasks ask of their workspace. */
    interface Owner {

        SessionService service();

        /** Shows a task in a pane: in that of its predecessor, where that has ended. */
        void show(SessionId id, @Nullable SessionId predecessor);

        /** Somebody looks at the task's pane. */
        boolean isLookedAt(SessionId id);

        /** The size of the next pane, near enough. */
        TerminalSize nextSize();

        /** What there is to say of a pane's task is new. */
        void described(TaskEntry entry);

        void say(Notice notice);
    }

    private enum Offer {
        UNKNOWN,
        MADE,
        /** The server is one that knows no tasks. */
        NONE
    }

    private final Owner owner;
    private final Executor fx;
    private final TaskList list = new TaskList();
    private final ReadOnlyLongWrapper changes = new ReadOnlyLongWrapper(this, "changes", 0);
    private final ReadOnlyIntegerWrapper unseen = new ReadOnlyIntegerWrapper(this, "unseen", 0);
    private Offer offer = Offer.UNKNOWN;

    WorkspaceTasks(Owner owner, Executor fx) {
        this.owner = owner;
        this.fx = fx;
    }

    /** Why there are no tasks to run or to see now, in a sentence; empty where there are. */
    public Optional<String> refusal() {
        return switch (offer) {
            case MADE -> Optional.empty();
            case UNKNOWN -> Optional.of("Not connected yet: wait for the server.");
            case NONE -> Optional.of("This server is older than tasks: update it to run some.");
        };
    }

    /** Pending and running, the newest first. */
    public List<TaskEntry> active() {
        return list.active();
    }

    /** Those that are over, the last to end first. */
    public List<TaskEntry> recent() {
        return list.recent();
    }

    public Optional<TaskEntry> find(SessionId id) {
        return list.find(id);
    }

    /** Another number after each change. */
    public ReadOnlyLongProperty changesProperty() {
        return changes.getReadOnlyProperty();
    }

    /** How many ended while nobody looked, and were not looked at since. */
    public ReadOnlyIntegerProperty unseenProperty() {
        return unseen.getReadOnlyProperty();
    }

    /** A person looks at the list. */
    public void looked() {
        list.allSeen();
        changed();
    }

    /**
     * Starts a task and shows it in a pane.
     *
     * @param purpose what it is for
     * @param timeLimit milliseconds; null: none
     */
    public CompletableFuture<TaskEntry> start(
            String directory, String purpose, List<String> command, @Nullable Long timeLimit) {
        var request =
                new ClientMessage.TaskStart(
                        directory,
                        purpose,
                        command,
                        null,
                        Map.of(),
                        owner.nextSize(),
                        timeLimit,
                        null);
        return shown(owner.service().startTask(request), null);
    }

    /** Runs it again, as a new task in a pane. */
    public CompletableFuture<TaskEntry> rerun(SessionId id) {
        return shown(owner.service().rerunTask(id), id);
    }

    /** Has its command told to end. */
    public CompletableFuture<TaskEntry> terminate(SessionId id) {
        return owner.service()
                .terminateTask(id)
                .whenCompleteAsync(
                        (entry, problem) -> {
                            // It may have ended since that was said.
                            if (problem == null && !isOver(id)) put(entry);
                        },
                        fx);
    }

    /** Output from an offset on, as much as one message holds. Safe from any thread. */
    public CompletableFuture<ServerMessage.TaskOutput> output(SessionId id, long offset) {
        return owner.service().taskOutput(id, offset, false);
    }

    /** Asks for the list of all; completes on the FX thread, also without an answer. */
    CompletableFuture<?> ask() {
        return owner.service()
                .tasks()
                .handleAsync(
                        (told, problem) -> {
                            // Without an answer: the next connection asks again.
                            if (problem == null) listed(told);
                            return offer;
                        },
                        fx);
    }

    void put(TaskEntry entry) {
        boolean isNews = list.put(entry);
        owner.described(entry);
        if (isNews) ended(entry);
        changed();
    }

    void removed(SessionId id) {
        if (list.remove(id)) changed();
    }

    void seen(SessionId id) {
        if (list.seen(id)) changed();
    }

    private void listed(Optional<List<TaskEntry>> told) {
        offer = told.isPresent() ? Offer.MADE : Offer.NONE;
        List<TaskEntry> entries = told.orElse(List.of());
        List<TaskEntry> news = list.replace(entries);
        entries.forEach(owner::described);
        news.forEach(this::ended);
        changed();
    }

    private CompletableFuture<TaskEntry> shown(
            CompletableFuture<TaskEntry> answer, @Nullable SessionId predecessor) {
        return answer.whenCompleteAsync(
                (entry, problem) -> {
                    if (problem != null) return;
                    // What changed meanwhile was told before this was answered.
                    if (list.find(entry.id()).isEmpty()) put(entry);
                    owner.show(entry.id(), predecessor);
                },
                fx);
    }

    private boolean isOver(SessionId id) {
        return list.find(id).filter(entry -> entry.status().isOver()).isPresent();
    }

    private void ended(TaskEntry entry) {
        if (owner.isLookedAt(entry.id())) return;
        list.missed(entry.id());
        String words = TaskWords.title(entry) + ": " + TaskWords.outcome(entry, Instant.now());
        boolean isBad = TaskWords.tone(entry) == TaskWords.Tone.BAD;
        owner.say(Notice.task(isBad, words, entry.id()));
    }

    private void changed() {
        unseen.set(list.unseen());
        changes.set(changes.get() + 1);
    }
}
