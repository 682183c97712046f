package dev.wormhole.server.session;

import dev.wormhole.protocol.SessionId;

import java.util.concurrent.CompletableFuture;

/**
 * The store of a session that is not to be stored: takes everything, asks for nothing and writes
 * nothing. Such a session lives in this process's memory and its keeper's.
 *
 * <p>Safe from any thread. Futures complete on a thread of their own, as those of a real store do:
 * what hangs on them may wait for room in the session's mailbox, which the session's thread must
 * not.
 */
final class Unstored implements SessionStore {

    @Override
    public boolean keeps() {
        return false;
    }

    @Override
    public CompletableFuture<Void> commit(Source source) {
        return done();
    }

    @Override
    public CompletableFuture<Void> tombstone(SessionId id) {
        return done();
    }

    @Override
    public CompletableFuture<Void> drop(SessionId id) {
        return done();
    }

    @Override
    public void dirty(Source source) {}

    @Override
    public void flush(Source source) {}

    private static CompletableFuture<Void> done() {
        var done = new CompletableFuture<Void>();
        Thread.ofVirtual().name("unstored").start(() -> done.complete(null));
        return done;
    }
}
