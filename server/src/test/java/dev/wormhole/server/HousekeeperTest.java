package dev.wormhole.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wormhole.protocol.SessionEntry;
import dev.wormhole.protocol.SessionId;
import dev.wormhole.protocol.SessionKind;
import dev.wormhole.protocol.TerminalSize;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/** Which sessions go by themselves, against a clock of the test's own. */
class HousekeeperTest {

    private static final Duration AGE = Duration.ofDays(30);

    private final List<SessionEntry> sessions = new ArrayList<>();
    private final List<SessionId> gone = new ArrayList<>();
    private Instant now = Instant.parse("2026-06-01T00:00:00Z");
    private final Housekeeper housekeeper =
            new Housekeeper(
                    new Housekeeper.Household() {
                        @Override
                        public List<SessionEntry> list() {
                            return List.copyOf(sessions);
                        }

                        @Override
                        public int clean(Collection<SessionId> ids, long activeBefore) {
                            assertThat(activeBefore).isEqualTo(now.minus(AGE).toEpochMilli());
                            gone.addAll(ids);
                            return ids.size();
                        }
                    },
                    AGE,
                    () -> now);

    private SessionId session(@Nullable String name, boolean isExited, int viewers, Duration rest) {
        var entry =
                new SessionEntry(
                        SessionId.random(),
                        name,
                        null,
                        null,
                        0,
                        now.minus(rest).toEpochMilli(),
                        viewers,
                        isExited,
                        null,
                        new TerminalSize(80, 24),
                        null,
                        List.of(),
                        SessionKind.SHELL);
        sessions.add(entry);
        return entry.id();
    }

    private void anHourPasses() {
        now = now.plus(Housekeeper.PAUSE);
    }

    @Test
    void onlyWhatEndedLongAgoAndHasNeitherNameNorViewerGoes() {
        SessionId old = session(null, true, 0, AGE.plusDays(1));
        session("kept", true, 0, AGE.plusDays(1));
        session(null, false, 0, AGE.plusDays(1));
        session(null, true, 1, AGE.plusDays(1));
        session(null, true, 0, AGE.minusDays(1));

        housekeeper.look();
        anHourPasses();
        housekeeper.look();

        assertThat(gone).containsExactly(old);
    }

    @Test
    void aClockThatWasWrongForAMomentTakesNothing() {
        session(null, true, 0, Duration.ofDays(1));
        now = now.plus(Duration.ofDays(10_000));
        housekeeper.look();

        now = now.minus(Duration.ofDays(10_000));
        anHourPasses();
        housekeeper.look();
        now = now.plus(Duration.ofDays(10_000));
        housekeeper.look();

        assertThat(gone).isEmpty();
    }
}
