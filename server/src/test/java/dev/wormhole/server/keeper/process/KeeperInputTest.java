package dev.wormhole.server.keeper.process;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wormhole.protocol.ByteString;
import dev.wormhole.server.keeper.wire.FromKeeper.Accepted;
import dev.wormhole.server.keeper.wire.FromKeeper.InputRefused;
import dev.wormhole.server.keeper.wire.FromKeeper.Opened;
import dev.wormhole.server.keeper.wire.FromKeeper.Why;
import dev.wormhole.server.keeper.wire.ToKeeper;
import dev.wormhole.server.pty.ClientKey;
import dev.wormhole.server.pty.ProcessKey;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.util.Map;
import java.util.UUID;

/** What is typed reaches the program once. */
@Timeout(120)
class KeeperInputTest {

    private final ClientKey ada = new ClientKey(UUID.randomUUID());
    private final ClientKey bob = new ClientKey(UUID.randomUUID());

    @TempDir Path data;

    @Test
    void numberedInputThatIsRepeatedIsTypedOnce() throws Exception {
        ProcessKey key = TestKeeper.newKey();
        try (var keeper = new TestKeeper(data);
                var control = keeper.control()) {
            control.spawn(TestKeeper.shell(key, echoOf(9)));
            try (var process = keeper.open(key, 0, 1)) {
                process.awaitOutput("ready");
                process.type(ada, 0, "abc");
                assertThat(process.await(Accepted.class)).isEqualTo(new Accepted(ada, 3));
            }
            // The connection is lost before the answer: everything is said again, and more.
            try (var process = keeper.open(key, 0, 1)) {
                assertThat(process.await(Opened.class).counts()).containsExactly(entry(ada, 3L));
                process.type(ada, 0, "abc");
                assertThat(process.await(Accepted.class)).isEqualTo(new Accepted(ada, 3));
                process.type(ada, 1, "bcdef");
                assertThat(process.await(Accepted.class)).isEqualTo(new Accepted(ada, 6));
                process.type(bob, 0, "xyz");
                assertThat(process.await(Accepted.class)).isEqualTo(new Accepted(bob, 3));

                process.awaitOutput("abcdefxyz.");
            }
        }
    }

    @Test
    void aGapInNumberedInputIsRefused() throws Exception {
        ProcessKey key = TestKeeper.newKey();
        try (var keeper = new TestKeeper(data);
                var control = keeper.control()) {
            control.spawn(TestKeeper.shell(key, echoOf(4)));
            try (var process = keeper.open(key, 0, 1)) {
                process.awaitOutput("ready");
                process.type(ada, 2, "cd");
                assertThat(process.await(InputRefused.class))
                        .isEqualTo(new InputRefused(ada, 0, Why.GAP));
                process.type(ada, 0, "ab");
                process.type(ada, 2, "cd");

                process.awaitOutput("abcd.");
            }
        }
    }

    @Test
    void inputForAProgramThatDoesNotReadIsBoundedAndTheClientHearsWhenThereIsRoom()
            throws Exception {
        ProcessKey key = TestKeeper.newKey();
        ByteString piece = ByteString.utf8("x".repeat(16 << 10));
        try (var keeper = new TestKeeper(data, TestKeeper.SMALL, TestKeeper.PAUSES, false);
                var control = keeper.control()) {
            control.spawn(
                    TestKeeper.shell(
                            key,
                            "stty raw -echo; trap 'cat >/dev/null' USR1; echo ready;"
                                    + " while true; do sleep 0.05; done"));
            try (var process = keeper.open(key, 0, 1)) {
                process.awaitOutput("ready");
                long sent = 0;
                while (true) {
                    process.say(new ToKeeper.Input(ada, sent, piece));
                    if (!(answer(process) instanceof Accepted accepted)) break;
                    sent = accepted.count();
                }
                assertThat(sent).isBetween(48L << 10, 512L << 10);
                process.say(new ToKeeper.Input(null, 0, ByteString.utf8("y".repeat(60_000))));
                assertThat(process.await(InputRefused.class))
                        .isEqualTo(new InputRefused(null, 0, Why.FULL));

                process.say(new ToKeeper.Signal(10));

                assertThat(process.await(Accepted.class)).isEqualTo(new Accepted(ada, sent));
            }
        }
    }

    @Test
    void aLargePasteArrivesWhole() throws Exception {
        ProcessKey key = TestKeeper.newKey();
        int pieces = 160;
        try (var keeper = new TestKeeper(data);
                var control = keeper.control()) {
            control.spawn(
                    TestKeeper.shell(
                            key,
                            "stty raw -echo; echo ready; head -c "
                                    + (pieces << 15)
                                    + " | tr -d x | wc -c; echo done"));
            try (var process = keeper.open(key, 0, 1)) {
                process.awaitOutput("ready");
                ByteString piece = ByteString.utf8("x".repeat((32 << 10) - 1) + "\n");
                for (int i = 0; i < pieces; i++) process.say(new ToKeeper.Input(null, 0, piece));
                process.awaitOutput("done");

                assertThat(process.text()).contains("" + pieces);
            }
        }
    }

    @Test
    void onlyTheClientsThatTypedLastAreRemembered() throws Exception {
        ProcessKey key = TestKeeper.newKey();
        try (var keeper = new TestKeeper(data);
                var control = keeper.control()) {
            control.spawn(TestKeeper.shell(key, "stty raw -echo; cat >/dev/null"));
            try (var process = keeper.open(key, 0, 1)) {
                for (int i = 0; i < 70; i++) {
                    var client = new ClientKey(new UUID(1, i));
                    process.type(client, 0, "x");
                    assertThat(process.await(Accepted.class).client()).isEqualTo(client);
                }
            }
            try (var process = keeper.open(key, 0, 1)) {
                assertThat(process.await(Opened.class).counts())
                        .hasSize(64)
                        .containsKey(new ClientKey(new UUID(1, 69)))
                        .doesNotContainKey(new ClientKey(new UUID(1, 5)));
            }
        }
    }

    private static Map.Entry<ClientKey, Long> entry(ClientKey client, long count) {
        return Map.entry(client, count);
    }

    private static Object answer(TestPeer process) throws Exception {
        while (true) {
            Object message = process.hear();
            if (message instanceof Accepted || message instanceof InputRefused) return message;
        }
    }

    /** Reads so many bytes, and prints them. */
    private static String echoOf(int count) {
        return "stty raw -echo; echo ready; head -c " + count + "; echo .; sleep 1000";
    }
}
