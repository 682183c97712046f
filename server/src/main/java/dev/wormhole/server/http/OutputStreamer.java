package dev.wormhole.server.http;

import dev.wormhole.protocol.ServerMessage.TaskOutput;
import dev.wormhole.protocol.SessionId;
import dev.wormhole.server.task.TaskService;
import dev.wormhole.terminal.PlainText;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;

/**
 * Writes a task's output to a client as it reads: the next piece is asked for when the last one was
 * taken, so it holds one piece and holds back nobody.
 *
 * <p>Owned by the request's thread.
 */
final class OutputStreamer {

    private static final int PIECE = 64 << 10;

    /** In which form. */
    enum Format {
        /** As it was printed. */
        ANSI("application/octet-stream"),
        /** What a person would have read, in lines. */
        TEXT("text/plain; charset=utf-8");

        private final String type;

        Format(String type) {
            this.type = type;
        }
    }

    private final TaskService tasks;
    private final SessionId task;
    private final Format format;
    private final Call call;
    private final PlainText plain = new PlainText();
    private long offset;

    OutputStreamer(TaskService tasks, SessionId task, Format format, Call call) {
        this.tasks = tasks;
        this.task = task;
        this.format = format;
        this.call = call;
    }

    /** What there is now. */
    void once() throws HttpProblem, IOException, InterruptedException {
        TaskOutput piece = call.await(tasks.output(task, offset, PIECE, false));
        // What comes meanwhile is left to the next request: a flood would have no end.
        long end = piece.end();
        try (var out = new Unfinished(call.stream(format.type))) {
            while (true) {
                write(out.stream, piece, end);
                if (offset >= end) break;
                TaskOutput next = next(false);
                if (next.data().isEmpty() && next.offset() <= offset) break;
                piece = next;
            }
            finish(out);
        }
    }

    /** What there is and what comes, until the task is over. */
    void following() throws HttpProblem, IOException, InterruptedException {
        // Tells a task that is not there while that can still be a problem document.
        call.await(tasks.find(task, null));
        call.running().follows();
        try (var out = new Unfinished(call.stream(format.type))) {
            out.stream.flush();
            while (true) {
                TaskOutput piece = next(true);
                write(out.stream, piece, Long.MAX_VALUE);
                if (piece.isComplete() && offset >= piece.end()) break;
            }
            finish(out);
        }
    }

    private TaskOutput next(boolean wait) throws IOException, InterruptedException {
        CompletableFuture<TaskOutput> answer = tasks.output(task, offset, PIECE, wait);
        try {
            return wait ? call.awaitPatiently(answer) : call.await(answer);
        } catch (HttpProblem e) {
            // The status is sent: all that can be said is that the answer is not whole.
            throw new IOException("the output cannot be read on: " + e.getMessage(), e);
        }
    }

    private void write(OutputStream out, TaskOutput piece, long end) throws IOException {
        long from = Math.min(piece.offset(), end);
        if (from > offset) {
            String cut = "[" + (from - offset) + " bytes not kept]";
            text(
                    out,
                    format == Format.TEXT ? unfinishedLine() + cut + "\n" : "\r\n" + cut + "\r\n");
        }
        int length = (int) Math.min(piece.data().length(), end - from);
        byte[] bytes = piece.data().toArray();
        offset = from + length;
        if (format == Format.TEXT) text(out, plain.feed(bytes, 0, length));
        else Call.write(out, call.running()::moved, bytes, 0, length);
        out.flush();
        call.running().moved();
    }

    private void finish(Unfinished out) throws IOException {
        if (format == Format.TEXT) text(out.stream, plain.finish());
        out.isWhole = true;
    }

    private String unfinishedLine() {
        String line = plain.finish();
        return line.isEmpty() ? "" : line + "\n";
    }

    private void text(OutputStream out, String text) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        Call.write(out, call.running()::moved, bytes, 0, bytes.length);
    }

    /** Closing the stream would tell the client that it has all: only when it has. */
    private static final class Unfinished implements AutoCloseable {

        private final OutputStream stream;
        private boolean isWhole;

        Unfinished(OutputStream stream) {
            this.stream = stream;
        }

        @Override
        public void close() throws IOException {
            if (isWhole) stream.close();
        }
    }
}
