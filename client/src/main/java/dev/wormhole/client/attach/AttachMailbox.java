package dev.wormhole.client.attach;

import org.jspecify.annotations.Nullable;

import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Events on their way to the attach thread, in order. Output that waits is bounded: past {@link
 * #MAX_OUTPUT} bytes all waiting output of the attachment is dropped and one {@link
 * AttachEvent.Overflowed} takes its place, so that a terminal that stands still (Ctrl-S) costs no
 * memory and sees a fresh snapshot when it goes on. Typed keys wait for nothing but the terminal;
 * past {@link #MAX_TYPED} the keyboard's reader waits.
 *
 * <p>Safe from any thread; one takes.
 */
final class AttachMailbox {

    /** Some seconds of a flood over a fast link. */
    static final int MAX_OUTPUT = 8 << 20;

    static final int MAX_TYPED = 1 << 20;

    // Guarded by this.
    private final Deque<AttachEvent> events = new ArrayDeque<>();
    private long waitingOutput;
    private long waitingTyped;

    /** Output of this attachment and older ones is refused; -1 for none. */
    private int overflowed = -1;

    /** From the link thread; never blocks. */
    synchronized void put(AttachEvent event) {
        int size = outputBytes(event);
        if (event instanceof AttachEvent.FromSession news
                && news.attachment() <= overflowed
                && size > 0) return;
        if (waitingOutput + size > MAX_OUTPUT && event instanceof AttachEvent.FromSession news) {
            overflowed = news.attachment();
            events.removeIf(waiting -> outputBytes(waiting) > 0);
            waitingOutput = 0;
            events.add(new AttachEvent.Overflowed(news.attachment()));
        } else {
            waitingOutput += size;
            events.add(event);
        }
        notifyAll();
    }

    /** From the keyboard's thread; waits while the program takes no keys. */
    synchronized void putTyped(AttachEvent.Typed typed) throws InterruptedException {
        while (waitingTyped > 0 && waitingTyped + typed.bytes().length() > MAX_TYPED) wait();
        waitingTyped += typed.bytes().length();
        events.add(typed);
        notifyAll();
    }

    synchronized boolean isEmpty() {
        return events.isEmpty();
    }

    /** The next event, or null when none came within this many nanoseconds. */
    synchronized @Nullable AttachEvent poll(long nanos) throws InterruptedException {
        long end = System.nanoTime() + nanos;
        while (events.isEmpty()) {
            long left = end - System.nanoTime();
            if (left <= 0) return null;
            wait(left / 1_000_000, (int) (left % 1_000_000));
        }
        AttachEvent event = events.remove();
        waitingOutput -= outputBytes(event);
        if (event instanceof AttachEvent.Typed typed) {
            waitingTyped -= typed.bytes().length();
            notifyAll();
        }
        return event;
    }

    /** How many bytes of the session's channel the event is. */
    static int outputBytes(AttachEvent event) {
        return switch (event) {
            case AttachEvent.Output output -> output.bytes().length();
            case AttachEvent.Resync resync -> resync.snapshot().length();
            default -> 0;
        };
    }
}
