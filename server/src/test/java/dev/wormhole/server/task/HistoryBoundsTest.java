package dev.wormhole.server.task;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wormhole.protocol.SessionId;
import dev.wormhole.protocol.SessionKind;
import dev.wormhole.protocol.TerminalSize;
import dev.wormhole.server.session.SessionRecord;
import dev.wormhole.server.session.TaskRecord;
import dev.wormhole.server.session.TaskState;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

class HistoryBoundsTest {

    private static final long NOW = 1_000_000;

    private static SessionRecord over(long ended, long output) {
        return new SessionRecord(
                SessionId.random(),
                null,
                "/",
                null,
                ended - 1,
                ended,
                new TerminalSize(80, 24),
                SessionKind.TASK,
                List.of("true"),
                Map.of(),
                null,
                1,
                0,
                output,
                0,
                null,
                null,
                new TaskRecord("/", "", null, null, new TaskState.Completed(ended - 1, ended)));
    }

    private static HistoryBounds bounds(int count, long bytes) {
        return new HistoryBounds(Optional.of(Duration.ofMillis(500)), count, bytes, 100);
    }

    private static List<SessionRecord> tasks(int count) {
        return IntStream.range(0, count).mapToObj(i -> over(NOW - i, 100)).toList();
    }

    @Test
    void theOldestGoWhenThereAreTooMany() {
        List<SessionRecord> tasks = tasks(5);
        assertThat(bounds(3, 10_000).beyond(tasks, NOW))
                .containsExactly(tasks.get(3).id(), tasks.get(4).id());
    }

    @Test
    void theOldestGoWhenTheirOutputIsTooMuch() {
        List<SessionRecord> tasks = tasks(5);
        assertThat(bounds(10, 250).beyond(tasks, NOW))
                .containsExactly(tasks.get(2).id(), tasks.get(3).id(), tasks.get(4).id());
    }

    @Test
    void onlyWhatIsKeptOfAnOutputCounts() {
        List<SessionRecord> tasks = List.of(over(NOW, 1 << 30), over(NOW - 1, 1 << 30));
        assertThat(bounds(10, 200).beyond(tasks, NOW)).isEmpty();
    }

    @Test
    void theNewestStaysHoweverLargeItIs() {
        SessionRecord large = over(NOW, 100);
        assertThat(bounds(10, 1).beyond(List.of(large), NOW)).isEmpty();
    }

    @Test
    void whatEndedTooLongAgoGoes() {
        SessionRecord old = over(NOW - 501, 0);
        SessionRecord young = over(NOW - 500, 0);
        assertThat(bounds(10, 1000).beyond(List.of(young, old), NOW)).containsExactly(old.id());
        var ageless = new HistoryBounds(Optional.empty(), 10, 1000, 100);
        assertThat(ageless.beyond(List.of(young, old), NOW)).isEmpty();
    }
}
