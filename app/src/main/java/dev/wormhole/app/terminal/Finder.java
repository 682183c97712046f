package dev.wormhole.app.terminal;

import dev.wormhole.app.fx.FxThread;
import dev.wormhole.terminal.screen.ScreenCopy;
import dev.wormhole.terminal.screen.Search;
import dev.wormhole.terminal.screen.Search.Match;
import dev.wormhole.terminal.screen.ViewRow;

import org.jspecify.annotations.Nullable;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.IntConsumer;

/**
 * What was looked for in a terminal's text, and where it is. Searching runs on a thread of its own
 * and is given up when another one begins.
 *
 * <p>Owned by the FX thread.
 */
final class Finder {

    /** More than anybody walks through. */
    private static final int MOST = 20_000;

    private final ScreenLoop loop;
    private final Consumer<Match> shown;

    private List<Match> matches = List.of();
    private Map<Long, int[]> byLine = new HashMap<>();
    private int current;
    private int number;
    private @Nullable Thread searching;

    /**
     * @param shown hears the match to look at, on the FX thread
     */
    Finder(ScreenLoop loop, Consumer<Match> shown) {
        this.loop = loop;
        this.shown = shown;
    }

    void end() {
        number++;
        Thread running = searching;
        searching = null;
        if (running != null) running.interrupt();
        set(List.of());
    }

    void find(String text, boolean ignoreCase, IntConsumer found) {
        end();
        if (text.isEmpty()) {
            found.accept(0);
            return;
        }
        int mine = number;
        Search search =
                Search.of(
                        text,
                        Search.Kind.PLAIN,
                        ignoreCase ? Search.Case.IGNORED : Search.Case.EXACT);
        loop.wholeText()
                .thenAccept(
                        copy ->
                                FxThread.later(
                                        () -> {
                                            if (mine == number) start(mine, search, copy, found);
                                        }));
    }

    private void start(int mine, Search search, ScreenCopy copy, IntConsumer found) {
        searching =
                Thread.ofPlatform()
                        .daemon()
                        .name("find")
                        .start(
                                () -> {
                                    try {
                                        var all = search.find(copy, 0, Long.MAX_VALUE, MOST);
                                        FxThread.later(() -> found(mine, all, found));
                                    } catch (InterruptedException e) {
                                        // Nobody wants to know any more.
                                        Thread.currentThread().interrupt();
                                    }
                                });
    }

    private void found(int mine, List<Match> all, IntConsumer found) {
        if (mine != number) return;
        searching = null;
        set(all);
        current = all.size() - 1;
        mark();
        if (!all.isEmpty()) shown.accept(all.get(current));
        found.accept(all.size());
    }

    void next(boolean forward) {
        if (matches.isEmpty()) return;
        current = Math.floorMod(current + (forward ? 1 : -1), matches.size());
        mark();
        shown.accept(matches.get(current));
    }

    private void set(List<Match> all) {
        matches = all;
        byLine = new HashMap<>();
    }

    private void mark() {
        byLine = new HashMap<>();
        for (int i = 0; i < matches.size(); i++) {
            Match match = matches.get(i);
            int kind = i == current ? Highlights.CURRENT : Highlights.FOUND;
            byLine.merge(
                    match.line(), new int[] {match.from(), match.to(), kind}, Highlights::join);
        }
    }

    /** The matches in a row, as {@link Highlights} tells them. */
    int[] of(ViewRow row) {
        int[] ofLine = byLine.get(row.line());
        if (ofLine == null) return Highlights.NONE;
        int[] ofRow = ofLine.clone();
        for (int i = 0; i < ofRow.length; i += 3) {
            ofRow[i] -= row.column();
            ofRow[i + 1] -= row.column();
        }
        return ofRow;
    }
}
