package dev.wormhole.server.connection;

import dev.wormhole.protocol.ByteString;
import dev.wormhole.protocol.CloseCode;
import dev.wormhole.protocol.ErrorCode;
import dev.wormhole.protocol.ServerMessage.TaskOutput;
import dev.wormhole.protocol.SessionId;
import dev.wormhole.protocol.TaskEntry;
import dev.wormhole.protocol.TaskStatus;
import dev.wormhole.protocol.json.Json;
import dev.wormhole.protocol.json.JsonException;
import dev.wormhole.protocol.json.JsonObject;
import dev.wormhole.server.task.TaskException;
import dev.wormhole.server.task.TaskService;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/**
 * One socket at {@code /connect/{id}}: a task's output from its beginning, then live, and what is
 * typed into it, as JSON text messages. Knows no channels, and of the task what {@link TaskService}
 * says.
 *
 * <p>Owned by the {@code task-viewer-<n>} thread; what the library calls ({@link #text}, {@link
 * #binary}, {@link #taken}, {@link #closed}) is safe from any thread and only enqueues.
 *
 * <p>It asks for the next piece of output only when the socket has taken enough of the last ones:
 * one that stalls holds {@link #MAX_HANDED} and a piece, and holds back nobody.
 */
final class TaskViewer implements Runnable {

    private static final Logger log = LoggerFactory.getLogger(TaskViewer.class);

    /** Bytes of output in one message; as JSON, controls take six characters each. */
    static final int PIECE = 16 << 10;

    /** Bytes that the library may hold when more output is asked for. */
    static final int MAX_HANDED = 64 << 10;

    /** Of messages to a client that takes none, and of messages from one that types too fast. */
    private static final int MAX_WAITING_BYTES = 4 << 20;

    /** What a waiting message weighs beside its text. */
    private static final int OVERHEAD = 64;

    /** How long a message may lie in the library before it is looked after; see {@link Outbox}. */
    private static final long LOOK_MILLIS = 20;

    /** So long after the last message the socket is looked after. */
    private static final Duration LOOK_AFTER = Duration.ofSeconds(1);

    /** Nothing taken for so long: the client is gone or asleep. */
    static final Duration STALL = Outbox.STALL;

    private static final int NORMAL = 1000;
    private static final int INTERNAL_ERROR = 1011;

    /** The socket behind a viewer. */
    interface Socket {

        /** Queues one text message; never waits. */
        void send(String message);

        void close(int code, String reason);

        /** Has the library look whether something waits that the socket would take. */
        void nudge();
    }

    private sealed interface Event {

        record Said(String text) implements Event {}

        record SaidBinary() implements Event {}

        record Printed(TaskOutput output) implements Event {}

        record Looked(TaskEntry entry) implements Event {}

        record Failed(Throwable cause) implements Event {}

        record NotTyped(Throwable cause) implements Event {}

        record Room() implements Event {}

        record Closed() implements Event {}
    }

    private final SessionId task;
    private final TaskService tasks;
    private final Socket socket;
    private final LongSupplier ticker;
    private final BlockingQueue<Event> mailbox = new LinkedBlockingQueue<>();
    private final AtomicInteger waitingBytes = new AtomicInteger();

    /** Bytes that the library holds. */
    private final AtomicInteger handed = new AtomicInteger();

    /** When the socket took something last, or was empty. */
    private final AtomicLong takenAt = new AtomicLong();

    private final AtomicBoolean waitsForRoom = new AtomicBoolean();

    // Owned by the viewer's thread.
    private boolean closing;
    private long sentAt;
    private final Utf8Pieces utf8 = new Utf8Pieces();
    private long offset;
    private boolean asked;
    private boolean ended;
    private @Nullable CompletableFuture<TaskOutput> pending;

    TaskViewer(SessionId task, TaskService tasks, Socket socket, LongSupplier ticker) {
        this.task = task;
        this.tasks = tasks;
        this.socket = socket;
        this.ticker = ticker;
        this.sentAt = ticker.getAsLong();
    }

    /** A message of the client. */
    void text(String message) {
        post(new Event.Said(message), message.length());
    }

    /** A binary message of the client; there is none in this protocol. */
    void binary() {
        post(new Event.SaidBinary(), 0);
    }

    private void post(Event event, int length) {
        if (waitingBytes.addAndGet(OVERHEAD + length) > MAX_WAITING_BYTES)
            tooSlow("more than 4 MiB of messages waited to be read");
        else mailbox.add(event);
    }

    /** The socket took bytes; called by the library's selector. */
    void taken(int bytes) {
        takenAt.set(ticker.getAsLong());
        // The handshake and the library's own frames are taken too, and were not counted.
        int left = handed.updateAndGet(held -> Math.max(0, held - bytes));
        if (left < MAX_HANDED && waitsForRoom.compareAndSet(true, false))
            mailbox.add(new Event.Room());
    }

    void closed() {
        mailbox.add(new Event.Closed());
    }

    @Override
    public void run() {
        try {
            askOn();
            while (true) {
                Event event = next();
                if (event instanceof Event.Closed) return;
                handle(event);
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        } finally {
            // Else the task would remember for as long as it prints nothing.
            if (pending != null) pending.cancel(false);
        }
    }

    /** The next event; looks after the socket meanwhile. */
    private Event next() throws InterruptedException {
        while (true) {
            // What was counted is no proof: the handshake's bytes count as well, a goodbye's do
            // not.
            boolean rests = ticker.getAsLong() - sentAt >= LOOK_AFTER.toNanos();
            if (handed.get() == 0 && !closing && rests) return mailbox.take();
            long before = takenAt.get();
            boolean waits = handed.get() > 0 || closing;
            if (waits && ticker.getAsLong() - before >= STALL.toNanos()) {
                tooSlow("nothing was taken for " + STALL.toSeconds() + " s");
                return new Event.Closed();
            }
            Event event = mailbox.poll(LOOK_MILLIS, TimeUnit.MILLISECONDS);
            if (event != null) return event;
            if (takenAt.get() == before) socket.nudge();
        }
    }

    private void handle(Event event) {
        switch (event) {
            case Event.Said(String text) -> {
                waitingBytes.addAndGet(-OVERHEAD - text.length());
                type(text);
            }
            case Event.SaidBinary() -> {
                waitingBytes.addAndGet(-OVERHEAD);
                error("binary messages are not part of this protocol: send text");
            }
            case Event.Printed(TaskOutput output) -> {
                asked = false;
                printed(output);
            }
            case Event.Looked(TaskEntry entry) -> looked(entry);
            case Event.Failed(Throwable cause) -> failed(cause);
            case Event.NotTyped(Throwable cause) -> error(words(cause));
            case Event.Room() -> askOn();
            case Event.Closed() -> {}
        }
    }

    private void askOn() {
        if (asked || ended) return;
        if (handed.get() >= MAX_HANDED) {
            waitsForRoom.set(true);
            // The socket may have taken the last of it before that was seen.
            if (handed.get() >= MAX_HANDED || !waitsForRoom.compareAndSet(true, false)) return;
        }
        asked = true;
        pending = tasks.output(task, offset, PIECE, true);
        hear(pending, Event.Printed::new);
    }

    private void printed(TaskOutput output) {
        if (output.offset() > offset) {
            String cut = utf8.end();
            say("stdout", cut + "\r\n[" + (output.offset() - offset) + " bytes not kept]\r\n");
        }
        offset = output.offset() + output.data().length();
        String text = utf8.next(output.data());
        if (!text.isEmpty()) say("stdout", text);
        if (!output.isComplete() || offset < output.end()) {
            askOn();
            return;
        }
        ended = true;
        String cut = utf8.end();
        if (!cut.isEmpty()) say("stdout", cut);
        hear(tasks.find(task, null), Event.Looked::new);
    }

    private void looked(TaskEntry entry) {
        TaskStatus status = entry.status();
        if (!status.isOver()) {
            hear(tasks.find(task, status), Event.Looked::new);
            return;
        }
        var reason = entry.reason();
        send(
                message("exit")
                        .put("status", status.wireName())
                        .put("exitCode", entry.exitCode())
                        .put("reason", reason == null ? null : reason.wireName()));
        close(NORMAL, "the task is over");
    }

    private void failed(Throwable cause) {
        ended = true;
        error(words(cause));
        if (codeOf(cause) == ErrorCode.NOT_FOUND) close(NORMAL, "the task was removed");
        else close(INTERNAL_ERROR, "the task cannot be read");
    }

    private void close(int code, String reason) {
        socket.close(code, reason);
        closing = true;
        takenAt.set(ticker.getAsLong());
    }

    private void type(String text) {
        try {
            JsonObject json = Json.parseObject(text);
            if (!json.text("type").equals("stdin")) throw new JsonException("unknown message type");
            var bytes = ByteString.utf8(json.text("data"));
            if (bytes.isEmpty()) return;
            tasks.input(task, bytes)
                    .whenComplete(
                            (_, failure) -> {
                                if (failure != null) mailbox.add(new Event.NotTyped(failure));
                            });
        } catch (JsonException e) {
            error(String.valueOf(e.getMessage()));
        }
    }

    private interface Hearing<T> {
        Event of(T answer);
    }

    private <T> void hear(CompletableFuture<T> answer, Hearing<T> hearing) {
        answer.whenComplete(
                (value, failure) ->
                        mailbox.add(
                                failure == null ? hearing.of(value) : new Event.Failed(failure)));
    }

    private void error(String message) {
        say("error", "message", message);
    }

    private void say(String type, String data) {
        say(type, "data", data);
    }

    private void say(String type, String field, String text) {
        send(message(type).put(field, text));
    }

    private void send(JsonObject.Builder json) {
        String text = json.build().toText();
        int length = wireLength(text.getBytes(StandardCharsets.UTF_8).length);
        if (handed.get() == 0) takenAt.set(ticker.getAsLong());
        if (handed.addAndGet(length) > MAX_WAITING_BYTES) {
            tooSlow("more than 4 MiB of messages waited");
            return;
        }
        socket.send(text);
        sentAt = ticker.getAsLong();
    }

    private void tooSlow(String reason) {
        socket.close(CloseCode.TOO_SLOW.code(), reason);
    }

    private static JsonObject.Builder message(String type) {
        return JsonObject.builder().put("type", type);
    }

    private String words(Throwable failure) {
        Throwable cause = causeOf(failure);
        if (cause instanceof TaskException e) return String.valueOf(e.getMessage());
        if (!(cause instanceof CancellationException))
            log.error("task {}: a viewer's request failed", task, cause);
        return "the server failed at this request; its log says more";
    }

    private static @Nullable ErrorCode codeOf(Throwable failure) {
        return causeOf(failure) instanceof TaskException e ? e.code() : null;
    }

    private static Throwable causeOf(Throwable failure) {
        Throwable cause = failure.getCause();
        return failure instanceof CompletionException && cause != null ? cause : failure;
    }

    /** A server's frame (RFC 6455 section 5.2): no mask, two to ten bytes in front. */
    private static int wireLength(int payload) {
        return payload + (payload < 126 ? 2 : payload < 65536 ? 4 : 10);
    }
}
