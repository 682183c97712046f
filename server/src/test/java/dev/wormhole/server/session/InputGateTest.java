package dev.wormhole.server.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wormhole.protocol.ByteString;
import dev.wormhole.server.session.InputGate.Typed;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;

class InputGateTest {

    private static final String BEGIN = "\033[200~";
    private static final String END = "\033[201~";
    private static final long MILLI = 1_000_000;

    private final List<String> out = new ArrayList<>();
    private final InputGate<String, String> gate =
            new InputGate<>(typed -> out.add(typed.what() + ":" + typed.bytes().toUtf8()));
    private long now;

    private boolean type(String writer, String text) {
        return gate.offer(new Typed<>(writer, ByteString.utf8(text), writer), now);
    }

    private void passes(long millis) {
        now += millis * MILLI;
        if (gate.nextDue().map(at -> at - now <= 0).orElse(false)) gate.due(now);
    }

    @Test
    void othersWaitForTheEndOfAPasteAndComeInTheOrderTheyTyped() {
        type("a", "ls " + BEGIN + "one");
        type("b", "1");
        type("c", "2");
        type("b", "3");
        type("a", "two");
        assertThat(out).containsExactly("a:ls " + BEGIN + "one", "a:two");

        type("a", END + "\r");

        assertThat(out.subList(2, out.size()))
                .containsExactly("a:" + END + "\r", "b:1", "c:2", "b:3");
    }

    @Test
    void aPasteThatStandsStillHoldsNobodyUpForLong() {
        type("a", BEGIN + "one");
        type("b", "1");

        passes(InputGate.PATIENCE.toMillis() - 1);
        assertThat(out).hasSize(1);
        passes(1);

        assertThat(out).endsWith("b:1");
        assertThat(gate.nextDue()).isEmpty();
    }

    @Test
    void aPasteThatGoesOnIsWaitedForAndSoIsOneThatGoesOnLate() {
        type("a", BEGIN + "one");
        type("b", "1");
        for (int i = 0; i < 10; i++) {
            passes(InputGate.PATIENCE.toMillis() - 1);
            type("a", "more");
        }
        assertThat(out).doesNotContain("b:1");

        passes(InputGate.PATIENCE.toMillis());
        type("a", "late");
        type("b", "2");
        assertThat(out).endsWith("b:1", "a:late");
        type("a", END);

        assertThat(out).endsWith("a:" + END, "b:2");
    }

    @Test
    void aWriterThatLeavesEndsItsPaste() {
        type("a", BEGIN + "one");
        type("b", "1");

        gate.leave("a", now);

        assertThat(out).endsWith("b:1");
        type("c", "2");
        assertThat(out).endsWith("c:2");
    }

    @Test
    void whatWaitsIsBoundedForEachWriter() {
        type("a", BEGIN);
        String much = "x".repeat(InputGate.MAX_WAITING);

        assertThat(type("b", much)).isTrue();
        assertThat(type("b", "y")).isFalse();
        assertThat(type("c", much)).isTrue();
        type("a", END);

        assertThat(out).hasSize(4);
        assertThat(type("b", "y")).isTrue();
    }

    @Test
    void somebodyWhoOnlyPassesByWaitsAndHoldsNobodyUp() {
        gate.offer(new Typed<>(null, ByteString.utf8(BEGIN + "sent"), "send"), now);
        type("a", BEGIN);
        gate.offer(new Typed<>(null, ByteString.utf8("sent"), "send"), now);
        assertThat(out).containsExactly("send:" + BEGIN + "sent", "a:" + BEGIN);

        type("a", END);

        assertThat(out).endsWith("send:sent");
    }

    @Test
    void anEscapeHoldsOthersUpForAMomentOnly() {
        type("a", "\033");
        type("b", "1");
        assertThat(out).hasSize(1);

        passes(InputGate.MARK_PATIENCE.toMillis());

        assertThat(out).endsWith("b:1");
    }

    static IntStream seeds() {
        return IntStream.range(0, 500);
    }

    /** Writers type texts and pastes, cut anywhere, in any order, a little apart in time. */
    @ParameterizedTest
    @MethodSource("seeds")
    void nothingOfOthersStandsInsideAPasteAndNothingIsLostOrMoved(int seed) {
        var random = new Random(seed);
        var rest = new HashMap<String, String>();
        var whole = new HashMap<String, String>();
        for (String writer : List.of("a", "b", "c")) {
            var text = new StringBuilder();
            for (int i = 0; i < 6; i++) {
                if (random.nextBoolean()) text.append(BEGIN).append(writer.repeat(7)).append(END);
                else text.append(writer.repeat(1 + random.nextInt(3)));
            }
            rest.put(writer, text.toString());
            whole.put(writer, text.toString());
        }
        while (!rest.isEmpty()) {
            String writer = List.copyOf(rest.keySet()).get(random.nextInt(rest.size()));
            String text = rest.get(writer);
            int cut = 1 + random.nextInt(Math.min(9, text.length()));
            assertThat(type(writer, text.substring(0, cut))).isTrue();
            if (cut == text.length()) rest.remove(writer);
            else rest.put(writer, text.substring(cut));
            // Together far below the patience with which a mark is waited for.
            now += random.nextInt(1000);
        }

        Map<String, String> got = new HashMap<>();
        var all = new StringBuilder();
        for (String piece : out) {
            got.merge(piece.substring(0, 1), piece.substring(2), String::concat);
            all.append(piece, 2, piece.length());
        }
        assertThat(got).as("seed %d", seed).isEqualTo(whole);
        String[] pastes = all.toString().split("\033\\[200~", -1);
        for (int i = 1; i < pastes.length; i++) {
            assertThat(pastes[i]).as("seed %d", seed).matches("(a{7}|b{7}|c{7})\033\\[201~[abc]*");
        }
        assertThat(pastes[0]).matches("[abc]*");
    }
}
