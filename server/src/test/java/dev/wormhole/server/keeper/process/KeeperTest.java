package dev.wormhole.server.keeper.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.wormhole.protocol.ByteString;
import dev.wormhole.protocol.TerminalSize;
import dev.wormhole.server.keeper.wire.FromKeeper;
import dev.wormhole.server.keeper.wire.FromKeeper.Exited;
import dev.wormhole.server.keeper.wire.FromKeeper.Opened;
import dev.wormhole.server.keeper.wire.FromKeeper.Resized;
import dev.wormhole.server.keeper.wire.KeeperFiles;
import dev.wormhole.server.keeper.wire.Role;
import dev.wormhole.server.keeper.wire.ToKeeper;
import dev.wormhole.server.pty.HeldProcess;
import dev.wormhole.server.pty.ProcessKey;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.time.Duration;

/** Processes that outlive whoever started them. */
@Timeout(120)
class KeeperTest {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @TempDir Path data;

    @Test
    void aProcessIsStartedOnceForItsKey() throws Exception {
        ProcessKey key = TestKeeper.newKey();
        try (var keeper = new TestKeeper(data);
                var control = keeper.control()) {
            control.say(TestKeeper.shell(key, "sleep 1000"));
            control.say(TestKeeper.shell(key, "sleep 1001"));
            long first = control.await(FromKeeper.Spawned.class).pid();
            long second = control.await(FromKeeper.Spawned.class).pid();
            long third = control.spawn(TestKeeper.shell(key, "sleep 1002"));

            assertThat(second).isEqualTo(first);
            assertThat(third).isEqualTo(first);
            assertThat(control.list().processes()).hasSize(1);
        }
    }

    @Test
    void whatCannotBeStartedIsToldWithItsReason() throws Exception {
        ProcessKey key = TestKeeper.newKey();
        try (var keeper = new TestKeeper(data);
                var control = keeper.control()) {
            control.say(TestKeeper.spawn(key, 0, false, "/no/such/program"));

            assertThat(control.await(FromKeeper.SpawnFailed.class).message())
                    .contains("/no/such/program");
            assertThat(control.list().processes()).isEmpty();
        }
    }

    @Test
    void aProcessOutlivesItsServerAndTheNextOneReadsOn() throws Exception {
        ProcessKey key = TestKeeper.newKey();
        try (var keeper = new TestKeeper(data)) {
            long pid;
            long seen;
            try (var control = keeper.control()) {
                pid = control.spawn(TestKeeper.spawn(key, 5_000, false, "/bin/cat"));
                try (var process = keeper.open(key, 5_000, 1)) {
                    assertThat(process.await(Opened.class).from()).isEqualTo(5_000);
                    process.type("first\r");
                    process.awaitOutput("first\r\nfirst\r\n");
                    seen = process.end();
                }
            }

            try (var control = keeper.control();
                    var process = keeper.open(key, seen, 1)) {
                HeldProcess held = control.list().processes().getFirst();
                assertThat(held.key()).isEqualTo(key);
                assertThat(held.pid()).isEqualTo(pid);
                assertThat(held.ended()).isFalse();
                assertThat(held.origin()).isEqualTo(5_000);
                assertThat(held.end()).isEqualTo(seen);
                assertThat(held.note()).isEqualTo("a note");
                process.type("second\r");
                process.awaitOutput("second\r\nsecond\r\n");
                assertThat(process.start()).isEqualTo(seen);
            }
        }
    }

    @Test
    void aReplayHasEveryChangeOfSizeWhereItStood() throws Exception {
        ProcessKey key = TestKeeper.newKey();
        var wide = new TerminalSize(100, 30);
        var narrow = new TerminalSize(40, 10);
        try (var keeper = new TestKeeper(data);
                var control = keeper.control()) {
            control.spawn(
                    TestKeeper.shell(
                            key, "stty -echo; echo ready; while read x; do stty size; done"));
            long first;
            long second;
            try (var process = keeper.open(key, 0, 1)) {
                process.awaitOutput("ready\r\n");
                process.type("x\r");
                process.awaitOutput("24 80\r\n");
                process.say(new ToKeeper.Resize(1, wide));
                first = process.await(Resized.class).offset();
                process.type("x\r");
                process.awaitOutput("30 100\r\n");
                process.say(new ToKeeper.Resize(2, narrow));
                second = process.await(Resized.class).offset();
                process.type("x\r");
                process.awaitOutput("10 40\r\n");
                assertThat(first).isEqualTo("ready\r\n24 80\r\n".length());
            }

            try (var process = keeper.open(key, 0, 1)) {
                assertThat(process.await(Opened.class).size()).isEqualTo(narrow);
                assertThat(process.await(Resized.class)).isEqualTo(new Resized(first, 1, wide));
                assertThat(process.text()).endsWith("24 80\r\n");
                assertThat(process.await(Resized.class)).isEqualTo(new Resized(second, 2, narrow));
                assertThat(process.text()).endsWith("30 100\r\n");
                process.awaitOutput("10 40\r\n");
            }
            try (var process = keeper.open(key, first, 2)) {
                assertThat(process.await(Resized.class).event()).isEqualTo(2);
                assertThat(process.start()).isEqualTo(first);
            }
        }
    }

    @Test
    void aChangeOfSizeThatWasMadeIsNotMadeAgain() throws Exception {
        ProcessKey key = TestKeeper.newKey();
        try (var keeper = new TestKeeper(data);
                var control = keeper.control()) {
            control.spawn(TestKeeper.spawn(key, 0, false, "/bin/cat"));
            try (var process = keeper.open(key, 0, 1)) {
                process.say(new ToKeeper.Resize(1, new TerminalSize(90, 20)));
                process.say(new ToKeeper.Resize(1, new TerminalSize(91, 21)));
                process.type("x\r");
                assertThat(process.await(Resized.class).size().cols()).isEqualTo(90);
                process.awaitOutput("x");
                assertThat(control.list().processes().getFirst().size().cols()).isEqualTo(90);

                process.say(new ToKeeper.Resize(2, new TerminalSize(92, 22)));
                assertThat(process.await(Resized.class).size().cols()).isEqualTo(92);
            }
        }
    }

    @Test
    void anEndIsToldUntilItIsForgotten() throws Exception {
        ProcessKey key = TestKeeper.newKey();
        try (var keeper = new TestKeeper(data);
                var control = keeper.control()) {
            control.spawn(TestKeeper.shell(key, "echo last words; exit 7"));
            for (int i = 0; i < 2; i++)
                try (var process = keeper.open(key, 0, 1)) {
                    Exited exited = process.await(Exited.class);
                    assertThat(exited.exitCode()).isEqualTo(7);
                    assertThat(exited.signal()).isNull();
                    assertThat(process.text()).isEqualTo("last words\r\n");
                    assertThat(exited.offset()).isEqualTo(process.end());
                }
            assertThat(control.list().processes().getFirst().ended()).isTrue();

            try (var process = keeper.open(key, 0, 1)) {
                process.say(new ToKeeper.Forget());
                process.awaitEnd();
            }
            assertThat(control.list().processes()).isEmpty();
            try (var process = keeper.open(key, 0, 1)) {
                assertThat(process.await(FromKeeper.Refused.class).message())
                        .contains("no such process");
            }
        }
    }

    @Test
    void aProcessThatLivesIsNotForgotten() throws Exception {
        ProcessKey key = TestKeeper.newKey();
        try (var keeper = new TestKeeper(data);
                var control = keeper.control()) {
            control.spawn(TestKeeper.spawn(key, 0, false, "/bin/cat"));
            try (var process = keeper.open(key, 0, 1)) {
                process.say(new ToKeeper.Forget());
                process.type("still here\r");
                process.awaitOutput("still here\r\nstill here");
            }
        }
    }

    @Test
    void aSignalThatEndsAProcessIsNamed() throws Exception {
        ProcessKey key = TestKeeper.newKey();
        try (var keeper = new TestKeeper(data);
                var control = keeper.control()) {
            control.spawn(TestKeeper.shell(key, "kill -SEGV $$"));
            try (var process = keeper.open(key, 0, 1)) {
                Exited exited = process.await(Exited.class);
                assertThat(exited.exitCode()).isNull();
                assertThat(exited.signal()).isEqualTo("SIGSEGV");
            }
        }
    }

    @Test
    void aSignalGoesToTheForegroundAndAHangUpEndsWhatIgnoresIt() throws Exception {
        ProcessKey key = TestKeeper.newKey();
        try (var keeper = new TestKeeper(data);
                var control = keeper.control()) {
            control.spawn(
                    TestKeeper.shell(
                            key,
                            "trap '' HUP; trap 'echo interrupted' INT; echo ready;"
                                    + " while true; do sleep 0.1; done"));
            try (var process = keeper.open(key, 0, 1)) {
                process.awaitOutput("ready");
                process.say(new ToKeeper.Signal(2));
                process.awaitOutput("interrupted");

                process.say(new ToKeeper.HangUp());

                assertThat(process.await(Exited.class).signal()).isEqualTo("SIGKILL");
            }
        }
    }

    @Test
    void anUnknownKeyEndsAtOnceAndIsRefused() throws Exception {
        ProcessKey key = TestKeeper.newKey();
        try (var keeper = new TestKeeper(data);
                var control = keeper.control();
                var process = keeper.open(key, 0, 1)) {
            control.end(key);

            assertThat(process.hear()).isInstanceOf(FromKeeper.Refused.class);
            assertThat(process.hear()).isNull();
        }
    }

    @Test
    void aNewerConnectionReplacesTheOlder() throws Exception {
        ProcessKey key = TestKeeper.newKey();
        try (var keeper = new TestKeeper(data);
                var former = keeper.control()) {
            former.spawn(TestKeeper.spawn(key, 0, false, "/bin/cat"));
            try (var older = keeper.open(key, 0, 1)) {
                older.await(Opened.class);
                try (var newer = keeper.open(key, 0, 1);
                        var next = keeper.control()) {
                    newer.await(Opened.class);
                    older.awaitEnd();
                    former.awaitEnd();

                    newer.type("x\r");
                    newer.awaitOutput("x\r\nx");
                    assertThat(next.list().processes()).hasSize(1);
                }
            }
        }
    }

    @Test
    void aLongListComesInParts() throws Exception {
        try (var keeper = new TestKeeper(data);
                var control = keeper.control()) {
            for (int i = 0; i < 70; i++) control.say(TestKeeper.shell(TestKeeper.newKey(), "exit"));
            control.say(new ToKeeper.ListProcesses(3));

            int found = 0;
            FromKeeper.Processes part;
            do {
                part = control.await(FromKeeper.Processes.class);
                found += part.processes().size();
            } while (part.more());
            assertThat(found).isEqualTo(70);
        }
    }

    @Test
    void aKeeperWithoutAnythingToKeepEnds() throws Exception {
        var pauses =
                new KeeperPauses(
                        Duration.ofMillis(200),
                        Duration.ofSeconds(60),
                        Duration.ofMillis(200),
                        TestKeeper.PAUSES.restart());
        var keeper = new TestKeeper(data, KeeperLimits.STANDARD, pauses, false);
        ProcessKey key = TestKeeper.newKey();
        try (var control = keeper.control()) {
            control.spawn(TestKeeper.shell(key, "exit"));
            try (var process = keeper.open(key, 0, 1)) {
                process.await(Exited.class);
            }
        }
        try (var control = keeper.control()) {
            assertThat(control.list().processes()).hasSize(1);
            try (var process = keeper.open(key, 0, 1)) {
                process.say(new ToKeeper.Forget());
                process.awaitEnd();
            }
        }

        keeper.awaitEnd();
        assertThat(KeeperFiles.directory(data)).isEmptyDirectory();
    }

    @Test
    void aShutdownEndsEveryProcessAndTheKeeper() throws Exception {
        var keeper = new TestKeeper(data);
        try (var control = keeper.control()) {
            long polite =
                    control.spawn(TestKeeper.spawn(TestKeeper.newKey(), 0, false, "/bin/cat"));
            long deaf =
                    control.spawn(
                            TestKeeper.shell(
                                    TestKeeper.newKey(),
                                    "trap '' HUP; while true; do sleep 1; done"));

            control.say(new ToKeeper.Shutdown());
            keeper.awaitEnd();

            assertThat(ProcessHandle.of(polite)).isEmpty();
            await().atMost(PATIENCE).until(() -> ProcessHandle.of(deaf).isEmpty());
        }
        assertThat(KeeperFiles.directory(data)).isEmptyDirectory();
    }

    @Test
    void anotherProtocolIsRefusedWithASentence() throws Exception {
        try (var keeper = new TestKeeper(data);
                var peer = keeper.connect()) {
            peer.say(new ToKeeper.Hello(2, Role.CONTROL, ByteString.EMPTY, "2.0"));

            assertThat(peer.await(FromKeeper.Refused.class).message()).contains("protocol 1");
            peer.awaitEnd();
        }
    }

    @Test
    void onLoopbackTheTokenOpensTheDoor() throws Exception {
        try (var keeper = new TestKeeper(data, KeeperLimits.STANDARD, TestKeeper.PAUSES, true);
                var control = keeper.control();
                var stranger = keeper.connect()) {
            assertThat(control.list().processes()).isEmpty();

            stranger.say(new ToKeeper.Hello(1, Role.CONTROL, ByteString.copyOf(new byte[32]), ""));

            assertThat(stranger.hear()).isNull();
            assertThat(control.list().processes()).isEmpty();
        }
    }
}
