package dev.wormhole.server.session;

import dev.wormhole.protocol.SessionEntry;
import dev.wormhole.protocol.SessionId;
import dev.wormhole.protocol.SessionKind;
import dev.wormhole.protocol.TerminalSize;

import org.jspecify.annotations.Nullable;

/**
 * What is known of a session beside its output: the mutable form of {@link SessionRecord}.
 *
 * <p>Owned by the session thread.
 */
final class SessionFacts {

    private final SessionRecord origin;
    private final boolean isStored;
    private @Nullable String name;
    private @Nullable String cwd;
    private @Nullable String title;
    private long lastActiveAt;
    private TerminalSize size;
    private long generation;
    private long base;
    private @Nullable ExitStatus exit;
    private @Nullable Long pid;
    private boolean saysItsDirectory;
    private @Nullable Program program;
    private @Nullable TaskRecord task;

    SessionFacts(SessionRecord record, boolean isStored) {
        origin = record;
        this.isStored = isStored;
        name = record.name();
        cwd = record.cwd();
        title = record.title();
        lastActiveAt = record.lastActiveAt();
        size = record.size();
        generation = record.generation();
        base = record.base();
        exit = record.exit();
        program = record.program();
        task = record.task();
    }

    SessionId id() {
        return origin.id();
    }

    /** Whether anything of it is written to a disk. */
    boolean isStored() {
        return isStored;
    }

    SessionKind kind() {
        return origin.kind();
    }

    @Nullable String name() {
        return name;
    }

    void name(@Nullable String newName) {
        name = newName;
    }

    @Nullable String cwd() {
        return cwd;
    }

    void cwd(String directory) {
        cwd = directory;
    }

    /**
     * The shell told its directory (OSC 7): from now on that counts, not the foreground process's.
     */
    void saidDirectory(String directory) {
        cwd = directory;
        saysItsDirectory = true;
    }

    boolean saysItsDirectory() {
        return saysItsDirectory;
    }

    void title(String newTitle) {
        title = newTitle.isEmpty() ? null : newTitle;
    }

    TerminalSize size() {
        return size;
    }

    void resize(TerminalSize newSize) {
        size = newSize;
    }

    void active(long millis) {
        lastActiveAt = millis;
    }

    long generation() {
        return generation;
    }

    long base() {
        return base;
    }

    long lastActiveAt() {
        return lastActiveAt;
    }

    /** What stands in the foreground of the shell, or did when that was lost; null: nothing. */
    @Nullable Program program() {
        return program;
    }

    void program(@Nullable Program next) {
        program = next;
    }

    /** The program that a former process was lost with, offered to be run again; null: none. */
    @Nullable Program offer() {
        return program != null && program.isOver() ? program : null;
    }

    /** What makes it a task; null where it is none. */
    @Nullable TaskRecord task() {
        return task;
    }

    void task(TaskRecord next) {
        task = next;
    }

    void beginGeneration(long newGeneration, long newBase) {
        program = null;
        generation = newGeneration;
        base = newBase;
        exit = null;
        pid = null;
        saysItsDirectory = false;
    }

    void pid(long newPid) {
        pid = newPid;
    }

    void exited(ExitStatus status) {
        // A shell that ended by itself left nothing undone.
        if (!status.equals(ExitStatus.LOST)) program = null;
        exit = status;
        pid = null;
    }

    SessionRecord record(OutputLog output) {
        return new SessionRecord(
                id(),
                name,
                cwd,
                title,
                origin.createdAt(),
                lastActiveAt,
                size,
                kind(),
                origin.command(),
                origin.env(),
                origin.createId(),
                generation,
                base,
                output.end(),
                output.nextEvent(),
                exit,
                program,
                task);
    }

    SessionEntry entry(int viewers, SessionState state) {
        boolean exited =
                state instanceof SessionState.Exited || state instanceof SessionState.Destroyed;
        Integer exitCode =
                state instanceof SessionState.Exited(ExitStatus status) ? status.exitCode() : null;
        return new SessionEntry(
                id(),
                name,
                cwd,
                title,
                origin.createdAt(),
                lastActiveAt,
                viewers,
                exited,
                exitCode,
                size,
                pid,
                origin.command(),
                kind(),
                isStored);
    }
}
