package dev.wormhole.app.terminal.emoji;

import dev.wormhole.app.fx.FxThread;

import javafx.scene.image.Image;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * The pictures of emoji for all panes: those made lately are at hand, others are made by a thread
 * that goes when it has nothing to do.
 *
 * <p>Owned by the FX thread. The font belongs to that other thread.
 */
public final class EmojiImages {

    /** Whether there is a picture of a cluster. */
    public sealed interface Found {

        /** In its own proportions; it touches two sides of its room, or is smaller than it. */
        record Ready(Image image) implements Found {}

        /** Whoever asked is told when it is known. */
        record Awaited() implements Found {}

        /** There is none. */
        record Missing() implements Found {}
    }

    private record Key(String cluster, int width, int height) {}

    private static final Logger log = LoggerFactory.getLogger(EmojiImages.class);

    private static final Found AWAITED = new Found.Awaited();
    private static final Found MISSING = new Found.Missing();

    /**
     * How many may be under way. Asked for beyond that, a picture is asked for again when the next
     * ones are there. With {@link #ROOM} it makes sure that a row of them is whole at some time.
     */
    static final int MOST_WANTED = 256;

    /** Bytes of pixels that are kept; a page of different ones takes less than a tenth. */
    private static final long ROOM = 32 << 20;

    /** What an entry without a picture counts, and each other one besides. */
    private static final int ENTRY = 1 << 10;

    private static final int SECONDS_IDLE = 5;

    private static final double NOT_KNOWN = -1;

    /** Of a font's size; other fonts are as near as a two-thousandth. */
    private static final double TOLERANCE = 1e-4;

    private final Supplier<@Nullable EmojiFont> opener;
    private final ThreadPoolExecutor thread;
    private final boolean needed;

    // Owned by the FX thread.
    private final Map<Key, Found> known = new LinkedHashMap<>(64, 0.75f, true);
    private final Map<Key, Set<Runnable>> wanted = new HashMap<>();
    private final Set<Runnable> turnedAway = new LinkedHashSet<>();
    private final Set<Runnable> awaitFont = new LinkedHashSet<>();
    private long used;

    /** Of the widest glyph of the font, by its size; 0 without a font. */
    private double advance = NOT_KNOWN;

    // Owned by the thread.
    private @Nullable EmojiFont font;
    private boolean isOpened;
    private boolean isDamageTold;

    private EmojiImages(boolean needed, Supplier<@Nullable EmojiFont> opener) {
        this.needed = needed;
        this.opener = opener;
        thread =
                new ThreadPoolExecutor(
                        1,
                        1,
                        SECONDS_IDLE,
                        TimeUnit.SECONDS,
                        new LinkedBlockingQueue<>(),
                        Thread.ofPlatform().name("emoji").daemon().factory());
        thread.allowCoreThreadTimeOut(true);
    }

    /** From the font that is installed; none where JavaFX paints emoji by itself. */
    public static EmojiImages ofThisSystem() {
        return new EmojiImages(InstalledFonts.areNeeded(), InstalledFonts::open);
    }

    /** Of a font that is opened on the other thread when the first picture is asked for. */
    static EmojiImages of(Supplier<@Nullable EmojiFont> opener) {
        return new EmojiImages(true, opener);
    }

    /** Whether there may be pictures here at all. */
    public boolean areNeeded() {
        return needed;
    }

    /**
     * The picture of a cluster, as large as fits into the room. A cluster that the font does not
     * know as a whole has the picture of its beginning.
     *
     * @param width in pixels of the screen, as the height
     * @param whenKnown run on the FX thread once a picture that is awaited may be there
     */
    public Found find(String cluster, int width, int height, Runnable whenKnown) {
        if (!needed || width <= 0 || height <= 0) return MISSING;
        var key = new Key(cluster, width, height);
        Found found = known.get(key);
        if (found != null) return found;
        Set<Runnable> waiting = wanted.get(key);
        if (waiting != null) {
            waiting.add(whenKnown);
        } else if (wanted.size() < MOST_WANTED) {
            wanted.put(key, new LinkedHashSet<>(Set.of(whenKnown)));
            thread.execute(() -> make(key));
        } else {
            turnedAway.add(whenKnown);
        }
        return AWAITED;
    }

    /**
     * Whether text of this width, as JavaFX measures it, is a glyph of the font of emoji, which
     * JavaFX paints as nothing. Says no while the font is not known.
     *
     * @param size of the font that it was measured with
     * @param whenKnown run on the FX thread once the font is known
     */
    public boolean isPaintedAsNothing(double width, double size, Runnable whenKnown) {
        if (!needed) return false;
        if (advance == NOT_KNOWN) {
            if (awaitFont.isEmpty()) thread.execute(this::findFont);
            awaitFont.add(whenKnown);
            return false;
        }
        return advance > 0 && Math.abs(width - advance * size) < size * TOLERANCE;
    }

    private void findFont() {
        double found = 0;
        try {
            EmojiFont opened = font();
            if (opened != null) found = opened.advance();
        } finally {
            double known = found;
            FxThread.later(() -> fontFound(known));
        }
    }

    private void fontFound(double found) {
        advance = found;
        Set<Runnable> told = Set.copyOf(awaitFont);
        awaitFont.clear();
        told.forEach(Runnable::run);
    }

    private @Nullable EmojiFont font() {
        if (!isOpened) {
            isOpened = true;
            font = opener.get();
        }
        return font;
    }

    private void make(Key key) {
        Optional<Image> image = Optional.empty();
        try {
            image = Optional.ofNullable(image(key));
        } catch (IOException | RuntimeException e) {
            if (!isDamageTold) log.warn("the font of emoji is damaged: {}", e.toString());
            isDamageTold = true;
        } finally {
            Optional<Image> made = image;
            FxThread.later(() -> made(key, made));
        }
    }

    private @Nullable Image image(Key key) throws IOException {
        EmojiFont from = font();
        byte[] png = from == null ? null : from.png(key.cluster(), key.height());
        return png == null ? null : Pictures.decode(png, key.width(), key.height());
    }

    private void made(Key key, Optional<Image> image) {
        Found found = image.<Found>map(Found.Ready::new).orElse(MISSING);
        known.put(key, found);
        used += weight(found);
        var oldest = known.values().iterator();
        while (used > ROOM && oldest.hasNext()) {
            used -= weight(oldest.next());
            oldest.remove();
        }
        Set<Runnable> told = wanted.remove(key);
        if (told == null) return;
        told.addAll(turnedAway);
        turnedAway.clear();
        told.forEach(Runnable::run);
    }

    private static long weight(Found found) {
        return found instanceof Found.Ready(Image image)
                ? ENTRY + 4 * (long) (image.getWidth() * image.getHeight())
                : ENTRY;
    }
}
