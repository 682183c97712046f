package dev.wormhole.terminal.screen;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.wormhole.terminal.screen.ScreenCase.Step;
import dev.wormhole.terminal.screen.TmuxServer.Picture;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/**
 * The corpus, shown to tmux. Where tmux sees another screen, {@code corpus/tmux-differences.md}
 * says why; it is held to the version of tmux it was written for.
 */
class TmuxComparisonTest {

    private static final String TABLE = "tmux-differences.md";

    /** Processes at a time. */
    private static final int BATCH = 100;

    /** A socket's path holds 107 bytes. */
    private static final int MAX_PATH = 100;

    @TempDir Path directory;

    @Test
    @Timeout(value = 10, unit = TimeUnit.MINUTES)
    void everyDifferenceFromTmuxIsExplained() throws IOException {
        String table = Corpus.read(TABLE);
        String version = TmuxServer.version().orElse("no tmux");
        assumeTrue(
                table.lines().anyMatch(("Held against " + version + ".")::equals),
                "the differences were not explained for " + version);
        assumeTrue(directory.toString().length() < MAX_PATH, "too long for a socket: " + directory);
        Set<String> explained =
                table.lines()
                        .filter(line -> line.startsWith("- `") && line.endsWith("`"))
                        .map(line -> line.substring(3, line.length() - 1))
                        .collect(Collectors.toCollection(TreeSet::new));

        var unexplained = new ArrayList<String>();
        var found = new TreeSet<String>();
        List<ScreenCase> cases = Corpus.cases();
        try (var tmux = new TmuxServer(directory)) {
            for (int from = 0; from < cases.size(); from += BATCH) {
                var batch = cases.subList(from, Math.min(cases.size(), from + BATCH));
                tmux.show(batch)
                        .forEach(
                                (its, theirs) -> {
                                    Picture ours = ours(its);
                                    if (ours.equals(theirs)) return;
                                    found.add(its.title());
                                    if (explained.contains(its.title())) return;
                                    unexplained.add(describe(its, ours, theirs));
                                });
            }
        }

        assertThat(unexplained).as("differences from tmux that %s lacks", TABLE).isEmpty();
        explained.removeAll(found);
        assertThat(explained).as("in %s, but tmux agrees", TABLE).isEmpty();
    }

    private static Picture ours(ScreenCase its) {
        var screen = new Screen(its.columns(), its.rows(), 1000, new ScreenListener() {});
        for (Step step : its.steps()) {
            switch (step) {
                case Step.Feed feed -> feed(screen, feed.bytes());
                case Step.Resize size -> screen.resize(size.columns(), size.rows());
            }
        }
        return new Picture(
                ScreenText.rows(screen),
                ScreenText.renditions(screen),
                ScreenText.cursor(screen),
                screen.isAlternate());
    }

    private static void feed(Screen screen, byte[] bytes) {
        screen.feed(bytes, 0, bytes.length);
    }

    private static String describe(ScreenCase its, Picture ours, Picture theirs) {
        return "%n- `%s`%n  fed  %s%n  ours %s%n  tmux %s"
                .formatted(its.title(), Corpus.escape(its.output()), ours, theirs);
    }
}
