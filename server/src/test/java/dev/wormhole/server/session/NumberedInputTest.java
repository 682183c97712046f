package dev.wormhole.server.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wormhole.protocol.ByteString;
import dev.wormhole.protocol.Limits;
import dev.wormhole.server.pty.ClientKey;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import java.io.ByteArrayOutputStream;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.stream.IntStream;

class NumberedInputTest {

    private static final ClientKey CLIENT = new ClientKey(new UUID(0, 1));

    /** What was offered to the keeper, as "number length". */
    private final List<String> offers = new ArrayList<>();

    private final NumberedInput input =
            new NumberedInput(
                    (_, from, bytes) -> {
                        offers.add(from + " " + bytes.length());
                        last = bytes;
                    });
    private ByteString last = ByteString.EMPTY;
    private long now;

    private void type(long from, String text) {
        ByteString fresh = input.fresh(CLIENT, from, ByteString.utf8(text));
        assertThat(fresh).isNotNull();
        input.type(CLIENT, fresh, now);
    }

    private void waitUntilDue() {
        now = input.nextDue().orElseThrow();
        input.due(now);
    }

    @Test
    void whatCameBeforeIsNotOfferedAgain() {
        type(0, "abcdef");
        input.accepted(CLIENT, 6, now);
        type(2, "cdefgh");

        assertThat(offers).containsExactly("0 6", "6 2");
        assertThat(last).isEqualTo(ByteString.utf8("gh"));
    }

    @Test
    void bytesBehindAGapAreNotTaken() {
        type(0, "abc");

        assertThat(input.fresh(CLIENT, 4, ByteString.utf8("e"))).isNull();
        assertThat(input.fresh(CLIENT, 3, ByteString.utf8("d"))).isNotNull();
    }

    @Test
    void aClientThatIgnoresItsWindowIsNotTakenWithoutBound() {
        var window = ByteString.copyOf(new byte[Limits.INPUT_WINDOW]);
        assertThat(input.fresh(CLIENT, 0, window)).isNotNull();
        assertThat(input.fresh(CLIENT, Limits.INPUT_WINDOW, window)).isNotNull();

        assertThat(input.fresh(CLIENT, 2L * Limits.INPUT_WINDOW, ByteString.utf8("x"))).isNull();
    }

    @Test
    void whatTheKeeperHasNoRoomForIsOfferedAgainInAProbeAndThenWhole() {
        String much = "x".repeat(100_000);
        type(0, much);
        input.accepted(CLIENT, 0, now);
        type(100_000, "more");
        assertThat(offers).containsExactly("0 100000");

        waitUntilDue();
        assertThat(offers).endsWith("0 " + NumberedInput.PROBE);
        input.accepted(CLIENT, 0, now);
        waitUntilDue();
        input.accepted(CLIENT, NumberedInput.PROBE, now);

        assertThat(offers)
                .endsWith(NumberedInput.PROBE + " " + (100_004 - NumberedInput.PROBE))
                .hasSize(4);
    }

    @Test
    void anAdoptedProcessSaysWhereItsClientsStand() {
        assertThat(input.accepted(CLIENT, 70, now)).isTrue();

        assertThat(input.count(CLIENT)).isEqualTo(70);
        type(60, "0123456789ab");
        assertThat(offers).containsExactly("70 2");
    }

    @Test
    void onlyTheClientsThatTypedLastAreRemembered() {
        for (int i = 0; i <= NumberedInput.CLIENTS; i++) {
            input.accepted(new ClientKey(new UUID(1, i)), 5, now);
        }

        assertThat(input.count(new ClientKey(new UUID(1, 0)))).isZero();
        assertThat(input.count(new ClientKey(new UUID(1, 1)))).isEqualTo(5);
    }

    static IntStream seeds() {
        return IntStream.range(0, 300);
    }

    private record Offer(long from, ByteString bytes) {}

    /** A keeper that is full now and then, and a way to it on which things are lost. */
    @ParameterizedTest
    @MethodSource("seeds")
    void everyByteReachesTheProcessOnce(int seed) {
        var random = new Random(seed);
        var taken = new ByteArrayOutputStream();
        var typed = new ByteArrayOutputStream();
        Deque<Offer> onTheWay = new ArrayDeque<>();
        var numbers = new NumberedInput((_, from, bytes) -> onTheWay.add(new Offer(from, bytes)));
        int quiet = 0;
        while (quiet < 20) {
            boolean isOver = typed.size() > 50_000;
            if (!isOver && random.nextInt(3) == 0) {
                // The client repeats some of what it sent.
                int back = Math.min(typed.size(), random.nextInt(60));
                byte[] all = typed.toByteArray();
                byte[] fresh = new byte[1 + random.nextInt(3000)];
                random.nextBytes(fresh);
                typed.writeBytes(fresh);
                byte[] sent = new byte[back + fresh.length];
                System.arraycopy(all, all.length - back, sent, 0, back);
                System.arraycopy(fresh, 0, sent, back, fresh.length);
                ByteString news = numbers.fresh(CLIENT, all.length - back, ByteString.copyOf(sent));
                numbers.type(CLIENT, news, now);
            }
            Offer next = onTheWay.poll();
            if (next == null) {
                quiet = isOver ? quiet + 1 : 0;
                now += 400_000_000;
            } else if (isOver || random.nextInt(20) > 0) {
                quiet = 0;
                boolean isFull = !isOver && random.nextInt(4) == 0;
                assertThat(next.from()).isLessThanOrEqualTo(typed.size());
                int repeated = (int) (taken.size() - next.from());
                if (!isFull && repeated >= 0 && repeated < next.bytes().length()) {
                    taken.writeBytes(next.bytes().slice(repeated, next.bytes().length()).toArray());
                }
                numbers.accepted(CLIENT, taken.size(), now);
            }
            if (numbers.nextDue().map(at -> at - now <= 0).orElse(false)) numbers.due(now);
        }

        assertThat(taken.toByteArray()).as("seed %d", seed).isEqualTo(typed.toByteArray());
        assertThat(numbers.count(CLIENT)).isEqualTo(typed.size());
    }
}
