package dev.wormhole.app.terminal;

import dev.wormhole.protocol.ByteString;
import dev.wormhole.protocol.TerminalSize;
import dev.wormhole.terminal.screen.HistoryBlock;
import dev.wormhole.terminal.screen.Screen;
import dev.wormhole.terminal.screen.ScreenCopy;
import dev.wormhole.terminal.screen.ScreenListener;
import dev.wormhole.terminal.screen.ScreenView;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.LongSupplier;

/**
 * The thread that owns a pane's screen: output, sizes and resyncs act at their place in the stream,
 * and what there is to paint leaves as a {@link Picture}. A program's queries are answered by the
 * server; nothing is answered here.
 *
 * <p>A picture is made when nothing waits, or when the last one was taken; while output floods and
 * nobody takes pictures, none is made.
 *
 * <p>Should the screen fail, which is a defect of ours, the last picture stays until the server has
 * sent the screen whole.
 */
final class ScreenLoop {

    private static final Logger log = LoggerFactory.getLogger(ScreenLoop.class);
    private static final AtomicInteger THREADS = new AtomicInteger();

    /** Fed before it is looked whether a picture is wanted: a tenth of a millisecond. */
    private static final int SLICE = 16 << 10;

    /** Pictures that nobody took are renewed no more often. */
    private static final long RENEWAL_NANOS = 2_000_000;

    /** So many lines above those seen are fetched. */
    private static final int AHEAD = 1000;

    /** How long searching and copying wait for lines from the server. */
    private static final int PATIENCE_MILLIS = 3000;

    /** A flood of which something was left out goes on leaving out for so long. */
    private static final long SKIPPING_NANOS = 500_000_000;

    /** A program may hold the picture back (mode 2026) for so long. */
    private static final long HOLD_NANOS = 150_000_000;

    /** A screen that failed is asked for no more often while only output comes. */
    private static final long REMINDER_NANOS = 10_000_000_000L;

    /** What it tells, on its own thread; nothing may block. */
    interface Listener extends ScrollbackSource {

        /** There is another picture. */
        void pictured();

        /** The screen is not what the server said that it is. */
        void differs();

        /**
         * The screen failed and shows nothing more until a resync.
         *
         * @param fetch whether to ask for one now; not if that has often been of no use
         */
        void failed(boolean fetch);

        /** After a failure: the screen is whole again. */
        void recovered();
    }

    private final StreamQueue queue;
    private final int historyLines;
    private final Listener listener;
    private final LongSupplier ticker;

    // Owned by the loop's thread.
    private Screen screen;
    private ScreenView view;
    private OlderLines older;
    private final Recoveries recoveries = new Recoveries();

    /** The screen failed: this one is empty, and output is of no use to it. */
    private boolean isVoid;

    private long failedAt;
    private boolean ended;
    private boolean changed = true;
    private long lastPicture;
    private long heldSince;
    private final byte[] buffer = new byte[SLICE];

    /** Pixels of the first row that are scrolled out. */
    private double cut;

    /** Where somebody wants to look once the lines are here; none below 0. */
    private long wantedTop = -1;

    /** Lines that the server left out are fetched when no more are left out. */
    private boolean fetchLater;

    /** Older lines were cleared away in this pane. */
    private long notBelow;

    /** Those who wait for all lines. */
    private List<CompletableFuture<ScreenCopy>> waiting = new ArrayList<>();

    private volatile Picture picture;
    private volatile Modes modes;
    private volatile boolean taken = true;
    private volatile boolean active = true;

    /** When the server left out output last, as it does in a flood. */
    private volatile long skippedAt;

    /**
     * @param ticker monotonic nanoseconds
     */
    ScreenLoop(StreamQueue queue, int historyLines, Listener listener, LongSupplier ticker) {
        this.queue = queue;
        this.historyLines = historyLines;
        this.listener = listener;
        this.ticker = ticker;
        skippedAt = ticker.getAsLong() - SKIPPING_NANOS;
        screen = new Screen(80, 24, historyLines, new Ears());
        view = new ScreenView(screen);
        older = olderLines(screen);
        picture = newPicture();
        modes = Modes.of(screen);
    }

    private OlderLines olderLines(Screen of) {
        return new OlderLines(
                of.history(), listener, job -> call(_ -> job.run()), new Scrollback(of));
    }

    void start() {
        Thread.ofPlatform().daemon().name("pane-" + THREADS.incrementAndGet()).start(this::run);
    }

    /** Safe from any thread. */
    Modes modes() {
        return modes;
    }

    /** The newest picture. Safe from any thread. */
    Picture picture() {
        return picture;
    }

    /** The newest picture is being painted: the next one may be made. Safe from any thread. */
    Picture take() {
        taken = true;
        return picture;
    }

    /** Whether more comes than is shown: nobody misses a picture. Safe from any thread. */
    boolean isSkipping() {
        return ticker.getAsLong() - skippedAt < SKIPPING_NANOS;
    }

    /** Whether pictures are wanted at all. Safe from any thread. */
    void active(boolean wanted) {
        active = wanted;
        if (wanted) call(_ -> changed = true);
    }

    /**
     * Looks further up, or down for negative pixels; a row may be seen in part. Safe from any
     * thread.
     */
    void scroll(double up, double rowHeight) {
        look(
                seen -> {
                    int rows = (int) Math.floor((cut - up) / rowHeight);
                    ScreenCopy.RowPlace before = seen.top();
                    seen.scroll(rows);
                    boolean isAtEnd = rows != 0 && seen.top().equals(before);
                    cut = isAtEnd || !seen.isScrolled() ? 0 : cut - up - rows * rowHeight;
                });
    }

    /** Rows are of another height: what is seen begins with a whole one. Safe from any thread. */
    void settleRows() {
        call(
                _ -> {
                    cut = 0;
                    changed = true;
                });
    }

    /** The same by whole rows; negative is up. */
    void scroll(int rows) {
        look(
                seen -> {
                    seen.scroll(rows);
                    cut = 0;
                });
    }

    /** Changes what is looked at, behind the output that waits. Safe from any thread. */
    void look(Consumer<ScreenView> change) {
        call(
                _ -> {
                    wantedTop = -1;
                    change.accept(view);
                    changed = true;
                    fetchAhead();
                });
    }

    /** Looks at this line, as soon as it is here; at the oldest one that is to be had, if later. */
    void scrollTo(long line) {
        look(
                seen -> {
                    cut = 0;
                    seen.to(line, 0);
                    wantedTop = line;
                });
    }

    /** Forgets the lines above the screen, in this pane alone. */
    void clearHistory() {
        look(
                seen -> {
                    screen.clearHistory();
                    notBelow = screen.history().endLine();
                    seen.toScreen();
                });
    }

    /** Lines above what is seen come before anybody gets there. */
    private void fetchAhead() {
        fetchLater = false;
        if (screen.isAlternate()) return;
        long top = wantedTop >= 0 ? wantedTop : view.top().line();
        older.want(Math.max(notBelow, top - AHEAD), screen.history().endLine());
    }

    /** All text, as far as the server still has it and sends it in time. */
    CompletableFuture<ScreenCopy> wholeText() {
        var whole = new CompletableFuture<ScreenCopy>();
        call(
                _ -> {
                    waiting.add(whole);
                    older.want(notBelow, screen.history().endLine());
                });
        return whole.copy()
                .orTimeout(PATIENCE_MILLIS, TimeUnit.MILLISECONDS)
                .exceptionallyCompose(_ -> ask(Screen::copy));
    }

    /** What came of older lines. */
    private final class Scrollback implements OlderLines.Taker {

        private final Screen of;

        Scrollback(Screen of) {
            this.of = of;
        }

        @Override
        @SuppressWarnings("ReferenceEquality") // Asked for by the screen that is there, or by none.
        public void came(List<HistoryBlock> blocks) {
            if (of != screen) return;
            screen.history().fill(blocks);
            view.renew();
            if (wantedTop >= 0) view.to(wantedTop, 0);
            changed = true;
        }

        @Override
        public void settled() {
            if (waiting.isEmpty()) return;
            ScreenCopy copy = screen.copy();
            List<CompletableFuture<ScreenCopy>> all = waiting;
            waiting = new ArrayList<>();
            all.forEach(one -> one.complete(copy));
        }
    }

    /**
     * Asks the screen something on its own thread. What takes long takes a {@link Screen#copy} and
     * goes elsewhere with it. Safe from any thread; completes on the loop's.
     */
    <T> CompletableFuture<T> ask(Function<Screen, T> question) {
        var answer = new CompletableFuture<T>();
        call(
                asked -> {
                    try {
                        answer.complete(question.apply(asked));
                    } catch (RuntimeException e) {
                        answer.completeExceptionally(e);
                    }
                });
        return answer;
    }

    private void call(Consumer<Screen> action) {
        queue.put(new StreamItem.Call(action));
    }

    private void run() {
        try {
            while (!ended) turn();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException | Error e) {
            log.error("pane: nothing more is drawn", e);
            listener.failed(false);
            discard();
        }
    }

    /** Whoever brings output does not have to wait for a pane that cannot take it. */
    private void discard() {
        try {
            while (!ended) ended = queue.take() instanceof StreamItem.End;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void turn() throws InterruptedException {
        try {
            act(next());
            fetchIfDue();
        } catch (RuntimeException | Error e) {
            // A defect of ours, or no memory, and its session lives: the server's screen takes the
            // place of this.
            log.error("pane: the screen failed", e);
            replace();
        }
    }

    /** Nothing is used any more of a screen that failed: it may have done something by half. */
    private void replace() {
        screen = new Screen(screen.columns(), screen.rows(), historyLines, new Ears());
        view = new ScreenView(screen);
        older = olderLines(screen);
        fetchLater = false;
        isVoid = true;
        heldSince = 0;
        cut = 0;
        wantedTop = -1;
        fetch();
    }

    private void fetch() {
        failedAt = ticker.getAsLong();
        listener.failed(recoveries.mayFetch(failedAt));
    }

    /** Waits for the next thing; before that everybody knows what has become of the last ones. */
    private StreamItem next() throws InterruptedException {
        while (true) {
            StreamItem item = queue.poll();
            if (item != null) return item;
            tellModes();
            long again = sooner(paint(), fetchIfDue());
            item = again > 0 ? queue.poll(again) : queue.take();
            if (item != null) return item;
        }
    }

    /** The shorter of two waits, of which 0 is none. */
    private static long sooner(long a, long b) {
        return a == 0 || b == 0 ? a + b : Math.min(a, b);
    }

    /**
     * Fetches what was left out, once nothing more is.
     *
     * @return nanoseconds after which to try again; 0: no need to
     */
    private long fetchIfDue() {
        if (!fetchLater) return 0;
        long left = skippedAt + SKIPPING_NANOS - ticker.getAsLong();
        if (left > 0) return left;
        fetchAhead();
        return 0;
    }

    private void act(StreamItem item) {
        switch (item) {
            case StreamItem.Output(var bytes) -> {
                if (isVoid) remind();
                else feed(bytes, true);
            }
            case StreamItem.Resize(var size) -> {
                screen.resize(size.cols(), size.rows());
                changed = true;
            }
            case StreamItem.Resync resync -> resync(resync);
            case StreamItem.Hash(long hash) -> {
                if (!isVoid && screen.hash() != hash) listener.differs();
            }
            case StreamItem.Call(var action) -> action.accept(screen);
            case StreamItem.End _ -> ended = true;
        }
    }

    /** Output comes, and no resync: the connection may have been lost in between. */
    private void remind() {
        if (ticker.getAsLong() - failedAt >= REMINDER_NANOS) fetch();
    }

    private void resync(StreamItem.Resync resync) {
        if (resync.keepHistory()) skippedAt = ticker.getAsLong();
        TerminalSize size = resync.size();
        screen.beginSnapshot(size.cols(), size.rows(), resync.keepHistory());
        feed(resync.snapshot(), false);
        screen.endSnapshot();
        heldSince = 0;
        view.renew();
        older.again();
        // In a flood the lines would be many, and gone again before somebody gets to see them.
        fetchLater = resync.keepHistory() && !view.isScrolled() && wantedTop < 0;
        if (!fetchLater) fetchAhead();
        if (!isVoid) return;
        isVoid = false;
        changed = true;
        listener.recovered();
    }

    private void feed(ByteString bytes, boolean mayPaint) {
        for (int from = 0; from < bytes.length(); from += SLICE) {
            int length = Math.min(SLICE, bytes.length() - from);
            bytes.slice(from, from + length).copyTo(buffer, 0);
            screen.feed(buffer, 0, length);
            changed = true;
            if (mayPaint && taken) paint();
        }
    }

    private void tellModes() {
        if (isVoid) return;
        Modes now = Modes.of(screen);
        if (!now.equals(modes)) modes = now;
    }

    /**
     * Makes a picture if there is something new and somebody wants one.
     *
     * @return nanoseconds after which to try again though nothing came; 0: no need to
     */
    private long paint() {
        if (!changed || !active || isVoid) return 0;
        long now = ticker.getAsLong();
        if (screen.isSynchronized()) {
            if (heldSince == 0) heldSince = now;
            long left = heldSince + HOLD_NANOS - now;
            if (left > 0) return left;
        } else {
            heldSince = 0;
        }
        if (!taken && now - lastPicture < RENEWAL_NANOS) return RENEWAL_NANOS;
        changed = false;
        taken = false;
        lastPicture = now;
        tellModes();
        picture = newPicture();
        listener.pictured();
        return 0;
    }

    private Picture newPicture() {
        boolean scrolled = view.isScrolled();
        if (!scrolled) cut = 0;
        int rows = screen.rows() + (cut > 0 ? 1 : 0);
        return new Picture(
                new TerminalSize(screen.columns(), screen.rows()),
                view.rows(rows),
                Math.max(notBelow, Math.min(screen.history().firstLine(), older.oldest())),
                view.top(),
                view.screenTop(),
                cut,
                scrolled,
                screen.isAlternate(),
                new Picture.Cursor(
                        screen.cursorRow(),
                        screen.cursorColumn(),
                        screen.isCursorVisible(),
                        screen.cursorShape()),
                screen.isReverseVideo(),
                screen.changedColours());
    }

    private final class Ears implements ScreenListener {

        /** A program that is always in the midst of the next picture is painted between them. */
        @Override
        public void pictureEnded() {
            changed = true;
            if (taken) paint();
        }
    }
}
