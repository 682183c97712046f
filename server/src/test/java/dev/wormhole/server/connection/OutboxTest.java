package dev.wormhole.server.connection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.wormhole.protocol.ByteString;
import dev.wormhole.protocol.Frame;
import dev.wormhole.protocol.FrameCodec;
import dev.wormhole.server.session.SessionHandles;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/** The outbox on its own thread, against a socket that takes what a test says. */
class OutboxTest {

    private static final int FRAME = 16 << 10;

    private final AtomicLong now = new AtomicLong(1);
    private final List<Frame> sent = new CopyOnWriteArrayList<>();
    private final AtomicInteger closedWith = new AtomicInteger();
    private final AtomicInteger nudges = new AtomicInteger();

    /** Those that wait for the timer. */
    private final Deque<Runnable> looks = new ConcurrentLinkedDeque<>();

    private final Outbox outbox =
            new Outbox(
                    new Outbox.Socket() {
                        @Override
                        public void send(byte[] message) {
                            sent.add(FrameCodec.decode(ByteBuffer.wrap(message)));
                        }

                        @Override
                        public void close(int code, String reason) {
                            closedWith.set(code);
                        }

                        @Override
                        public void nudge() {
                            nudges.incrementAndGet();
                        }
                    },
                    looks::add,
                    now::get);
    private final Thread thread = Thread.ofPlatform().unstarted(outbox);

    @BeforeEach
    void start() {
        thread.start();
    }

    @AfterEach
    void stop() throws Exception {
        outbox.end();
        thread.join(10_000);
        assertThat(thread.isAlive()).isFalse();
    }

    private ChannelViewer viewer(int channel) {
        return new ChannelViewer(SessionHandles.unheard(), channel, outbox, (_, _) -> {});
    }

    private static ByteString bytes(int length) {
        return ByteString.copyOf(new byte[length]);
    }

    private int dataSent() {
        return sent.stream()
                .mapToInt(frame -> frame instanceof Frame.Data data ? data.bytes().length() : 0)
                .sum();
    }

    private void awaitData(int bytes) {
        await().pollInterval(Duration.ofMillis(2)).until(() -> dataSent() == bytes);
    }

    /** Everything that can be sent has been: a message comes through behind nothing. */
    private void awaitRest() {
        ByteString fence = ByteString.utf8("fence" + sent.size());
        outbox.leisurely(fence);
        await().pollInterval(Duration.ofMillis(2))
                .until(
                        () -> {
                            outbox.taken(1 << 20);
                            return sent.contains(new Frame.Control(fence));
                        });
    }

    @Test
    void aMessageThatLiesInTheLibraryIsLookedAfterUntilItIsTaken() {
        outbox.control(ByteString.utf8("one"));
        looks.remove().run();
        assertThat(nudges).hasValue(1);

        looks.remove().run();
        assertThat(nudges).hasValue(2);
        outbox.taken(6);
        looks.remove().run();

        assertThat(nudges).hasValue(2);
        assertThat(looks).isEmpty();
    }

    @Test
    void noMoreThanTheWindowIsOnItsWayUnacknowledged() {
        outbox.clientAcknowledges();
        outbox.data(0, bytes(1 << 20), 0);
        awaitRest();
        assertThat(dataSent()).isEqualTo(4 * FRAME);

        outbox.acknowledged(0, FRAME, null);
        awaitRest();
        // By then it has measured: whatever that said, the bounds hold.
        assertThat(dataSent()).isBetween(4 * FRAME, FRAME + DeliveryWindow.MAX);
        outbox.acknowledged(0, dataSent(), null);
        awaitRest();
        assertThat(dataSent()).isGreaterThan(4 * FRAME);
    }

    @Test
    void theLibraryHoldsNoMoreThanSixtyFourKibibytesOfAMegabyte() {
        outbox.snapshot(0, bytes(1 << 20), 0);
        awaitData(4 * FRAME);
        outbox.control(ByteString.utf8("{}"));

        outbox.taken(FRAME + 20);

        await().atMost(Duration.ofSeconds(60))
                .until(() -> sent.contains(new Frame.Control(ByteString.utf8("{}"))));
        assertThat(dataSent()).isLessThanOrEqualTo(5 * FRAME);
    }

    @Test
    void roomIsWhatTheWindowHasLeft() {
        outbox.clientAcknowledges();
        assertThat(outbox.room(viewer(0))).isEqualTo(FRAME);
        outbox.snapshot(1, bytes(4 * FRAME), 0);
        awaitData(4 * FRAME);
        assertThat(outbox.room(viewer(0))).isZero();
    }

    @Test
    void aConnectionThatAcknowledgesNothingForThirtySecondsIsClosed() {
        outbox.clientAcknowledges();
        outbox.data(0, bytes(100), 0);
        awaitData(100);
        outbox.taken(1000);
        now.addAndGet(Outbox.STALL.toNanos() - 1);
        awaitRest();
        outbox.taken(1 << 20);
        assertThat(closedWith.get()).isZero();

        now.addAndGet(1);
        outbox.prefer(9);

        await().atMost(Duration.ofSeconds(60)).until(() -> closedWith.get() == 4408);
    }

    @Test
    void aConnectionWithNothingOnItsWayMayBeSilent() {
        outbox.clientAcknowledges();
        outbox.data(0, bytes(100), 0);
        awaitData(100);
        outbox.taken(1000);
        outbox.acknowledged(0, 100, null);
        now.addAndGet(10 * Outbox.STALL.toNanos());

        awaitRest();

        assertThat(closedWith.get()).isZero();
    }

    @Test
    void moreThanAMebibyteOfWaitingMessagesClosesIt() {
        outbox.snapshot(0, bytes(1 << 20), 0);
        awaitData(4 * FRAME);
        for (int i = 0; i < 16; i++) outbox.control(bytes(32 << 10));
        for (int i = 0; i < 16; i++) outbox.channelControl(3, bytes(32 << 10));
        assertThat(closedWith.get()).isZero();

        outbox.channelControl(3, bytes(1));

        assertThat(closedWith.get()).isEqualTo(4408);
    }

    @Test
    void aViewerThatFoundNoRoomIsCalledWhenThereIs() {
        outbox.clientAcknowledges();
        outbox.snapshot(1, bytes(4 * FRAME), 0);
        awaitData(4 * FRAME);
        ChannelViewer viewer = viewer(0);
        assertThat(outbox.room(viewer)).isZero();
        assertThat(SessionHandles.waiting(viewer.session())).isZero();

        outbox.taken(1 << 20);
        outbox.acknowledged(1, 0, 4L * FRAME);

        await().atMost(Duration.ofSeconds(60))
                .until(() -> SessionHandles.waiting(viewer.session()) == 1);
        assertThat(outbox.room(viewer)).isEqualTo(FRAME);
    }
}
