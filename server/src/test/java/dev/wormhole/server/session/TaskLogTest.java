package dev.wormhole.server.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wormhole.protocol.ByteString;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.IntStream;

class TaskLogTest {

    private static ByteString bytes(Random random, int length) {
        byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        return ByteString.wrap(bytes, 0, length);
    }

    static IntStream seeds() {
        return IntStream.range(0, 60);
    }

    /** A store that does with an increment what the real one does. */
    private static final class Stored {

        final TreeMap<Long, ByteString> parts = new TreeMap<>();

        void take(TaskOutputIncrement increment) {
            for (TaskOutputPart part : increment.parts()) {
                assertThat(parts.put(part.offset(), part.bytes())).isNull();
            }
            parts.entrySet()
                    .removeIf(
                            part ->
                                    part.getKey() >= increment.headEnd()
                                            && part.getKey() + part.getValue().length()
                                                    <= increment.tailStart());
        }
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void storeAndMemoryTogetherHaveTheHeadTheTailAndNothingElse(int seed) {
        var random = new Random(seed);
        int kept = TaskLog.PART * (2 + random.nextInt(8));
        var log = new TaskLog(0, kept);
        var stored = new Stored();
        var all = new java.io.ByteArrayOutputStream();
        TaskOutputIncrement underWay = null;
        int steps = 20 + random.nextInt(60);
        for (int step = 0; step < steps; step++) {
            switch (random.nextInt(4)) {
                case 0 -> {
                    if (underWay == null) underWay = log.collect(false);
                }
                case 1 -> {
                    if (underWay == null) break;
                    if (random.nextBoolean()) {
                        stored.take(underWay);
                        log.stored();
                    } else {
                        log.rollBack();
                    }
                    underWay = null;
                }
                default -> {
                    ByteString more = bytes(random, 1 + random.nextInt(3 * TaskLog.PART));
                    log.append(all.size(), more);
                    all.writeBytes(more.toArray());
                }
            }
        }
        if (underWay != null) log.rollBack();
        stored.take(log.collect(true));
        log.stored();

        assertThat(log.end()).isEqualTo(all.size());
        byte[] printed = all.toByteArray();
        long covered = 0;
        for (Map.Entry<Long, ByteString> part : stored.parts.entrySet()) {
            int from = Math.toIntExact(part.getKey());
            byte[] expected =
                    java.util.Arrays.copyOfRange(printed, from, from + part.getValue().length());
            assertThat(part.getValue().toArray()).isEqualTo(expected);
            covered += expected.length;
        }
        assertThat(covered).isLessThanOrEqualTo(kept + 2L * TaskLog.PART);
        // Every byte of the head and of the tail.
        for (long at :
                new long[] {0, kept / 2 - 1, printed.length - kept / 2, printed.length - 1}) {
            if (at < 0 || at >= printed.length) continue;
            Map.Entry<Long, ByteString> part = stored.parts.floorEntry(at);
            assertThat(part).as("a part at %s of %s", at, printed.length).isNotNull();
            assertThat(part.getKey() + part.getValue().length()).isGreaterThan(at);
        }
    }

    @Test
    void whatIsNotStoredCanBeRead() {
        var log = new TaskLog(0, 10L * TaskLog.PART);
        ByteString bytes = bytes(new Random(1), TaskLog.PART + 10);
        log.append(0, bytes);
        assertThat(log.read(5, 7)).isEqualTo(bytes.slice(5, 12));
        assertThat(log.read(TaskLog.PART + 3, 100))
                .isEqualTo(bytes.slice(TaskLog.PART + 3, TaskLog.PART + 10));
        log.collect(false);
        log.stored();
        assertThat(log.read(5, 7)).isNull();
        assertThat(log.start()).isEqualTo(TaskLog.PART);
    }

    @Test
    void missingOutputIsAGapBetweenParts() {
        var log = new TaskLog(0, 10L * TaskLog.PART);
        log.append(0, ByteString.utf8("before"));
        log.append(100, ByteString.utf8("after"));
        TaskOutputIncrement increment = log.collect(true);
        assertThat(increment.parts())
                .containsExactly(
                        new TaskOutputPart(0, ByteString.utf8("before")),
                        new TaskOutputPart(100, ByteString.utf8("after")));
        assertThat(log.read(50, 10)).isNull();
    }
}
