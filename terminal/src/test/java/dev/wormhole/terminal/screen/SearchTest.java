package dev.wormhole.terminal.screen;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wormhole.terminal.screen.Search.Case;
import dev.wormhole.terminal.screen.Search.Kind;
import dev.wormhole.terminal.screen.Search.Match;

import org.junit.jupiter.api.Test;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;

class SearchTest {

    private final Screen screen = new Screen(20, 5, 10_000, new ScreenListener() {});

    @Test
    void aPlainTextIsFoundInScrollbackAndOnTheScreenByLineAndColumn() throws Exception {
        for (int i = 0; i < 1000; i++) feed("line " + i + "\r\n");
        feed("the last one");

        assertThat(find("line 7", Kind.PLAIN, Case.EXACT)).hasSize(111);
        assertThat(find("line 999", Kind.PLAIN, Case.EXACT)).containsExactly(new Match(999, 0, 8));
        assertThat(find("last", Kind.PLAIN, Case.EXACT)).containsExactly(new Match(1000, 4, 8));
    }

    @Test
    void aMatchReachesAcrossSoftWrapsAlsoFromTheScrollbackOntoTheScreen() throws Exception {
        feed("x\r\n" + "abcdefghij".repeat(12) + "needle" + "klm".repeat(10));

        assertThat(find("jneedlek", Kind.PLAIN, Case.EXACT))
                .containsExactly(new Match(1, 119, 127));
        assertThat(screen.copy().rows().getFirst().line()).isEqualTo(1);
        assertThat(screen.copy().rows().getFirst().column()).isPositive();
    }

    @Test
    void wideAndCombinedCharactersCountTheirColumns() throws Exception {
        feed("日本e\u0301x needle");

        assertThat(find("needle", Kind.PLAIN, Case.EXACT)).containsExactly(new Match(0, 7, 13));
        assertThat(find("本", Kind.PLAIN, Case.EXACT)).containsExactly(new Match(0, 2, 4));
        assertThat(screen.copy().text(0, 2, 0, 6)).isEqualTo("本e\u0301x");
    }

    @Test
    void lettersAreTakenExactlyIgnoredOrSmart() throws Exception {
        feed("Error ERROR error ärger ÄRGER");

        assertThat(find("error", Kind.PLAIN, Case.EXACT)).hasSize(1);
        assertThat(find("error", Kind.PLAIN, Case.IGNORED)).hasSize(3);
        assertThat(find("error", Kind.PLAIN, Case.SMART)).hasSize(3);
        assertThat(find("Error", Kind.PLAIN, Case.SMART)).hasSize(1);
        assertThat(find("ärger", Kind.PLAIN, Case.SMART)).hasSize(2);
    }

    @Test
    void aRegexIsFoundAndAMalformedOneSaysWhere() throws Exception {
        feed("a1 b22 c333 (x)");

        assertThat(find("[a-c]\\d{2,}", Kind.REGEX, Case.EXACT)).hasSize(2);
        assertThat(find("(x)", Kind.PLAIN, Case.EXACT)).containsExactly(new Match(0, 12, 15));
        assertThat(find("q*", Kind.REGEX, Case.EXACT)).isEmpty();
        assertThatThrownBy(() -> Search.of("a(b", Kind.REGEX, Case.EXACT))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("at 3");
        assertThatThrownBy(() -> Search.of("", Kind.PLAIN, Case.EXACT))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void theNewestMatchesCountWhenThereAreTooMany() throws Exception {
        for (int i = 0; i < 100; i++) feed("aa\r\n");

        List<Match> found =
                Search.of("a", Kind.PLAIN, Case.EXACT).find(screen.copy(), 0, Long.MAX_VALUE, 5);

        assertThat(found)
                .containsExactly(
                        new Match(97, 1, 2),
                        new Match(98, 0, 1),
                        new Match(98, 1, 2),
                        new Match(99, 0, 1),
                        new Match(99, 1, 2));
    }

    @Test
    void onePlaceFollowsTheOtherInBothDirections() throws Exception {
        feed("one two\r\ntwo\r\nthree two");
        Search two = Search.of("two", Kind.PLAIN, Case.EXACT);
        ScreenCopy copy = screen.copy();

        assertThat(two.next(copy, 0, 0)).contains(new Match(0, 4, 7));
        assertThat(two.next(copy, 0, 5)).contains(new Match(1, 0, 3));
        assertThat(two.next(copy, 2, 7)).isEmpty();
        assertThat(two.previous(copy, 2, 6)).contains(new Match(1, 0, 3));
        assertThat(two.previous(copy, 0, 4)).isEmpty();
    }

    @Test
    void aCopyStaysAsItWasWhileTheScreenGoesOn() throws Exception {
        feed("before\r\n");
        ScreenCopy copy = screen.copy();

        for (int i = 0; i < 2000; i++) feed("after\r\n");

        assertThat(Search.of("e", Kind.PLAIN, Case.EXACT).find(copy, 0, 9999, 99)).hasSize(2);
        assertThat(copy.text(0, 0, 0, 6)).isEqualTo("before");
    }

    @Test
    void everyWordIsFoundWhereverItWasWritten() throws Exception {
        var random = new Random(7);
        for (int round = 0; round < 50; round++) {
            screen.reset();
            screen.resize(2 + random.nextInt(40), 1 + random.nextInt(8));
            int words = 20 + random.nextInt(200);
            for (int i = 0; i < words; i++)
                feed("<" + i + ">" + (random.nextInt(5) == 0 ? "\r\n" : "é漢"));

            for (int i = 0; i < words; i++) {
                List<Match> found = find("<" + i + ">", Kind.PLAIN, Case.EXACT);
                assertThat(found).as("round %d, word %d", round, i).hasSize(1);
                Match match = found.getFirst();
                assertThat(screen.copy().text(match.line(), match.from(), match.line(), match.to()))
                        .isEqualTo("<" + i + ">");
            }
        }
    }

    @Test
    void anInterruptEndsAPatternThatWouldTakeForEver() throws Exception {
        feed("a".repeat(5000) + "b");
        Search evil = Search.of("(a|aa)+$", Kind.REGEX, Case.EXACT);
        ScreenCopy copy = screen.copy();
        var started = new CountDownLatch(1);
        var ended = new AtomicReference<Throwable>();
        Thread thread =
                new Thread(
                        () -> {
                            started.countDown();
                            try {
                                evil.find(copy, 0, 10, 10);
                            } catch (InterruptedException e) {
                                ended.set(e);
                            }
                        });
        thread.start();
        started.await();
        thread.interrupt();

        thread.join();

        assertThat(thread.isAlive()).isFalse();
    }

    private List<Match> find(String text, Kind kind, Case letters) throws InterruptedException {
        return Search.of(text, kind, letters).find(screen.copy(), 0, Long.MAX_VALUE, 10_000);
    }

    private void feed(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        screen.feed(bytes, 0, bytes.length);
    }
}
