package dev.wormhole.server.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wormhole.protocol.ByteString;
import dev.wormhole.protocol.Happening;
import dev.wormhole.protocol.SessionId;
import dev.wormhole.protocol.SessionKind;
import dev.wormhole.protocol.TerminalSize;
import dev.wormhole.server.pty.ClientKey;
import dev.wormhole.server.pty.Pty;
import dev.wormhole.terminal.screen.Screen;
import dev.wormhole.terminal.screen.ScreenListener;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/** What a keeper is told that it may forget, against a clock of the test's own. */
class DurabilityTest {

    private static final TerminalSize SIZE = new TerminalSize(80, 24);

    private long now = Duration.ofHours(1).toNanos();
    private final SessionRecord record = record();
    private final SessionOutput output =
            new SessionOutput(
                    new SessionContents(
                            new OutputLog(
                                    new RingBuffer(new RingBuffer.Caps(1 << 20, 1000)), true, 0),
                            new Screen(SIZE.cols(), SIZE.rows(), 100, new ScreenListener() {}),
                            StoreCursor.fresh(() -> now, SIZE)),
                    new Unheard());
    private final Durability durability =
            new Durability(
                    new SessionHandle(record.id(), null),
                    new Patient(),
                    () -> now,
                    new SessionFacts(record, true),
                    output);
    private final Keeper keeper = new Keeper();
    private final Running process = new Running(keeper);

    DurabilityTest() {
        durability.begin(process);
    }

    @Test
    void theKeeperForgetsWhatWasCollectedAndNothingThatCameSince() {
        output.append(ByteString.utf8("stored"));
        durability.collect(false);
        output.append(ByteString.utf8(", not yet"));

        durability.stored();

        assertThat(keeper.told).containsExactly("confirm 6 0");
    }

    @Test
    void whileTheStoreFailsWhatIsInMemoryIsEnoughAfterASecond() {
        output.append(ByteString.utf8("held"));
        failOnce();
        now += Duration.ofMillis(999).toNanos();
        failOnce();
        assertThat(keeper.told).isEmpty();

        now += Duration.ofMillis(1).toNanos();
        failOnce();

        assertThat(keeper.told).containsExactly("confirm 4 0");
    }

    @Test
    void theSecondBeginsAnewWhenTheStoreHasWorked() {
        failOnce();
        now += Duration.ofMillis(999).toNanos();
        durability.collect(false);
        durability.stored();
        keeper.told.clear();

        now += Duration.ofSeconds(1).toNanos();
        failOnce();

        assertThat(keeper.told).isEmpty();
    }

    @Test
    void anEndIsForgottenOnlyWhenAnIncrementThatSaysSoIsStored() {
        durability.collect(false);
        process.ended();
        durability.stored();
        assertThat(keeper.told).containsExactly("confirm 0 0");

        durability.collect(false);
        durability.stored();

        assertThat(keeper.told).containsExactly("confirm 0 0", "forget");
    }

    @Test
    void anEndStaysWithTheKeeperHoweverLongTheStoreFails() {
        process.ended();
        failOnce();
        now += Duration.ofHours(1).toNanos();
        failOnce();

        assertThat(keeper.told).isEmpty();
    }

    @Test
    void ofASessionThatIsNotStoredTheKeeperHoldsTheNewestOutputForTheNextServer() {
        Durability unstored = unstored();
        for (int i = 0; i < 5; i++) print(unstored, 64 << 10);

        assertThat(keeper.told).containsExactly("confirm 131072 0");
        for (int i = 0; i < 2; i++) print(unstored, 64 << 10);
        assertThat(keeper.told).containsExactly("confirm 131072 0", "confirm 262144 0");
    }

    @Test
    void ofASessionThatIsNotStoredTheKeeperForgetsAProcessWhenTheNextOneBegins() {
        Durability unstored = unstored();
        process.ended();
        unstored.commitExit();
        assertThat(keeper.told).isEmpty();

        unstored.begin(new Running(keeper));

        assertThat(keeper.told).containsExactly("forget");
    }

    private Durability unstored() {
        var unstored =
                new Durability(
                        new SessionHandle(record.id(), null),
                        new Unstored(),
                        () -> now,
                        new SessionFacts(record, false),
                        output);
        unstored.begin(process);
        return unstored;
    }

    private void print(Durability durable, int bytes) {
        output.append(ByteString.wrap(new byte[bytes], 0, bytes));
        durable.dirty();
    }

    private void failOnce() {
        durability.collect(false);
        durability.rollBack();
    }

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

    /** A process whose keeper remembers what it may forget. */
    private static final class Keeper implements Pty {

        final List<String> told = new ArrayList<>();

        @Override
        public long pid() {
            return 1;
        }

        @Override
        public boolean write(ByteString bytes) {
            return true;
        }

        @Override
        public void write(ClientKey client, long from, ByteString bytes) {}

        @Override
        public void resize(long event, TerminalSize size) {}

        @Override
        public void handled(int bytes) {}

        @Override
        public void confirm(long offset, long event) {
            told.add("confirm " + offset + " " + event);
        }

        @Override
        public void forget() {
            told.add("forget");
        }

        @Override
        public void signal(int number) {}

        @Override
        public void hangUp() {
            told.add("hang up");
        }

        @Override
        public @Nullable String foregroundDirectory() {
            return null;
        }

        @Override
        public java.util.List<String> foregroundCommand() {
            return null;
        }
    }

    /** Asks for nothing by itself: the test collects. */
    private static final class Patient implements SessionStore {

        @Override
        public CompletableFuture<Void> commit(Source source) {
            return new CompletableFuture<>();
        }

        @Override
        public CompletableFuture<Void> tombstone(SessionId id) {
            return new CompletableFuture<>();
        }

        @Override
        public CompletableFuture<Void> drop(SessionId id) {
            return new CompletableFuture<>();
        }

        @Override
        public void dirty(Source source) {}

        @Override
        public void flush(Source source) {}
    }

    private static final class Unheard implements SessionScreen.Listener {

        @Override
        public void title(String title) {}

        @Override
        public void directory(String path) {}

        @Override
        public void happened(Happening what) {}

        @Override
        public void reply(ByteString answer) {}
    }
}
