package dev.wormhole.server.keeper.process;

import dev.wormhole.server.keeper.wire.ToKeeper;
import dev.wormhole.server.pty.NativeSpawner;
import dev.wormhole.server.pty.ProcessKey;
import dev.wormhole.server.pty.ProcessSpec;
import dev.wormhole.server.pty.PtySpawnException;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

/**
 * Starts processes, which takes milliseconds, and the server, one after the other, on a thread of
 * its own.
 *
 * <p>Safe from any thread: every call is a message to the {@code keeper-spawn} thread.
 */
final class Spawner {

    private static final Logger log = LoggerFactory.getLogger(Spawner.class);

    private sealed interface Job {}

    private record StartProcess(ProcessKey key, ProcessSpec spec) implements Job {}

    private record StartServer(ToKeeper.Server words) implements Job {}

    private record Stop() implements Job {}

    private final BlockingQueue<Job> jobs = new LinkedBlockingQueue<>();
    private final Inbox results;
    private final Thread thread;

    Spawner(Inbox results) {
        this.results = results;
        thread = Thread.ofPlatform().daemon().name("keeper-spawn").start(this::work);
    }

    /** Answered by Started or NotStarted. */
    void start(ToKeeper.Spawn spawn) {
        try {
            Path cwd = Path.of(spawn.cwd());
            jobs.add(
                    new StartProcess(
                            spawn.key(),
                            new ProcessSpec(
                                    spawn.command(),
                                    cwd,
                                    spawn.env(),
                                    spawn.size(),
                                    spawn.neverSpill())));
        } catch (InvalidPathException e) {
            results.put(new LoopEvent.NotStarted(spawn.key(), "not a directory's name"));
        }
    }

    /** Answered by ServerStarted or ServerNotStarted. */
    void start(ToKeeper.Server words) {
        jobs.add(new StartServer(words));
    }

    /** Ends the thread when it has done what was asked before; waits for that. */
    void stop() {
        jobs.add(new Stop());
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void work() {
        NativeSpawner spawner = new NativeSpawner();
        while (true) {
            Job job = next();
            switch (job) {
                case null -> {
                    return;
                }
                case Stop() -> {
                    return;
                }
                case StartProcess start -> results.put(started(spawner, start));
                case StartServer start -> results.put(started(start.words));
            }
        }
    }

    private @Nullable Job next() {
        try {
            return jobs.take();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return null;
        }
    }

    private static LoopEvent started(NativeSpawner spawner, StartProcess start) {
        try {
            return new LoopEvent.Started(start.key, spawner.spawn(start.spec));
        } catch (PtySpawnException e) {
            log.info("{} {}: not started", start.key.session().shortForm(), start.key.generation());
            return new LoopEvent.NotStarted(start.key, String.valueOf(e.getMessage()));
        } catch (RuntimeException | Error e) {
            // Whatever it is, it is this process's alone.
            log.error("{}: not started", start.key.session().shortForm(), e);
            return new LoopEvent.NotStarted(start.key, "the keeper failed: " + e);
        }
    }

    private static LoopEvent started(ToKeeper.Server words) {
        try {
            var builder = new ProcessBuilder(words.command());
            builder.environment().clear();
            builder.environment().putAll(words.env());
            Process process =
                    builder.directory(Path.of(words.cwd()).toFile())
                            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                            .redirectError(ProcessBuilder.Redirect.DISCARD)
                            .start();
            process.getOutputStream().close();
            return new LoopEvent.ServerStarted(process);
        } catch (IOException | RuntimeException e) {
            return new LoopEvent.ServerNotStarted(String.valueOf(e.getMessage()));
        }
    }
}
