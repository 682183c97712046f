package dev.wormhole.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;

/** Requests as threads that wait until they are let go or ended. */
class ExchangesTest {

    private final AtomicLong now = new AtomicLong(1);
    private final Exchanges exchanges = new Exchanges(now::get);

    /** A request that is being answered. */
    private final class Request {

        Exchanges.Running running;
        final AtomicBoolean ended = new AtomicBoolean();
        private final Thread thread;

        Request() throws InterruptedException {
            var begun = new CountDownLatch(1);
            thread =
                    Thread.ofVirtual()
                            .start(
                                    () -> {
                                        running = exchanges.begin().orElse(null);
                                        begun.countDown();
                                        try {
                                            Thread.sleep(Long.MAX_VALUE);
                                        } catch (InterruptedException _) {
                                            ended.set(true);
                                        }
                                    });
            begun.await();
        }

        boolean isEnded() throws InterruptedException {
            // Interrupted ones end at once; of the others this is all that can be seen.
            return thread.join(java.time.Duration.ofMillis(100)) && ended.get();
        }
    }

    @Test
    void aClientThatMovesOrIsNotWaitedForIsNotEnded() throws Exception {
        var stalls = new Request();
        var moves = new Request();
        var rests = new Request();
        rests.running.rests();
        now.addAndGet(Exchanges.STALL.toNanos() - 1);
        moves.running.moved();
        exchanges.look();
        assertThat(stalls.isEnded()).isFalse();

        now.addAndGet(1);
        exchanges.look();

        assertThat(stalls.isEnded()).isTrue();
        assertThat(moves.isEnded()).isFalse();
        assertThat(rests.isEnded()).isFalse();
    }

    @Test
    void whoFollowsLeavesItsPlaceToOthers() throws Exception {
        for (int i = 0; i < Exchanges.MAX_RUNNING; i++) new Request().running.follows();
        for (int i = 0; i < Exchanges.MAX_RUNNING; i++)
            assertThat(new Request().running).isNotNull();
        assertThat(exchanges.begin()).isEmpty();
    }

    @Test
    void oneMoreFollowerEndsTheOneThatWasSilentForTheLongest() throws Exception {
        List<Request> followers = new ArrayList<>();
        for (int i = 0; i < Exchanges.MAX_FOLLOWING; i++) {
            var follower = new Request();
            now.incrementAndGet();
            follower.running.follows();
            followers.add(follower);
        }
        now.incrementAndGet();
        followers.getFirst().running.moved();

        new Request().running.follows();

        assertThat(followers.get(1).isEnded()).isTrue();
        assertThat(followers.get(0).isEnded()).isFalse();
        assertThat(followers.get(2).isEnded()).isFalse();
    }
}
