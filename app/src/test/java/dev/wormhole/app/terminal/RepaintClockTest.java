package dev.wormhole.app.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.testfx.framework.junit5.ApplicationExtension;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

@ExtendWith(ApplicationExtension.class)
class RepaintClockTest {

    private RepaintClock clock = new RepaintClock(() -> {}, () -> false);

    @Test
    void whatChangesAllTheTimeIsAFloodUntilSomebodyTypesIntoIt() throws Exception {
        var flooded = new CompletableFuture<Boolean>();
        clock =
                new RepaintClock(
                        () -> {
                            if (flooded.isDone()) return;
                            if (clock.floods()) {
                                clock.typed();
                                flooded.complete(!clock.floods());
                            } else {
                                clock.request();
                            }
                        },
                        () -> false);
        clock.request();

        assertThat(flooded.get(60, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void whatIsWantedInTheMidstOfAFloodIsPaintedInTheEnd() throws Exception {
        var painted = new CompletableFuture<Integer>();
        var count = new AtomicInteger();
        clock =
                new RepaintClock(
                        () -> {
                            if (count.incrementAndGet() < 50) clock.request();
                            else painted.complete(count.get());
                        },
                        () -> true);
        clock.request();

        assertThat(painted.get(60, TimeUnit.SECONDS)).isEqualTo(50);
    }
}
