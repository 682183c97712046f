package dev.wormhole.terminal.screen;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wormhole.terminal.screen.ScreenCase.Expected;
import dev.wormhole.terminal.screen.ScreenCase.Rendition;
import dev.wormhole.terminal.screen.ScreenCase.Step;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** Every case of the corpus, however its bytes arrive. */
class CorpusTest {

    private static final int HISTORY = 100;

    /** How the bytes of a step arrive. */
    private interface Arrival {

        void feed(Screen screen, byte[] bytes);
    }

    static List<ScreenCase> cases() {
        return Corpus.cases();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("cases")
    void screenIsWhatTheManualSays(ScreenCase its) {
        check(its, "whole", (screen, bytes) -> screen.feed(bytes, 0, bytes.length));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("cases")
    void screenDoesNotDependOnHowTheBytesArrive(ScreenCase its) {
        check(
                its,
                "byte by byte",
                (screen, bytes) -> {
                    for (int i = 0; i < bytes.length; i++) screen.feed(bytes, i, 1);
                });
        for (int cut = 1; cut < its.output().length; cut++) {
            int at = cut;
            check(
                    its,
                    "cut at " + cut,
                    (screen, bytes) -> {
                        int first = Math.min(at, bytes.length);
                        screen.feed(bytes, 0, first);
                        screen.feed(bytes, first, bytes.length - first);
                    });
        }
    }

    @Test
    void namesOfCasesAreUnique() {
        assertThat(cases()).extracting(ScreenCase::title).doesNotHaveDuplicates();
    }

    private static void check(ScreenCase its, String arrival, Arrival how) {
        var log = new EventLog();
        var screen = new Screen(its.columns(), its.rows(), HISTORY, log);
        for (Step step : its.steps()) {
            switch (step) {
                case Step.Feed feed -> how.feed(screen, feed.bytes());
                case Step.Resize size -> screen.resize(size.columns(), size.rows());
            }
        }
        var wrong = new Differences();
        checkScreen(wrong, its.expected(), screen);
        checkRenditions(wrong, its.expected(), screen);
        checkLog(wrong, its.expected(), log);
        assertThat(wrong.lines)
                .as("%s%nfed %s: %s%n", its, arrival, Corpus.escape(its.output()))
                .isEmpty();
    }

    /** All that is wrong with a case, so that a failure shows the whole of it. */
    private static final class Differences {

        private final List<String> lines = new ArrayList<>();

        void compare(String what, Object actual, Object expected) {
            if (actual.equals(expected)) return;
            lines.add("%n%s%n  expected %s%n  but was  %s".formatted(what, expected, actual));
        }
    }

    private static void checkScreen(Differences wrong, Expected expected, Screen screen) {
        wrong.compare("screen", ScreenText.rows(screen), expected.screen());
        wrong.compare("alternate", screen.isAlternate(), expected.alternate());
        if (expected.wrapPending()) wrong.compare("wrap pending", screen.isWrapPending(), true);
        expected.cursor()
                .ifPresent(place -> wrong.compare("cursor", ScreenText.cursor(screen), place));
        expected.wrapped().ifPresent(rows -> wrong.compare("wrapped", wrapped(screen), rows));
        expected.history()
                .ifPresent(lines -> wrong.compare("history", ScreenText.history(screen), lines));
        expected.title().ifPresent(title -> wrong.compare("title", screen.title(), title));
    }

    private static void checkRenditions(Differences wrong, Expected expected, Screen screen) {
        for (Rendition rendition : expected.renditions()) {
            for (int column = rendition.from(); column <= rendition.to(); column++) {
                wrong.compare(
                        "SGR of " + rendition.row() + ";" + column,
                        ScreenText.rendition(screen, rendition.row(), column),
                        rendition.parameters());
            }
        }
    }

    private static void checkLog(Differences wrong, Expected expected, EventLog log) {
        String pattern = expected.replyPattern().orElse(null);
        if (pattern == null) wrong.compare("replies", log.replies(), expected.replies());
        else if (!log.replies().matches(pattern)) wrong.compare("replies", log.replies(), pattern);
        expected.events().ifPresent(events -> wrong.compare("events", log.events(), events));
    }

    private static List<Integer> wrapped(Screen screen) {
        return IntStream.range(0, screen.rows())
                .filter(screen::isWrapped)
                .map(row -> row + 1)
                .boxed()
                .toList();
    }
}
