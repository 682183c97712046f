package dev.wormhole.server.session;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

class FloodTurnsTest {

    @Test
    void noMoreGoAtOnceThanThereAreTurns() throws Exception {
        var turns = new FloodTurns(2);
        var inside = new AtomicInteger();
        var most = new AtomicInteger();
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            threads.add(
                    Thread.ofPlatform()
                            .start(
                                    () -> {
                                        for (int turn = 0; turn < 20; turn++) {
                                            try (FloodTurns.Turn _ = turns.take()) {
                                                most.accumulateAndGet(
                                                        inside.incrementAndGet(), Math::max);
                                                Thread.yield();
                                                inside.decrementAndGet();
                                            }
                                        }
                                    }));
        }

        for (Thread thread : threads) assertThat(thread.join(Duration.ofSeconds(60))).isTrue();
        assertThat(most).hasValue(2);
        assertThat(turns.waiting()).isZero();
    }

    @Test
    void whoAskedFirstGoesFirst() throws Exception {
        var turns = new FloodTurns(1);
        List<Integer> order = Collections.synchronizedList(new ArrayList<>());
        var done = new CountDownLatch(5);
        try (FloodTurns.Turn _ = turns.take()) {
            for (int i = 0; i < 5; i++) {
                int number = i;
                Thread.ofPlatform()
                        .start(
                                () -> {
                                    try (FloodTurns.Turn _ = turns.take()) {
                                        order.add(number);
                                    }
                                    done.countDown();
                                });
                long patience = System.nanoTime() + Duration.ofSeconds(30).toNanos();
                while (turns.waiting() <= number && System.nanoTime() < patience)
                    Thread.onSpinWait();
                assertThat(turns.waiting()).isEqualTo(number + 1);
            }
        }

        done.await();
        assertThat(order).containsExactly(0, 1, 2, 3, 4);
    }
}
