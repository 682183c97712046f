package dev.wormhole.app.terminal.emoji;

import dev.wormhole.terminal.text.Emoji;

import org.jspecify.annotations.Nullable;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A font of emoji that are PNG pictures.
 *
 * <p>Owned by one thread.
 */
final class EmojiFont implements Closeable {

    private static final int ZWJ = 0x200d;

    /** The longest sequences of Unicode have ten code points. */
    private static final int LONGEST = 32;

    /** A sound font needs some hundreds for a sequence. */
    private static final int READS = 100_000;

    /** The largest ones that there are have 20 kB. */
    private static final int LARGEST_PICTURE = 1 << 20;

    private final FontFile file;
    private final FontTable[] tables;
    private final CharacterMap characters;
    private final @Nullable Ligatures ligatures;
    private final Strikes strikes;
    private final double advance;

    private EmojiFont(FontFile file) throws IOException {
        this.file = file;
        FontTable cmap = file.table("cmap");
        FontTable cblc = file.table("CBLC");
        characters = new CharacterMap(cmap);
        strikes = new Strikes(cblc);
        if (file.has("GSUB")) {
            FontTable gsub = file.table("GSUB");
            ligatures = new Ligatures(gsub);
            tables = new FontTable[] {cmap, cblc, gsub};
        } else {
            ligatures = null;
            tables = new FontTable[] {cmap, cblc};
        }
        int em = file.table("head").u16(18);
        advance = em == 0 ? 0 : (double) file.table("hhea").u16(10) / em;
    }

    /** Fails for a font that has no such pictures, too. */
    static EmojiFont open(Path path) throws IOException {
        FontFile file = FontFile.open(path);
        try {
            return new EmojiFont(file);
        } catch (IOException | RuntimeException e) {
            file.close();
            throw e;
        }
    }

    /** How wide its glyphs are at most, by the size of the font. */
    double advance() {
        return advance;
    }

    /**
     * The PNG of a cluster, or of its beginning where the font does not know all of it; null where
     * it knows nothing of it.
     *
     * @param size how many pixels high it should be, at least, where there is a choice
     */
    byte @Nullable [] png(String cluster, int size) throws IOException {
        int[] codes = cluster.codePoints().limit(LONGEST + 1L).toArray();
        if (codes.length == 0 || codes.length > LONGEST) return null;
        for (FontTable table : tables) table.allow(READS);
        int glyph = glyph(codes);
        Strikes.Place place = glyph == CharacterMap.NONE ? null : strikes.find(glyph, size);
        return place == null ? null : picture(place);
    }

    private int glyph(int[] codes) throws DamagedFontException {
        int whole = joined(codes);
        if (whole != CharacterMap.NONE || codes.length == 1) return whole;
        // Half a flag, and a digit without its key, would say something else.
        if (codes[0] < 0x80 || Emoji.isHalfFlag(codes[0])) return CharacterMap.NONE;
        int part = 1;
        while (part < codes.length && codes[part] != ZWJ) part++;
        int glyph = joined(Arrays.copyOf(codes, part));
        return glyph != CharacterMap.NONE ? glyph : characters.glyph(codes[0]);
    }

    /** The one glyph that all of them become; fonts name U+FE0F in their ligatures or do not. */
    private int joined(int[] codes) throws DamagedFontException {
        int glyph = joined(codes, false);
        return glyph != CharacterMap.NONE ? glyph : joined(codes, true);
    }

    private int joined(int[] codes, boolean withSelectors) throws DamagedFontException {
        List<Integer> glyphs = new ArrayList<>();
        for (int i = 0; i < codes.length; i++) {
            if (i > 0 && codes[i] == Emoji.EMOJI_STYLE) {
                int variation = characters.variation(codes[i - 1], codes[i]);
                if (variation > 0) glyphs.set(glyphs.size() - 1, variation);
                if (variation > 0 || !withSelectors) continue;
            }
            int glyph = characters.glyph(codes[i]);
            if (glyph == CharacterMap.NONE) return CharacterMap.NONE;
            glyphs.add(glyph);
        }
        if (glyphs.size() > 1 && ligatures != null) glyphs = ligatures.join(glyphs);
        return glyphs.size() == 1 ? glyphs.getFirst() : CharacterMap.NONE;
    }

    private byte @Nullable [] picture(Strikes.Place place) throws IOException {
        int metrics =
                switch (place.format()) {
                    case 17 -> 5;
                    case 18 -> 8;
                    case 19 -> 0;
                    default -> -1;
                };
        if (metrics < 0) return null;
        if (place.length() > LARGEST_PICTURE) throw new DamagedFontException("CBDT: too large");
        byte[] bytes = file.part("CBDT", place.offset(), (int) place.length());
        var table = new FontTable("CBDT", bytes);
        table.allow(1);
        long length = table.u32(metrics);
        int from = metrics + 4;
        if (length > bytes.length - from) throw new DamagedFontException("CBDT: too short");
        return Arrays.copyOfRange(bytes, from, from + (int) length);
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
