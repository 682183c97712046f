package dev.wormhole.client.link;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * What waits for the link thread, in order of arrival.
 *
 * <p>Safe from any thread: every call is a message to the link thread.
 *
 * <p>Bounds: when {@link #ARRIVING_BYTES} of frames wait, the thread that reads the socket waits
 * too, which stops the server through TCP. When {@link #COMMANDS} calls wait, the next is refused;
 * blocking it could block the link thread itself, since sinks may call the link. Signals are always
 * taken: there is a handful of them for each attempt.
 */
final class Mailbox {

    private static final Logger log = LoggerFactory.getLogger(Mailbox.class);

    /** A few of the largest messages; several times the server's window of bytes in flight. */
    static final int ARRIVING_BYTES = 8 << 20;

    /** Far more than a person types while a frame is handled. */
    static final int COMMANDS = 10_000;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition arrived = lock.newCondition();
    private final Condition room = lock.newCondition();

    // Guarded by lock.
    private final Deque<Mail> queue = new ArrayDeque<>();
    private int arrivingBytes;
    private int commands;
    private boolean closed;

    /** Returns false if the call is refused, because the link is closed or cannot keep up. */
    boolean command(Mail.Command command) {
        lock.lock();
        try {
            if (closed) return false;
            if (commands >= COMMANDS) {
                log.warn("the link cannot keep up with its callers: a call is dropped");
                return false;
            }
            commands++;
            add(command);
            return true;
        } finally {
            lock.unlock();
        }
    }

    void signal(Mail.Signal signal) {
        lock.lock();
        try {
            if (!closed) add(signal);
        } finally {
            lock.unlock();
        }
    }

    /** Hands over a frame; waits while too much waits already. */
    void arrived(Mail.Arrived frame) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            int bytes = frame.bytes();
            // One frame always fits: else a single large one would wait for ever.
            while (!closed && arrivingBytes > 0 && arrivingBytes + bytes > ARRIVING_BYTES) {
                room.await();
            }
            if (closed) return;
            arrivingBytes += bytes;
            add(frame);
        } finally {
            lock.unlock();
        }
    }

    /** The next mail; waits for one. */
    Mail take() throws InterruptedException {
        lock.lockInterruptibly();
        try {
            while (queue.isEmpty()) arrived.await();
            return remove();
        } finally {
            lock.unlock();
        }
    }

    boolean isEmpty() {
        lock.lock();
        try {
            return queue.isEmpty();
        } finally {
            lock.unlock();
        }
    }

    boolean isClosed() {
        lock.lock();
        try {
            return closed;
        } finally {
            lock.unlock();
        }
    }

    /** Takes nothing more and lets the waiting go; what is inside can still be taken. */
    void close() {
        lock.lock();
        try {
            closed = true;
            room.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private void add(Mail mail) {
        queue.addLast(mail);
        arrived.signal();
    }

    private Mail remove() {
        Mail mail = queue.removeFirst();
        switch (mail) {
            case Mail.Arrived frame -> {
                arrivingBytes -= frame.bytes();
                room.signalAll();
            }
            case Mail.Command _ -> commands--;
            case Mail.Signal _ -> {}
        }
        return mail;
    }
}
