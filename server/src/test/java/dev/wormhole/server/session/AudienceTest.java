package dev.wormhole.server.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wormhole.protocol.ByteString;
import dev.wormhole.protocol.ClientMessage;
import dev.wormhole.protocol.ColorScheme;
import dev.wormhole.protocol.Feature;
import dev.wormhole.protocol.Happening;
import dev.wormhole.protocol.RespawnMode;
import dev.wormhole.protocol.SessionId;
import dev.wormhole.protocol.SessionKind;
import dev.wormhole.protocol.TerminalSize;
import dev.wormhole.protocol.ViewerColors;
import dev.wormhole.terminal.screen.SnapshotDepth;
import dev.wormhole.terminal.screen.TerminalFacts;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What viewers of every speed are given, against a clock of the test's own. */
class AudienceTest {

    private static final TerminalSize SIZE = new TerminalSize(80, 24);
    private static final int SNAPSHOT = 8 << 10;

    private long now = Duration.ofHours(1).toNanos();
    private final OutputLog output =
            new OutputLog(new RingBuffer(new RingBuffer.Caps(1 << 20, 1000)), true, 0);
    private final List<SnapshotDepth> taken = new ArrayList<>();
    private final List<TerminalFacts> known = new ArrayList<>();
    private final Audience audience =
            new Audience(
                    output,
                    new Snapshots(
                            depth -> {
                                taken.add(depth);
                                return ByteString.copyOf(new byte[SNAPSHOT]);
                            },
                            output),
                    new SessionFacts(record(), true),
                    () -> 77,
                    known::add);
    private final ScriptedViewer viewer = new ScriptedViewer();

    private static SessionRecord record() {
        return new SessionRecord(
                SessionId.random(),
                null,
                null,
                null,
                0,
                0,
                SIZE,
                SessionKind.SHELL,
                List.of(),
                Map.of(),
                null,
                1,
                0,
                0,
                0,
                null);
    }

    private ViewerCursor enter(Viewer entering, Feature... features) {
        return audience.enter(
                entering,
                new AttachRequest(
                        SIZE, null, null, false, RespawnMode.NEVER, Set.of(features), null));
    }

    private void print(int bytes) {
        for (int left = bytes; left > 0; left -= 64 << 10) {
            output.append(ByteString.copyOf(new byte[Math.min(left, 64 << 10)]));
        }
        audience.pump(now);
    }

    private void pass(Duration time) {
        now += time.toNanos();
        audience.pump(now);
    }

    private void roomFor(ScriptedViewer called, int bytes) {
        called.room = bytes;
        audience.find(called).orElseThrow().called();
        audience.pump(now);
    }

    @Test
    void aViewerWithRoomGetsEveryByteOnce() {
        enter(viewer);

        print(300_000);
        print(5);

        assertThat(viewer.bytes()).isEqualTo(300_005);
        assertThat(viewer.heard(ViewerUpdate.Resync.class)).isEmpty();
    }

    @Test
    void aShortPauseLosesNoBytes() {
        enter(viewer);
        viewer.rate = 1_000_000;
        viewer.room = 0;
        print(200_000);
        pass(Duration.ofMillis(200));

        roomFor(viewer, Integer.MAX_VALUE);

        assertThat(viewer.bytes()).isEqualTo(200_000);
        assertThat(viewer.heard(ViewerUpdate.Resync.class)).isEmpty();
    }

    @Test
    void aViewerMoreThanAQuarterOfASecondBehindIsResynced() {
        enter(viewer);
        viewer.rate = 1_000_000;
        viewer.room = 0;
        print(260_000);

        roomFor(viewer, Integer.MAX_VALUE);

        assertThat(viewer.bytes()).isZero();
        assertThat(viewer.heard(ViewerUpdate.Resync.class))
                .singleElement()
                .satisfies(
                        resync -> {
                            assertThat(resync.offset()).isEqualTo(260_000);
                            assertThat(resync.keepsHistory()).isTrue();
                            assertThat(resync.complete()).isFalse();
                        });
        assertThat(taken).containsExactly(SnapshotDepth.GRIDS);
    }

    @Test
    void justAfterItTypedAViewerIsNotLeftBehindByMoreThanTenMilliseconds() {
        ViewerCursor cursor = enter(viewer);
        viewer.rate = 1_000_000;
        viewer.room = 0;
        print(20_000);
        audience.typed(cursor, now);

        roomFor(viewer, Integer.MAX_VALUE);

        assertThat(viewer.bytes()).isZero();
        assertThat(viewer.heard(ViewerUpdate.Resync.class)).hasSize(1);
    }

    @Test
    void aSnapshotThatWouldComeNoSoonerIsNotSent() {
        ViewerCursor cursor = enter(viewer);
        viewer.rate = 1000;
        viewer.room = 0;
        print(4000);
        audience.typed(cursor, now);

        roomFor(viewer, Integer.MAX_VALUE);

        assertThat(viewer.bytes()).isEqualTo(4000);
    }

    /** What it would read in between is overwritten by the next snapshot. */
    @Test
    void whileAFloodIsSkippedAViewerGetsSnapshotsAlone() {
        enter(viewer);
        viewer.rate = 100_000_000;
        viewer.room = 0;
        print(3 << 20);
        roomFor(viewer, Integer.MAX_VALUE);

        for (int i = 0; i < 100; i++) {
            pass(Duration.ofMillis(1));
            print(50_000);
        }

        assertThat(viewer.bytes()).isZero();
        assertThat(viewer.heard(ViewerUpdate.Resync.class)).hasSize(3);

        pass(Snapshots.PAUSE);
        print(SNAPSHOT / 2);
        assertThat(viewer.bytes()).isEqualTo(SNAPSHOT / 2);
    }

    /** What follows a key may be its answer, and is not to wait for the next snapshot. */
    @Test
    void justAfterItTypedAViewerReadsOnBetweenSnapshots() {
        ViewerCursor cursor = enter(viewer);
        viewer.rate = 100_000_000;
        viewer.room = 0;
        print(3 << 20);
        roomFor(viewer, Integer.MAX_VALUE);
        audience.typed(cursor, now);

        print(50_000);

        assertThat(viewer.bytes()).isEqualTo(50_000);
    }

    @Test
    void whatTheTailNoLongerHasIsResynced() {
        enter(viewer);
        viewer.room = 0;
        print(3 << 20);

        roomFor(viewer, Integer.MAX_VALUE);

        assertThat(viewer.heard(ViewerUpdate.Resync.class)).hasSize(1);
        assertThat(viewer.bytes()).isZero();
    }

    @Test
    void aFloodTakesNoMoreThanThirtySnapshotsASecondHoweverManyAreSlow() {
        var slow = new ArrayList<ScriptedViewer>();
        for (int i = 0; i < 50; i++) {
            var one = new ScriptedViewer();
            one.rate = 100_000;
            enter(one);
            slow.add(one);
        }

        for (int i = 0; i < 1000; i++) {
            now += 1_000_000;
            for (ScriptedViewer one : slow) one.room = 20_000;
            print(100_000);
        }

        assertThat(taken.size()).isBetween(25, 31);
        for (ScriptedViewer one : slow) {
            assertThat(one.heard(ViewerUpdate.Resync.class).size()).isBetween(25, 31);
        }
    }

    /** Pauses that look like the end of it earn none. */
    @Test
    void aFloodThatStuttersTakesNoMoreThanThirtySnapshotsInAnySecond() {
        enter(viewer);
        viewer.rate = 100_000;
        var times = new ArrayList<Long>();

        for (int i = 0; i < 3000; i++) {
            now += 1_000_000;
            viewer.room = 20_000;
            if (i % 5 == 0) print(100_000);
            else audience.pump(now);
            while (times.size() < taken.size()) times.add(now);
        }

        assertThat(times).hasSizeBetween(84, 90);
        for (int i = 30; i < times.size(); i++) {
            assertThat(times.get(i) - times.get(i - 30)).isGreaterThanOrEqualTo(1_000_000_000);
        }
    }

    @Test
    void whatAFloodShowsLastDoesNotWaitLikeWhatItShowedBefore() {
        enter(viewer);
        viewer.rate = 100_000;
        for (int i = 0; i < 1000; i++) {
            now += 1_000_000;
            viewer.room = 20_000;
            print(100_000);
        }
        long end = output.end();

        for (int i = 0; i < 2 * Snapshots.REST.toMillis(); i++) {
            viewer.room = 20_000;
            pass(Duration.ofMillis(1));
        }

        assertThat(viewer.heard(ViewerUpdate.Resync.class).getLast().offset()).isEqualTo(end);
    }

    @Test
    void whoWaitsForASnapshotGetsItWithoutAnythingElseHappening() {
        enter(viewer);
        viewer.rate = 100_000;
        print(100_000);
        print(100_000);
        assertThat(viewer.heard(ViewerUpdate.Resync.class)).hasSize(1);

        long due = audience.nextDue().orElseThrow();
        assertThat(due - now).isBetween(1L, Snapshots.PAUSE.toNanos());
        now = due;
        audience.pump(now);

        assertThat(viewer.heard(ViewerUpdate.Resync.class)).hasSize(2);
        assertThat(viewer.heard(ViewerUpdate.Resync.class).getLast().offset()).isEqualTo(200_000);
    }

    @Test
    void aViewerThatKeepsUpAgainGetsItsHistoryBack() {
        var keeper = new ScriptedViewer();
        enter(viewer);
        enter(keeper, Feature.HISTORY);
        viewer.rate = keeper.rate = 100_000;
        print(100_000);
        taken.clear();

        pass(ViewerCursor.KEEPS_UP.minusMillis(1));
        assertThat(taken).isEmpty();
        pass(Duration.ofMillis(251));
        pass(Snapshots.PAUSE);

        assertThat(taken).containsExactlyInAnyOrder(SnapshotDepth.ALL, SnapshotDepth.RECENT);
        ViewerUpdate.Resync whole = viewer.heard(ViewerUpdate.Resync.class).getLast();
        assertThat(whole.complete()).isTrue();
        assertThat(whole.keepsHistory()).isFalse();
        ViewerUpdate.Resync recent = keeper.heard(ViewerUpdate.Resync.class).getLast();
        assertThat(recent.complete()).isTrue();
        assertThat(recent.keepsHistory()).isTrue();
        pass(Duration.ofSeconds(5));
        assertThat(viewer.heard(ViewerUpdate.Resync.class)).hasSize(2);
    }

    @Test
    void whileItsHistoryHasAHoleAViewerIsResyncedInsteadOfResized() {
        var whole = new ScriptedViewer();
        enter(viewer);
        enter(whole);
        viewer.rate = 100_000;
        print(100_000);
        pass(Snapshots.PAUSE);

        output.resized(new TerminalSize(60, 20));
        audience.pump(now);

        assertThat(whole.heard(ViewerUpdate.Marked.class)).hasSize(1);
        assertThat(viewer.heard(ViewerUpdate.Marked.class)).isEmpty();
        assertThat(viewer.heard(ViewerUpdate.Resync.class)).hasSize(2);
        assertThat(viewer.heard(ViewerUpdate.Resync.class).getLast().event()).isEqualTo(1);
    }

    @Test
    void aNewProcessAndItsEndAreToldToWhomeverWasResyncedOverThem() {
        enter(viewer);
        viewer.room = 0;
        print(10);
        output.exited(1, ExitStatus.exited(1));
        output.respawned(2);
        print(3 << 20);
        output.exited(2, ExitStatus.exited(2));

        roomFor(viewer, Integer.MAX_VALUE);

        assertThat(viewer.heard(ViewerUpdate.Marked.class))
                .extracting(ViewerUpdate.Marked::mark)
                .containsExactly(
                        new Mark.Respawned(10, 0, 2),
                        new Mark.Exited(10 + (3 << 20), 2, ExitStatus.exited(2)));
    }

    @Test
    void oneSnapshotServesAllThatComeToOnePlace() {
        print(1000);
        for (int i = 0; i < 50; i++) enter(new ScriptedViewer()).begin(now);

        assertThat(taken).containsExactly(SnapshotDepth.ALL);
    }

    @Test
    void aViewerThatAttachesIsNotMadeToWaitForItsSnapshot() {
        enter(viewer).begin(now);
        print(10);
        var next = new ScriptedViewer();
        enter(next, Feature.HISTORY).begin(now);

        assertThat(taken).containsExactly(SnapshotDepth.ALL, SnapshotDepth.RECENT);
        assertThat(next.heard(ViewerUpdate.Resync.class)).hasSize(1);
    }

    @Test
    void aRefreshIsAWholeResync() {
        ViewerCursor cursor = enter(viewer, Feature.HISTORY, Feature.HASH);
        print(100);
        cursor.wantsRefresh();
        audience.pump(now);

        assertThat(taken).containsExactly(SnapshotDepth.ALL);
        assertThat(viewer.heard(ViewerUpdate.Resync.class).getLast().keepsHistory()).isFalse();
    }

    @Test
    void aViewerThatWaitsIsLeftAloneUntilItIsCalledAndPassesWhatItDoesNotNeed() {
        enter(viewer);
        viewer.room = 0;
        print(10);
        print(10);
        assertThat(viewer.asked).isEqualTo(1);

        roomFor(viewer, 100);
        assertThat(viewer.bytes()).isEqualTo(20);
        roomFor(viewer, 100);
        assertThat(viewer.passed).isPositive();
    }

    @Test
    void aRestingSessionIsComparedOncePerChangeWhenEverythingHasArrived() {
        var plain = new ScriptedViewer();
        enter(viewer, Feature.HASH);
        enter(plain);
        print(100);
        viewer.everything = false;

        pass(ViewerCursor.REST.minusMillis(1));
        assertThat(viewer.heard(ViewerUpdate.Compare.class)).isEmpty();
        pass(Duration.ofMillis(1));
        assertThat(viewer.heard(ViewerUpdate.Compare.class)).isEmpty();
        viewer.everything = true;
        now = audience.nextDue().orElseThrow();
        audience.pump(now);
        assertThat(viewer.heard(ViewerUpdate.Compare.class))
                .containsExactly(new ViewerUpdate.Compare(100, 0, 77));
        pass(Duration.ofMinutes(1));
        assertThat(viewer.heard(ViewerUpdate.Compare.class)).hasSize(1);
        assertThat(audience.nextDue()).isEmpty();

        print(1);
        pass(ViewerCursor.REST);
        assertThat(viewer.heard(ViewerUpdate.Compare.class)).hasSize(2);
        assertThat(plain.heard(ViewerUpdate.Compare.class)).isEmpty();
    }

    @Test
    void aBellIsForThoseWhoAreLiveAndAClipboardForWhoTypedLast() {
        var typist = new ScriptedViewer();
        var behind = new ScriptedViewer();
        enter(viewer);
        ViewerCursor cursor = enter(typist);
        enter(behind);
        behind.room = 0;
        print(100_000);
        var clipboard = new Happening.Clipboard("c", ByteString.utf8("x"));

        audience.happened(clipboard, now);
        audience.typed(cursor, now);
        audience.happened(clipboard, now);
        audience.happened(new Happening.Bell(), now);

        assertThat(viewer.heard(ViewerUpdate.Happened.class))
                .extracting(ViewerUpdate.Happened::what)
                .containsExactly(new Happening.Bell());
        assertThat(typist.heard(ViewerUpdate.Happened.class))
                .extracting(ViewerUpdate.Happened::what)
                .containsExactly(clipboard, new Happening.Bell());
        assertThat(behind.heard(ViewerUpdate.Happened.class)).isEmpty();

        audience.leave(typist);
        audience.happened(clipboard, now);
        assertThat(viewer.heard(ViewerUpdate.Happened.class)).hasSize(1);
    }

    @Test
    void aProgramThatRingsWithoutEndRingsTenTimesASecond() {
        enter(viewer);
        for (int i = 0; i < 10_000; i++) {
            audience.happened(new Happening.Bell(), now);
            now += 1_000_000;
        }

        assertThat(viewer.heard(ViewerUpdate.Happened.class).size()).isBetween(100, 111);
    }

    private static ClientMessage.ViewerState state(Integer background, ColorScheme scheme) {
        return new ClientMessage.ViewerState(
                null,
                null,
                null,
                8.0,
                17.0,
                background == null ? null : new ViewerColors(0x808080, background, 1, List.of()),
                scheme);
    }

    @Test
    void whatIsKnownIsWhatTheViewerThatTypedLastToldAndStaysWhenItGoes() {
        var other = new ScriptedViewer();
        var looker = new ScriptedViewer();
        enter(viewer);
        ViewerCursor typing = enter(other);
        audience.enter(
                looker,
                new AttachRequest(null, null, null, true, RespawnMode.NEVER, Set.of(), null));

        audience.tells(viewer, state(0xffffff, null));
        audience.tells(looker, state(0x123456, null));
        assertThat(known.getLast().background()).isEqualTo(0xffffff);
        assertThat(known.getLast().dark()).isFalse();
        audience.typed(typing, now);
        audience.tells(viewer, state(0x111111, null));
        audience.tells(other, state(0x000001, ColorScheme.LIGHT));
        assertThat(known).hasSize(2);
        assertThat(known.getLast().background()).isEqualTo(1);
        assertThat(known.getLast().dark()).isFalse();

        audience.tells(other, state(null, ColorScheme.DARK));
        assertThat(known.getLast().background()).isEqualTo(1);
        assertThat(known.getLast().dark()).isTrue();
        audience.leave(other);
        assertThat(known).hasSize(3);
    }
}
