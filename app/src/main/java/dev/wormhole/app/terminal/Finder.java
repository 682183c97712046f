package dev.wormhole.app.terminal;

import dev.wormhole.app.fx.FxThread;
import dev.wormhole.terminal.screen.Screen;
import dev.wormhole.terminal.screen.ScreenCopy;
import dev.wormhole.terminal.screen.Search;
import dev.wormhole.terminal.screen.Search.Match;
import dev.wormhole.terminal.screen.ViewRow;

import org.jspecify.annotations.Nullable;

import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.IntConsumer;

/**
 * What was looked for in a terminal's text, and where it is. Searching runs on a thread of its own
 * and is given up when another one begins. As the text changes it is searched once more, a few
 * times a second, and the match that was gone to stays the one.
 *
 * <p>Owned by the FX thread.
 */
final class Finder {

    /** More than anybody walks through. */
    private static final int MOST = 20_000;

    /** The text is searched again no sooner than this after it was. */
    private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(250);

    /** A search that took long is followed by a longer pause: a tenth of a core at most. */
    private static final int PAUSE_PER_WORK = 9;

    private static final Comparator<Match> ORDER =
            Comparator.comparingLong(Match::line).thenComparingInt(Match::from);

    /** What is looked for, and who hears how often it is there. */
    private record Wanted(Search search, IntConsumer found) {}

    private final ScreenLoop loop;
    private final Consumer<Match> shown;
    private final Runnable marked;

    private @Nullable Wanted wanted;
    private List<Match> matches = List.of();
    private Map<Long, int[]> byLine = new HashMap<>();
    private int current;
    private int number;
    private @Nullable Thread searching;

    /** The text was searched or is being searched, or that is going to happen in a moment. */
    private boolean isBusy;

    /** It changed since the last search began. */
    private boolean isStale;

    /**
     * @param shown hears the match to look at, on the FX thread
     * @param marked hears that other places are marked
     */
    Finder(ScreenLoop loop, Consumer<Match> shown, Runnable marked) {
        this.loop = loop;
        this.shown = shown;
        this.marked = marked;
    }

    void end() {
        number++;
        wanted = null;
        isBusy = false;
        isStale = false;
        Thread running = searching;
        searching = null;
        if (running != null) running.interrupt();
        matches = List.of();
        byLine = new HashMap<>();
    }

    void find(String text, boolean ignoreCase, IntConsumer found) {
        end();
        if (text.isEmpty()) {
            found.accept(0);
            return;
        }
        Search search =
                Search.of(
                        text,
                        Search.Kind.PLAIN,
                        ignoreCase ? Search.Case.IGNORED : Search.Case.EXACT);
        wanted = new Wanted(search, found);
        begin(loop.wholeText(), all -> found(all, found));
    }

    /** The text may be another one. */
    void changed() {
        if (wanted == null) return;
        isStale = true;
        if (!isBusy) renew();
    }

    private void renew() {
        Wanted sought = wanted;
        if (sought == null) return;
        begin(loop.ask(Screen::copy), all -> renewed(all, sought.found()));
    }

    private void begin(CompletableFuture<ScreenCopy> text, Consumer<List<Match>> heard) {
        isBusy = true;
        isStale = false;
        int mine = number;
        text.whenComplete(
                (copy, problem) ->
                        FxThread.later(
                                () -> {
                                    if (copy != null) search(mine, copy, heard);
                                    else if (mine == number) isBusy = false;
                                }));
    }

    private void search(int mine, ScreenCopy copy, Consumer<List<Match>> heard) {
        Wanted sought = wanted;
        if (mine != number || sought == null) return;
        searching =
                Thread.ofPlatform()
                        .daemon()
                        .name("find")
                        .start(
                                () -> {
                                    try {
                                        long begun = System.nanoTime();
                                        var all =
                                                sought.search().find(copy, 0, Long.MAX_VALUE, MOST);
                                        long work = System.nanoTime() - begun;
                                        FxThread.later(() -> ended(mine, all, heard, work));
                                    } catch (InterruptedException e) {
                                        // Nobody wants to know any more.
                                        Thread.currentThread().interrupt();
                                    }
                                });
    }

    private void ended(int mine, List<Match> all, Consumer<List<Match>> heard, long work) {
        if (mine != number) return;
        searching = null;
        heard.accept(all);
        long pause = Math.max(PAUSE_NANOS, PAUSE_PER_WORK * work);
        Executor later =
                CompletableFuture.delayedExecutor(pause, TimeUnit.NANOSECONDS, FxThread::later);
        later.execute(() -> rested(mine));
    }

    private void rested(int mine) {
        if (mine != number) return;
        isBusy = false;
        if (isStale) renew();
    }

    private void found(List<Match> all, IntConsumer found) {
        matches = all;
        current = all.size() - 1;
        mark();
        if (!all.isEmpty()) shown.accept(all.get(current));
        found.accept(all.size());
    }

    /** What is looked at stays: only the marks are others. */
    private void renewed(List<Match> all, IntConsumer found) {
        if (all.equals(matches)) return;
        current = matches.isEmpty() ? all.size() - 1 : nearest(all, matches.get(current));
        matches = all;
        mark();
        marked.run();
        found.accept(all.size());
    }

    /** The same match, or else the next one behind it. */
    private static int nearest(List<Match> all, Match match) {
        int low = 0;
        int high = all.size();
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (ORDER.compare(all.get(middle), match) < 0) low = middle + 1;
            else high = middle;
        }
        return Math.min(low, all.size() - 1);
    }

    void next(boolean forward) {
        if (matches.isEmpty()) return;
        current = Math.floorMod(current + (forward ? 1 : -1), matches.size());
        mark();
        shown.accept(matches.get(current));
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
