package dev.wormhole.server.checkpoint;

import dev.wormhole.protocol.ByteString;
import dev.wormhole.protocol.SessionId;
import dev.wormhole.protocol.SessionKind;
import dev.wormhole.protocol.TerminalSize;
import dev.wormhole.server.session.Checkpoint;
import dev.wormhole.server.session.ExitStatus;
import dev.wormhole.server.session.Increment;
import dev.wormhole.server.session.Mark;
import dev.wormhole.server.session.NewScreen;
import dev.wormhole.server.session.RingBuffer;
import dev.wormhole.server.session.ScreenImage;
import dev.wormhole.server.session.SealedLines;
import dev.wormhole.server.session.SessionRecord;
import dev.wormhole.server.session.SessionStore;
import dev.wormhole.server.session.StoredScreen;
import dev.wormhole.server.session.TaskOutputIncrement;
import dev.wormhole.server.session.TaskOutputPart;
import dev.wormhole.server.session.TaskRecord;
import dev.wormhole.server.session.TaskState;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;

/**
 * A session as the store sees it: a ring, a record, and answers by the rules of {@link
 * SessionStore.Source}.
 *
 * <p>Safe from any thread.
 */
final class FakeSession implements SessionStore.Source {

    /** How it answers when it is asked. */
    enum Answer {
        AT_ONCE,
        NEVER,
        FAILS,
        THROWS
    }

    static final RingBuffer.Caps CAPS = new RingBuffer.Caps(200_000, 1_000);

    /**
     * What the store was given.
     *
     * @param events those that it keeps
     */
    private record Collected(
            long offset,
            long event,
            @Nullable StoredScreen screen,
            List<SealedLines> blocks,
            List<Mark> events) {}

    private SessionRecord record;
    private final RingBuffer ring;
    private boolean complete;
    private Collected collected;
    private Collected collectedBefore;
    private final FakeScreen screen = new FakeScreen();
    private long nextEvent;
    private Answer answer = Answer.AT_ONCE;
    private int collects;
    private int rollBacks;
    private @Nullable CompletableFuture<Increment> unanswered;

    /** Parts of a task's output that are not stored yet. */
    private final List<TaskOutputPart> parts = new ArrayList<>();

    /** So many of them the store was given. */
    private int givenParts;

    private long headEnd = Long.MAX_VALUE;
    private long tailStart;

    private FakeSession(SessionRecord record, RingBuffer ring, boolean complete) {
        this.record = record;
        this.ring = ring;
        this.complete = complete;
        this.nextEvent = record.nextEvent();
        this.collected = new Collected(ring.end(), nextEvent, null, List.of(), List.of());
        this.collectedBefore = collected;
    }

    static FakeSession plain() {
        return new FakeSession(record(SessionId.random()), new RingBuffer(CAPS), true);
    }

    static FakeSession task(TaskState state) {
        return task(SessionId.random(), 1, state);
    }

    static FakeSession task(SessionId id, long createdAt, TaskState state) {
        var session = plain();
        var plain = session.record;
        session.record =
                new SessionRecord(
                        id,
                        plain.name(),
                        plain.cwd(),
                        plain.title(),
                        createdAt,
                        createdAt + 1,
                        plain.size(),
                        SessionKind.TASK,
                        List.of("make", "check"),
                        Map.of("CI", "1"),
                        null,
                        1,
                        0,
                        0,
                        0,
                        null,
                        null,
                        new TaskRecord("/repo", "check all", null, null, state));
        return session;
    }

    static FakeSession restored(Checkpoint checkpoint) {
        var session =
                new FakeSession(
                        checkpoint.record(),
                        RingBuffer.fromSnapshot(checkpoint.ring()),
                        checkpoint.complete());
        ScreenImage image = checkpoint.image();
        session.collected =
                new Collected(
                        session.ring.end(),
                        session.nextEvent,
                        image.screen(),
                        image.blocks(),
                        image.events());
        session.screen.restore(image.blocks());
        return session;
    }

    /** Every field of the record is something else than its default, or null. */
    static FakeSession random(Random random) {
        var session = plain();
        session.record = randomRecord(random);
        session.nextEvent = session.record.nextEvent();
        session.collected = new Collected(0, session.nextEvent, null, List.of(), List.of());
        for (int i = random.nextInt(40); i > 0; i--) {
            byte[] bytes = new byte[1 + random.nextInt(6_000)];
            if (random.nextBoolean()) random.nextBytes(bytes);
            session.write(ByteString.copyOf(bytes));
            if (random.nextInt(20) == 0)
                session.ring.skipTo(session.ring.end() + 1L + random.nextInt(100));
            if (random.nextInt(4) == 0) session.resize(random);
            if (random.nextInt(4) == 0) session.seal(random);
        }
        if (random.nextInt(4) != 0) session.showScreen(random);
        return session;
    }

    private static SessionRecord randomRecord(Random random) {
        List<ExitStatus> exits =
                List.of(ExitStatus.LOST, ExitStatus.exited(-3), ExitStatus.signalled("SIGKILL"));
        SessionKind[] kinds = SessionKind.values();
        SessionKind kind = kinds[random.nextInt(kinds.length)];
        return new SessionRecord(
                new SessionId(new UUID(random.nextLong(), random.nextLong())),
                text(random),
                text(random),
                text(random),
                random.nextLong(1L << 53),
                random.nextLong(1L << 53),
                TerminalSize.clamped(random.nextInt(3_000), random.nextInt(2_000)),
                kind,
                random.nextBoolean() ? List.of() : List.of("sh", "-c", "a \"b\" 'c'\\\n", ""),
                random.nextBoolean() ? Map.of() : Map.of("A", "", "É=", "x\0y\u2028", "b", "€"),
                text(random),
                random.nextLong(1L << 53),
                random.nextLong(1L << 53),
                0,
                random.nextLong(1L << 53),
                random.nextBoolean() ? null : exits.get(random.nextInt(exits.size())),
                null,
                kind == SessionKind.TASK ? randomTask(random) : null);
    }

    /** One that goes on. */
    private static TaskRecord randomTask(Random random) {
        return new TaskRecord(
                "/" + text(random),
                Objects.requireNonNullElse(text(random), ""),
                random.nextBoolean() ? null : random.nextLong(1L << 53),
                random.nextBoolean() ? null : SessionId.random(),
                random.nextBoolean()
                        ? new TaskState.Pending()
                        : new TaskState.Running(random.nextLong(1L << 53)));
    }

    private static @Nullable String text(Random random) {
        List<String> texts = List.of("", "build", "näme €\uD83D\uDE00", "nul \0 inside", "'\"; --");
        return random.nextInt(4) == 0 ? null : texts.get(random.nextInt(texts.size()));
    }

    private static SessionRecord record(SessionId id) {
        return new SessionRecord(
                id,
                "name",
                "/",
                null,
                1,
                2,
                new TerminalSize(80, 24),
                SessionKind.SHELL,
                List.of(),
                Map.of(),
                null,
                1,
                0,
                0,
                0,
                null);
    }

    synchronized void write(String text) {
        write(ByteString.utf8(text));
    }

    synchronized void write(ByteString bytes) {
        int before = ring.totalBytes();
        ring.append(bytes);
        complete &= ring.totalBytes() == before + bytes.length();
    }

    synchronized void resize(Random random) {
        var size = TerminalSize.clamped(2 + random.nextInt(200), 1 + random.nextInt(100));
        screen.events.add(
                random.nextInt(5) == 0
                        ? new Mark.Respawned(ring.end(), nextEvent++, random.nextInt(100))
                        : new Mark.Resized(ring.end(), nextEvent++, size));
    }

    /** More lines leave the screen for good. */
    synchronized void seal(Random random) {
        screen.seal(1 + random.nextInt(256), random);
    }

    /** The oldest lines are over the limit. */
    synchronized void evictLines(int blocks) {
        for (int i = 0; i < blocks && !screen.blocks.isEmpty(); i++) screen.blocks.removeFirst();
    }

    /** A session that does not keep to the port. */
    synchronized void neverShowScreen() {
        screen.broken = true;
    }

    /** The next increment holds a screen. */
    synchronized void showScreen(Random random) {
        screen.due = true;
        screen.snapshot = FakeScreen.bytes(random, 4_000);
    }

    synchronized void rename(String name) {
        var old = record;
        record =
                new SessionRecord(
                        old.id(),
                        name,
                        old.cwd(),
                        old.title(),
                        old.createdAt(),
                        old.lastActiveAt(),
                        old.size(),
                        old.kind(),
                        old.command(),
                        old.env(),
                        old.createId(),
                        old.generation(),
                        old.base(),
                        old.nextOffset(),
                        old.nextEvent(),
                        old.exit(),
                        old.program(),
                        old.task());
    }

    synchronized void becomes(TaskState state) {
        var old = record;
        TaskRecord task = old.task();
        if (task == null) throw new IllegalStateException("no task");
        record =
                new SessionRecord(
                        old.id(),
                        old.name(),
                        old.cwd(),
                        old.title(),
                        old.createdAt(),
                        old.lastActiveAt(),
                        old.size(),
                        old.kind(),
                        old.command(),
                        old.env(),
                        old.createId(),
                        old.generation(),
                        old.base(),
                        old.nextOffset(),
                        old.nextEvent(),
                        old.exit(),
                        old.program(),
                        new TaskRecord(
                                task.repo(),
                                task.task(),
                                task.timeLimit(),
                                task.predecessor(),
                                state));
    }

    /** A part of its output is to be kept. */
    synchronized void keep(long offset, ByteString bytes) {
        parts.add(new TaskOutputPart(offset, bytes));
    }

    /** What lies between is kept no longer. */
    synchronized void forget(long from, long to) {
        headEnd = from;
        tailStart = to;
    }

    synchronized void answers(Answer how) {
        answer = how;
    }

    /** Answers what was asked while it did not. */
    synchronized void answerNow() {
        answer = Answer.AT_ONCE;
        var waiting = unanswered;
        unanswered = null;
        if (waiting != null) waiting.complete(increment());
    }

    synchronized boolean wasAsked() {
        return unanswered != null;
    }

    @Override
    public SessionId id() {
        return record.id();
    }

    @Override
    public synchronized CompletableFuture<Increment> collect() {
        collects++;
        return switch (answer) {
            case AT_ONCE -> CompletableFuture.completedFuture(increment());
            case NEVER -> {
                unanswered = new CompletableFuture<>();
                yield unanswered;
            }
            case FAILS -> CompletableFuture.failedFuture(new IllegalStateException("gone"));
            case THROWS -> throw new IllegalStateException("broken");
        };
    }

    @Override
    public synchronized void stored() {
        parts.subList(0, givenParts).clear();
        givenParts = 0;
    }

    @Override
    public synchronized void rollBack() {
        rollBacks++;
        givenParts = 0;
        rollBackQuietly();
    }

    private void rollBackQuietly() {
        if (!Objects.equals(collected.screen(), collectedBefore.screen())) screen.due = true;
        collected = collectedBefore;
    }

    synchronized int collects() {
        return collects;
    }

    synchronized int rollBacks() {
        return rollBacks;
    }

    private Increment increment() {
        collectedBefore = collected;
        StoredScreen before = collected.screen();
        // What the port promises: output behind the stored screen is never evicted without a new
        // one.
        if (before != null && ring.start() > before.offset()) screen.due = !screen.broken;
        List<Mark> events =
                screen.events.stream().filter(event -> number(event) >= collected.event()).toList();
        NewScreen shown =
                screen.due
                        ? screen.show(
                                ring.end(),
                                nextEvent,
                                record.size(),
                                before == null ? 0 : end(collected.blocks()))
                        : null;
        StoredScreen now = shown == null ? before : shown.screen();
        collected =
                new Collected(
                        ring.end(),
                        nextEvent,
                        now,
                        shown == null ? collected.blocks() : List.copyOf(screen.blocks),
                        kept(events, shown, now));
        givenParts = parts.size();
        return new Increment(
                currentRecord(),
                ring.start(),
                complete,
                ring.entriesFrom(collectedBefore.offset()),
                events,
                shown,
                record.task() == null ? null : new TaskOutputIncrement(parts, headEnd, tailStart));
    }

    private List<Mark> kept(
            List<Mark> events, @Nullable NewScreen shown, @Nullable StoredScreen now) {
        var all = new ArrayList<>(collected.events());
        all.addAll(events);
        if (events.isEmpty() && shown == null) return all;
        long start = now == null ? ring.start() : Math.min(ring.start(), now.offset());
        long anchor =
                all.stream()
                        .filter(each -> each instanceof Mark.Resized && each.offset() < start)
                        .mapToLong(FakeSession::number)
                        .max()
                        .orElse(-1);
        all.removeIf(each -> number(each) < anchor);
        return all;
    }

    private static long end(List<SealedLines> blocks) {
        return blocks.isEmpty() ? 0 : blocks.getLast().endLine();
    }

    static long number(Mark mark) {
        return switch (mark) {
            case Mark.Resized resized -> resized.event();
            case Mark.Respawned respawned -> respawned.event();
            case Mark.Exited _ -> throw new AssertionError("no event");
        };
    }

    private SessionRecord currentRecord() {
        return new SessionRecord(
                record.id(),
                record.name(),
                record.cwd(),
                record.title(),
                record.createdAt(),
                record.lastActiveAt(),
                record.size(),
                record.kind(),
                record.command(),
                record.env(),
                record.createId(),
                record.generation(),
                record.base(),
                ring.end(),
                nextEvent,
                record.exit(),
                record.program(),
                record.task());
    }

    /** What a restart has to give back. */
    synchronized Checkpoint checkpoint(boolean afterCrash) {
        // As if it had been collected just now.
        int given = givenParts;
        increment();
        Collected stored = collected;
        rollBackQuietly();
        givenParts = given;
        RingBuffer.Snapshot tail = ring.serialize();
        return new Checkpoint(
                currentRecord(),
                tail,
                complete,
                afterCrash,
                new ScreenImage(stored.screen(), stored.blocks(), stored.events(), tail.entries()));
    }
}
