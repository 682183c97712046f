package dev.wormhole.app.workspace;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.Executor;

/** The FX thread of a test: what is posted waits until the test lets it run, in order. */
public final class FxQueue implements Executor {

    private final Deque<Runnable> posted = new ArrayDeque<>();

    @Override
    public void execute(Runnable change) {
        posted.add(change);
    }

    public void run() {
        while (!posted.isEmpty()) posted.remove().run();
    }
}
