package dev.wormhole.server.keeper.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.wormhole.server.keeper.wire.FromKeeper;
import dev.wormhole.server.keeper.wire.FromKeeper.Bytes;
import dev.wormhole.server.keeper.wire.FromKeeper.Exited;
import dev.wormhole.server.keeper.wire.FromKeeper.Opened;
import dev.wormhole.server.keeper.wire.KeeperFiles;
import dev.wormhole.server.keeper.wire.ToKeeper;
import dev.wormhole.server.pty.HeldProcess;
import dev.wormhole.server.pty.ProcessKey;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** What is printed is kept until it is confirmed, in bounded memory, and told once, in order. */
@Timeout(120)
class KeeperOutputTest {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    /** Ends with its terminal, whoever else ignores that. */
    private static final String FLOOD = "stty -opost; exec yes";

    @TempDir Path data;

    @Test
    void aFloodNobodyReadsHoldsBackNobodyElse() throws Exception {
        ProcessKey flooding = TestKeeper.newKey();
        ProcessKey echoing = TestKeeper.newKey();
        try (var keeper = new TestKeeper(data);
                var control = keeper.control()) {
            control.spawn(TestKeeper.spawn(flooding, 0, false, "/usr/bin/yes"));
            control.spawn(TestKeeper.spawn(echoing, 0, false, "/bin/cat"));
            try (var flood = keeper.open(flooding, 0, 1);
                    var echo = keeper.open(echoing, 0, 1)) {
                awaitHeld(control, flooding, KeeperLimits.STANDARD.ahead());

                for (int i = 0; i < 200; i++) {
                    echo.type("line " + i + "\r");
                    echo.awaitOutput("line " + i + "\r\nline " + i + "\r\n");
                }

                assertThat(flood.await(Opened.class).from()).isZero();
                assertThat(held(control, flooding)).isLessThan(2 << 20);
            }
        }
    }

    @Test
    void aProgramWaitsWhenItsRingIsFullAndGoesOnWhenItIsConfirmed() throws Exception {
        ProcessKey key = TestKeeper.newKey();
        try (var keeper = new TestKeeper(data, TestKeeper.SMALL, TestKeeper.PAUSES, false);
                var control = keeper.control()) {
            control.spawn(TestKeeper.shell(key, lines(100_000)));

            awaitHeld(control, key, TestKeeper.SMALL.ring());
            assertThat(held(control, key)).isEqualTo(TestKeeper.SMALL.ring());
            assertThat(control.ping().spilledBytes()).isZero();

            try (var process = keeper.open(key, 0, 1)) {
                readAndConfirm(process);
                assertThat(process.text()).isEqualTo(printed(100_000));
            }
            assertThat(held(control, key)).isZero();
        }
    }

    @Test
    void aServerIsAskedOnceToHurryUntilItConfirms() throws Exception {
        ProcessKey key = TestKeeper.newKey();
        try (var keeper = new TestKeeper(data, TestKeeper.SMALL, TestKeeper.PAUSES, false);
                var control = keeper.control()) {
            control.spawn(TestKeeper.shell(key, lines(100_000)));
            assertThat(control.await(FromKeeper.FlushDue.class).key()).isEqualTo(key);

            awaitHeld(control, key, TestKeeper.SMALL.ring());
            try (var process = keeper.open(key, 0, 1)) {
                while (process.end() < TestKeeper.SMALL.ring()) process.await(Bytes.class);
                control.say(new ToKeeper.Ping(6));
                assertThat(control.hear()).isInstanceOf(FromKeeper.Pong.class);

                process.say(new ToKeeper.Confirm(process.end(), 1));
                assertThat(control.await(FromKeeper.FlushDue.class).key()).isEqualTo(key);
            }
        }
    }

    @Test
    void withoutAServerOutputGoesToTheDiskAndEveryLineIsToldOnceInOrder() throws Exception {
        ProcessKey key = TestKeeper.newKey();
        try (var keeper = new TestKeeper(data, TestKeeper.SMALL, TestKeeper.PAUSES, false)) {
            try (var control = keeper.control()) {
                control.say(new ToKeeper.Server(false, 64 << 20, "/", List.of(), Map.of()));
                control.spawn(TestKeeper.shell(key, "read x; " + lines(200_000)));
                try (var process = keeper.open(key, 0, 1)) {
                    process.type("go\r");
                    process.awaitOutput("go\r\n");
                }
            }
            // The server is gone: the program runs to its end although nobody reads.
            HeldProcess held = awaitEnded(keeper, key);
            assertThat(held.first()).isZero();
            assertThat(KeeperFiles.spill(data, key)).doesNotExist();

            try (var control = keeper.control();
                    var process = keeper.open(key, 0, 1)) {
                assertThat(control.ping().spilledBytes()).isGreaterThan(512 << 10);
                readAndConfirm(process);
                assertThat(process.text()).isEqualTo("go\r\n" + printed(200_000));
                assertThat(control.ping().spilledBytes()).isZero();
            }
        }
    }

    @Test
    void whatMustNotBeStoredWaitsInMemoryAlone() throws Exception {
        ProcessKey key = TestKeeper.newKey();
        try (var keeper = new TestKeeper(data, TestKeeper.SMALL, TestKeeper.PAUSES, false)) {
            try (var control = keeper.control()) {
                control.spawn(
                        TestKeeper.spawn(
                                key, 0, true, "/bin/sh", "-c", "read x; " + lines(100_000)));
                try (var process = keeper.open(key, 0, 1)) {
                    process.type("go\r");
                    process.awaitOutput("go\r\n");
                }
            }
            try (var control = keeper.control()) {
                awaitHeld(control, key, TestKeeper.SMALL.ring());
                assertThat(control.ping().spilledBytes()).isZero();
            }
            try (var control = keeper.control();
                    var process = keeper.open(key, 0, 1)) {
                assertThat(control.list().processes().getFirst().ended()).isFalse();
                readAndConfirm(process);
                assertThat(process.text()).isEqualTo("go\r\n" + printed(100_000));
            }
        }
    }

    @Test
    void aFullDiskLimitMakesTheProgramWait() throws Exception {
        ProcessKey key = TestKeeper.newKey();
        try (var keeper = new TestKeeper(data, TestKeeper.SMALL, TestKeeper.PAUSES, false)) {
            try (var control = keeper.control()) {
                control.say(new ToKeeper.Server(false, 128 << 10, "/", List.of(), Map.of()));
                control.spawn(TestKeeper.shell(key, "read x; " + lines(100_000)));
                try (var process = keeper.open(key, 0, 1)) {
                    process.type("go\r");
                    process.awaitOutput("go\r\n");
                }
            }
            int most = TestKeeper.SMALL.ring() + (128 << 10);
            await().atMost(PATIENCE)
                    .until(
                            () -> {
                                try (var control = keeper.control()) {
                                    return held(control, key) > most - (128 << 10);
                                }
                            });
            try (var control = keeper.control();
                    var process = keeper.open(key, 0, 1)) {
                assertThat(held(control, key)).isLessThanOrEqualTo(most);
                readAndConfirm(process);
                assertThat(process.text()).isEqualTo("go\r\n" + printed(100_000));
            }
        }
    }

    @Test
    void theMemoryOfAllIsBoundedAndSharedAgainWhenItIsFree() throws Exception {
        var limits = new KeeperLimits(1 << 20, 1 << 20, 64 << 10, 1 << 20, 64 << 10);
        ProcessKey first = TestKeeper.newKey();
        ProcessKey second = TestKeeper.newKey();
        try (var keeper = new TestKeeper(data, limits, TestKeeper.PAUSES, false);
                var control = keeper.control()) {
            control.spawn(TestKeeper.shell(first, FLOOD));
            awaitHeld(control, first, 1 << 20);
            control.spawn(TestKeeper.shell(second, lines(1_000)));

            assertThat(control.ping().heldBytes()).isLessThanOrEqualTo(1 << 20);
            control.end(first);

            try (var process = keeper.open(second, 0, 1)) {
                readAndConfirm(process);
                assertThat(process.text()).isEqualTo(printed(1_000));
            }
        }
    }

    @Test
    void aFloodEndsWhenItIsTold() throws Exception {
        ProcessKey key = TestKeeper.newKey();
        try (var keeper = new TestKeeper(data, TestKeeper.SMALL, TestKeeper.PAUSES, false);
                var control = keeper.control()) {
            long pid = control.spawn(TestKeeper.shell(key, "trap '' HUP; " + FLOOD));
            try (var process = keeper.open(key, 0, 1)) {
                process.await(Bytes.class);
                control.end(key);

                assertThat(ProcessHandle.of(pid)).isEmpty();
                process.awaitEnd();
            }
            assertThat(control.list().processes()).isEmpty();
            assertThat(control.ping().heldBytes()).isZero();
        }
    }

    @Test
    void aJobThatPrintsOnDoesNotKeepItsShellFromEnding() throws Exception {
        ProcessKey key = TestKeeper.newKey();
        try (var keeper = new TestKeeper(data);
                var control = keeper.control()) {
            control.spawn(
                    TestKeeper.shell(key, "trap '' HUP; (" + FLOOD + ") & trap - HUP; exit 3"));
            try (var process = keeper.open(key, 0, 1)) {
                assertThat(process.await(Exited.class).exitCode()).isEqualTo(3);
            }
        }
    }

    @Test
    void whatWasSentAndNotConfirmedIsSentAgainWithoutGapOrRepeat() throws Exception {
        ProcessKey key = TestKeeper.newKey();
        try (var keeper = new TestKeeper(data);
                var control = keeper.control()) {
            control.spawn(TestKeeper.shell(key, lines(200_000)));
            long from = 0;
            var text = new StringBuilder();
            while (text.length() < printed(200_000).length()) {
                try (var process = keeper.open(key, from, 1)) {
                    // Cut off in the middle of whatever is on its way.
                    for (int i = 0; i < 40 && process.end() < 0; i++) process.await(Bytes.class);
                    for (int i = 0; i < 40; i++) if (process.hear() instanceof Exited) break;
                    assertThat(process.start()).isEqualTo(from);
                    text.append(process.text());
                    from = process.end();
                    if (text.length() % 3 == 0) process.say(new ToKeeper.Confirm(from, 1));
                }
            }
            assertThat(text.toString()).isEqualTo(printed(200_000));
        }
    }

    /** Numbered lines, as fast as a shell's tools print them. */
    private static String lines(int count) {
        return "stty -opost; seq 1 " + count;
    }

    private static String printed(int count) {
        var text = new StringBuilder();
        for (int i = 1; i <= count; i++) text.append(i).append('\n');
        return text.toString();
    }

    private static void readAndConfirm(TestPeer process) throws Exception {
        while (true) {
            FromKeeper message = process.hear();
            if (message instanceof Bytes) process.say(new ToKeeper.Confirm(process.end(), 1));
            if (message instanceof Exited) return;
            assertThat(message).as("before its end").isNotNull();
        }
    }

    private static HeldProcess find(TestPeer control, ProcessKey key) throws Exception {
        return control.list().processes().stream()
                .filter(process -> process.key().equals(key))
                .findFirst()
                .orElseThrow();
    }

    private static long held(TestPeer control, ProcessKey key) throws Exception {
        HeldProcess process = find(control, key);
        return process.end() - process.first();
    }

    /** So much is held: there is room for no more. */
    private static void awaitHeld(TestPeer control, ProcessKey key, long bytes) {
        await().atMost(PATIENCE).until(() -> held(control, key) >= bytes);
    }

    /** Asks now and then, being a server only for that moment. */
    private static HeldProcess awaitEnded(TestKeeper keeper, ProcessKey key) {
        return await().atMost(PATIENCE)
                .until(
                        () -> {
                            try (var control = keeper.control()) {
                                return find(control, key);
                            }
                        },
                        HeldProcess::ended);
    }
}
