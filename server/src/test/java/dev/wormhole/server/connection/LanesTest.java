package dev.wormhole.server.connection;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wormhole.protocol.ByteString;
import dev.wormhole.server.connection.Lanes.Item;
import dev.wormhole.server.session.SessionHandles;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

class LanesTest {

    private static final int FRAME = Lanes.FRAME;
    private static final int PLENTY = 1 << 20;

    private final Lanes lanes = new Lanes();
    private long now = 5;

    private static Item.Data data(int bytes) {
        return new Item.Data(ByteString.copyOf(new byte[bytes]), 0, false);
    }

    private static ChannelViewer viewer(int channel) {
        return new ChannelViewer(
                SessionHandles.unheard(),
                channel,
                new Outbox(NO_SOCKET, _ -> {}, () -> 0),
                (_, _) -> {});
    }

    private static final Outbox.Socket NO_SOCKET =
            new Outbox.Socket() {
                @Override
                public void send(byte[] message) {}

                @Override
                public void close(int code, String reason) {}

                @Override
                public void nudge() {}
            };

    private List<Integer> served(int count, int room) {
        var channels = new ArrayList<Integer>();
        for (int i = 0; i < count; i++) {
            Lanes.Next next = lanes.poll(room, now);
            channels.add(next == null ? -1 : next.channel());
        }
        return channels;
    }

    @Test
    void channelsTakeTurnsInFramesOfSixteenKibibytes() {
        lanes.data(3, data(5 * FRAME));
        lanes.data(1, data(2 * FRAME));
        lanes.data(2, data(100));

        assertThat(served(9, PLENTY)).containsExactly(1, 2, 3, 1, 3, 3, 3, 3, -1);
    }

    @Test
    void aChannelThatJustGotInputGoesFirstForAMoment() {
        lanes.data(1, data(10 * FRAME));
        lanes.data(2, data(10 * FRAME));
        lanes.prefer(2, now);

        assertThat(served(3, PLENTY)).containsExactly(2, 2, 2);
        now += Lanes.URGENT.toNanos();
        assertThat(served(4, PLENTY)).containsExactly(1, 2, 1, 2);
    }

    @Test
    void whoseTurnItIsWaitsForRoomButMessagesNeedNone() {
        lanes.data(1, data(FRAME));
        lanes.data(2, data(10));
        lanes.control(3, ByteString.utf8("{}"));

        assertThat(served(2, FRAME - 1)).containsExactly(3, -1);
        assertThat(served(2, FRAME)).containsExactly(1, 2);
    }

    @Test
    void messagesAboutAChannelKeepTheirPlaceAmongItsBytes() {
        lanes.data(1, data(FRAME + 1));
        lanes.control(1, ByteString.utf8("size"));
        lanes.data(1, data(2));
        lanes.control(1, ByteString.utf8("exit"));

        var seen = new ArrayList<String>();
        for (Lanes.Next next = lanes.poll(PLENTY, now);
                next != null;
                next = lanes.poll(PLENTY, now)) {
            seen.add(
                    switch (next.item()) {
                        case Item.Control(ByteString json) -> json.toUtf8();
                        case Item.Data data -> String.valueOf(data.bytes().length());
                    });
        }
        assertThat(seen).containsExactly("" + FRAME, "1", "size", "2", "exit");
    }

    @Test
    void theEndOfEachFrameSaysWhereATerminalStands() {
        lanes.data(1, new Item.Data(ByteString.copyOf(new byte[FRAME + 5]), 100, true));
        lanes.data(1, new Item.Data(ByteString.copyOf(new byte[FRAME + 5]), 100, false));

        var ends = new ArrayList<Long>();
        for (int i = 0; i < 4; i++) ends.add(((Item.Data) lanes.poll(PLENTY, now).item()).end());

        assertThat(ends).containsExactly(-1L, 100L, 100L + FRAME, 105L + FRAME);
    }

    @Test
    void whoeverFindsNoRoomIsCalledInTurnWhenThereIs() {
        ChannelViewer one = viewer(1);
        ChannelViewer two = viewer(2);
        ChannelViewer three = viewer(3);
        assertThat(lanes.ask(1, one, 0, now)).isZero();
        assertThat(lanes.ask(2, two, 0, now)).isZero();
        assertThat(lanes.ask(3, three, 0, now)).isZero();

        assertThat(lanes.call(0, now)).isEmpty();
        assertThat(lanes.call(2 * Lanes.CALLED, now)).containsExactly(one, two);
        // What is promised to one is not given to another.
        assertThat(lanes.ask(4, viewer(4), 2 * Lanes.CALLED, now)).isZero();
        assertThat(lanes.ask(1, one, 2 * Lanes.CALLED, now)).isEqualTo(Lanes.CALLED);
        lanes.data(1, data(Lanes.CALLED));
        lanes.pass(2);
        assertThat(lanes.call(2 * Lanes.CALLED, now)).containsExactly(three);
    }

    @Test
    void aChannelWithOutputOfItsOwnWaitingGetsNoMore() {
        lanes.data(1, data(100 * FRAME));

        assertThat(lanes.ask(1, viewer(1), PLENTY, now)).isZero();
        assertThat(lanes.ask(2, viewer(2), PLENTY, now)).isEqualTo(FRAME);
    }

    @Test
    void aChannelThatIsLetGoLeavesItsMessagesAndNothingElse() {
        ChannelViewer viewer = viewer(1);
        lanes.data(1, data(FRAME));
        lanes.control(1, ByteString.utf8("{}"));
        lanes.ask(1, viewer, 0, now);

        lanes.drop(1);

        assertThat(lanes.call(PLENTY, now)).isEmpty();
        assertThat(lanes.busy()).isZero();
        assertThat(served(2, PLENTY)).containsExactly(1, -1);
        assertThat(lanes.controlBytes()).isZero();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void nobodyStarvesAndNoMoreThanTheRoomIsBroughtOrSent(long seed) {
        var random = new Random(seed);
        int channels = 2 + random.nextInt(8);
        var viewers = new ArrayList<ChannelViewer>();
        for (int c = 0; c < channels; c++) viewers.add(viewer(c));
        var mayAsk = new boolean[channels];
        java.util.Arrays.fill(mayAsk, true);
        var sent = new long[channels];
        int window = FRAME * (1 + random.nextInt(4));
        int inFlight = 0;
        int queued = 0;

        for (int round = 0; round < 20_000; round++) {
            // Everybody always has more to say.
            for (ChannelViewer called : lanes.call(window - inFlight, now)) {
                mayAsk[called.channel()] = true;
            }
            int asker = random.nextInt(channels);
            if (mayAsk[asker]) {
                int room = lanes.ask(asker, viewers.get(asker), window - inFlight, now);
                if (room == 0) mayAsk[asker] = false;
                else {
                    lanes.data(asker, data(room));
                    queued += room;
                }
            }
            assertThat(queued + inFlight).isLessThanOrEqualTo(window);
            Lanes.Next next = lanes.poll(window - inFlight, now);
            if (next != null && next.item() instanceof Item.Data data) {
                inFlight += data.bytes().length();
                queued -= data.bytes().length();
                sent[next.channel()] += data.bytes().length();
            }
            if (random.nextBoolean()) inFlight = 0;
        }

        long most = java.util.Arrays.stream(sent).max().orElseThrow();
        for (long bytes : sent) assertThat(bytes).isGreaterThan(most / 2);
    }
}
