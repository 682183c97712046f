package dev.wormhole.app.workspace;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** The layout saver's thread and clock in the hands of a test. */
public final class ManualTimer implements LayoutSaver.Timer {

    private record Job(long due, Runnable work) {}

    private final List<Job> jobs = new ArrayList<>();
    private long now;
    private boolean closed;

    @Override
    public void execute(Runnable job) {
        if (!closed) job.run();
    }

    @Override
    public Runnable after(Duration delay, Runnable work) {
        var job = new Job(now + delay.toMillis(), work);
        jobs.add(job);
        return () -> jobs.remove(job);
    }

    @Override
    public void close() {
        closed = true;
    }

    boolean isClosed() {
        return closed;
    }

    void pass(int milliseconds) {
        now += milliseconds;
        for (Job job : List.copyOf(jobs)) {
            if (job.due > now || !jobs.remove(job)) continue;
            job.work.run();
        }
    }
}
