package dev.wormhole.app.dialog;

import dev.wormhole.app.workspace.WorkspaceTasks;
import dev.wormhole.protocol.ByteString;
import dev.wormhole.protocol.ServerMessage;
import dev.wormhole.protocol.SessionId;
import dev.wormhole.protocol.TaskEntry;
import dev.wormhole.terminal.PlainText;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.UUID;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;

/**
 * Takes what tasks have printed out of the window: as text, or into a file. What a task prints
 * while it is read is left out.
 *
 * <p>Safe from any thread. Reads and writes piece by piece on the executor that it is given, whose
 * threads may wait.
 */
final class TaskOutputs {

    /** Most bytes of output that go to the clipboard. */
    static final long MOST_COPIED = 4 << 20;

    private static final long BEAT_MILLIS = 200;

    /** How far a reading has come. */
    @FunctionalInterface
    interface Progress {
        void at(long bytes, long of);
    }

    /**
     * What was taken.
     *
     * <p>Immutable.
     *
     * @param text empty where it went into a file
     * @param bytes of output
     * @param missing bytes of output that stand before or between those and are not among them
     */
    record Taken(String text, long bytes, long missing) {}

    /** Where it goes. */
    private interface Sink {

        void bytes(ByteString bytes) throws IOException;

        /** So many bytes are not there. */
        void gap(long bytes) throws IOException;
    }

    private final WorkspaceTasks tasks;
    private final Executor blocking;

    TaskOutputs(WorkspaceTasks tasks, Executor blocking) {
        this.tasks = tasks;
        this.blocking = blocking;
    }

    /** The newest output as plain text, at most {@link #MOST_COPIED} bytes of it. */
    CompletableFuture<Taken> text(TaskEntry entry) {
        return taking(
                () -> {
                    var out = new StringBuilder();
                    var plain =
                            new PlainSink() {
                                @Override
                                void text(String text) {
                                    out.append(text);
                                }
                            };
                    // The list says what is stored; there may be more by now.
                    long end = tasks.output(entry.id(), entry.outputEnd()).get().end();
                    long from = Math.max(0, end - MOST_COPIED);
                    Taken taken = read(entry.id(), from, plain, (_, _) -> {}, () -> false);
                    plain.finish();
                    return new Taken(out.toString(), taken.bytes(), taken.missing() + from);
                });
    }

    /**
     * Writes all output into a file, which is there once it is whole.
     *
     * @param isPlain text without controls; else the bytes as they were printed
     * @param progress hears of each piece, on another thread
     * @param isCancelled asked between pieces, on another thread
     */
    CompletableFuture<Taken> save(
            TaskEntry entry,
            Path file,
            boolean isPlain,
            Progress progress,
            BooleanSupplier isCancelled) {
        return taking(() -> write(entry.id(), file, isPlain, progress, isCancelled));
    }

    private Taken write(
            SessionId id,
            Path file,
            boolean isPlain,
            Progress progress,
            BooleanSupplier isCancelled)
            throws IOException, ExecutionException, InterruptedException {
        Path folder = file.toAbsolutePath().getParent();
        if (folder == null) throw new IOException("not a file: " + file);
        // Not a temporary file, which nobody else may read.
        Path part = folder.resolve("." + UUID.randomUUID() + ".part");
        try {
            Taken taken;
            try (var out = Files.newOutputStream(part, StandardOpenOption.CREATE_NEW)) {
                Sink sink = isPlain ? new PlainFile(out) : new RawFile(out);
                taken = read(id, 0, sink, progress, isCancelled);
                if (sink instanceof PlainFile plain) plain.finish();
            }
            Files.move(part, file, StandardCopyOption.REPLACE_EXISTING);
            return taken;
        } finally {
            Files.deleteIfExists(part);
        }
    }

    private Taken read(
            SessionId id, long from, Sink sink, Progress progress, BooleanSupplier isCancelled)
            throws IOException, ExecutionException, InterruptedException {
        long at = from;
        long bytes = 0;
        long missing = 0;
        long end = Long.MAX_VALUE;
        while (at < end) {
            if (isCancelled.getAsBoolean()) throw new CancellationException();
            ServerMessage.TaskOutput piece = await(tasks.output(id, at), isCancelled);
            if (end == Long.MAX_VALUE) end = piece.end();
            if (piece.data().isEmpty()) break;
            if (piece.offset() > at) {
                missing += piece.offset() - at;
                sink.gap(piece.offset() - at);
            }
            sink.bytes(piece.data());
            bytes += piece.data().length();
            at = piece.offset() + piece.data().length();
            progress.at(at - from, end - from);
        }
        return new Taken("", bytes, missing);
    }

    /** Without a connection the answer waits for one; who asked need not. */
    private static ServerMessage.TaskOutput await(
            CompletableFuture<ServerMessage.TaskOutput> answer, BooleanSupplier isCancelled)
            throws ExecutionException, InterruptedException {
        while (true) {
            try {
                return answer.get(BEAT_MILLIS, TimeUnit.MILLISECONDS);
            } catch (TimeoutException e) {
                if (isCancelled.getAsBoolean()) throw new CancellationException();
            }
        }
    }

    private interface Taking {
        Taken take() throws IOException, ExecutionException, InterruptedException;
    }

    private CompletableFuture<Taken> taking(Taking job) {
        var answer = new CompletableFuture<Taken>();
        blocking.execute(
                () -> {
                    try {
                        answer.complete(job.take());
                    } catch (ExecutionException e) {
                        answer.completeExceptionally(e.getCause() == null ? e : e.getCause());
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                        answer.completeExceptionally(e);
                    } catch (IOException | RuntimeException e) {
                        answer.completeExceptionally(e);
                    }
                });
        return answer;
    }

    /** The bytes as they were printed; what is not there leaves no trace among them. */
    private record RawFile(OutputStream out) implements Sink {

        @Override
        public void bytes(ByteString bytes) throws IOException {
            out.write(bytes.toArray());
        }

        @Override
        public void gap(long bytes) {}
    }

    /** Text without controls, with a line where output is not there. */
    private abstract static class PlainSink implements Sink {

        private final PlainText plain = new PlainText();

        abstract void text(String text) throws IOException;

        @Override
        public void bytes(ByteString bytes) throws IOException {
            text(plain.feed(bytes.toArray(), 0, bytes.length()));
        }

        @Override
        public void gap(long bytes) throws IOException {
            finish();
            text("\n[" + Sizes.words(bytes) + " of output were not kept]\n");
        }

        void finish() throws IOException {
            text(plain.finish());
        }
    }

    private static final class PlainFile extends PlainSink {

        private final OutputStream out;

        PlainFile(OutputStream out) {
            this.out = out;
        }

        @Override
        void text(String text) throws IOException {
            out.write(text.getBytes(StandardCharsets.UTF_8));
        }
    }
}
