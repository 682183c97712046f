package dev.wormhole.app.terminal.emoji;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import javax.imageio.ImageIO;

/** Makes fonts of a few pictures, in every format that there is for their tables. */
public final class TinyFont {

    /** How far its glyphs reach, by the size of the font. */
    public static final double ADVANCE = 1.25;

    private record Subtable(int index, int image, TreeMap<Integer, byte[]> pictures) {}

    private record Ligature(int result, List<Integer> components) {}

    private final TreeMap<Integer, Integer> characters = new TreeMap<>();
    private final TreeMap<Integer, Integer> variations = new TreeMap<>();
    private final TreeMap<Integer, List<Subtable>> strikes = new TreeMap<>();
    private final List<Ligature> ligatures = new ArrayList<>();
    private int cmapFormat = 12;
    private boolean extended;

    public TinyFont map(int codePoint, int glyph) {
        characters.put(codePoint, glyph);
        return this;
    }

    TinyFont cmapFormat(int format) {
        cmapFormat = format;
        return this;
    }

    /** Of U+FE0F; the glyph 0 is that of the character. */
    TinyFont variation(int codePoint, int glyph) {
        variations.put(codePoint, glyph);
        return this;
    }

    /** The earlier one counts. */
    public TinyFont ligature(int result, int... components) {
        ligatures.add(new Ligature(result, Arrays.stream(components).boxed().toList()));
        return this;
    }

    /** The ligatures stand behind offsets of 32 bits. */
    TinyFont extended() {
        extended = true;
        return this;
    }

    /** Pictures of the first glyphs on from one. */
    TinyFont pictures(int size, int index, int image, int first, byte[]... pictures) {
        var all = new TreeMap<Integer, byte[]>();
        for (int i = 0; i < pictures.length; i++) all.put(first + i, pictures[i]);
        strikes.computeIfAbsent(size, _ -> new ArrayList<>()).add(new Subtable(index, image, all));
        return this;
    }

    /** One picture in the usual formats. */
    public TinyFont picture(int glyph, byte[] picture) {
        return pictures(109, 1, 17, glyph, picture);
    }

    /** Of one colour; 0xaarrggbb. */
    public static byte[] png(int width, int height, int argb) {
        var image = new BufferedImage(width, height, BufferedImage.TYPE_INT_ARGB);
        int[] pixels = new int[width * height];
        Arrays.fill(pixels, argb);
        image.setRGB(0, 0, width, height, pixels, 0, width);
        var bytes = new ByteArrayOutputStream();
        try {
            ImageIO.write(image, "png", bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    Path write(Path folder) throws IOException {
        return Files.write(folder.resolve("Tiny.ttf"), bytes());
    }

    /** Its pictures. */
    public EmojiImages images(Path folder) throws IOException {
        Path file = write(folder);
        return EmojiImages.of(
                () -> {
                    try {
                        return EmojiFont.open(file);
                    } catch (IOException e) {
                        throw new UncheckedIOException(e);
                    }
                });
    }

    byte[] bytes() {
        Map<String, byte[]> tables = new LinkedHashMap<>();
        var places = new Out();
        var images = new Out().u32(0x30000);
        bitmaps(places, images);
        tables.put("CBDT", images.bytes());
        tables.put("CBLC", places.bytes());
        if (!ligatures.isEmpty()) tables.put("GSUB", substitutions());
        tables.put("cmap", cmap());
        tables.put("head", new Out().zeros(18).u16(1000).zeros(34).bytes());
        tables.put("hhea", new Out().zeros(10).u16((int) (1000 * ADVANCE)).zeros(24).bytes());
        var file = new Out().u32(0x10000).u16(tables.size()).zeros(6);
        int offset = 12 + 16 * tables.size();
        for (var table : tables.entrySet()) {
            file.raw(table.getKey().getBytes(StandardCharsets.US_ASCII)).u32(0);
            file.u32(offset).u32(table.getValue().length);
            offset += table.getValue().length;
        }
        tables.values().forEach(file::raw);
        return file.bytes();
    }

    private byte[] cmap() {
        byte[] main = cmapFormat == 12 ? groups() : segments();
        var out = new Out().u16(0).u16(2);
        out.u16(0).u16(5).u32(20);
        byte[] selectors = selectors();
        out.u16(3).u16(cmapFormat == 12 ? 10 : 1).u32(20 + selectors.length);
        return out.raw(selectors).raw(main).bytes();
    }

    private byte[] groups() {
        var out = new Out().u16(12).u16(0).u32(16 + 12 * characters.size()).u32(0);
        out.u32(characters.size());
        characters.forEach((c, glyph) -> out.u32(c).u32(c).u32(glyph));
        return out.bytes();
    }

    /** Every second one by its difference, the others through the array. */
    private byte[] segments() {
        int count = characters.size() + 1;
        var out = new Out().u16(4).u16(0).u16(0).u16(2 * count).zeros(6);
        characters.keySet().forEach(out::u16);
        out.u16(0xffff).u16(0);
        characters.keySet().forEach(out::u16);
        out.u16(0xffff);
        List<Integer> codes = List.copyOf(characters.keySet());
        var glyphs = new Out();
        for (int i = 0; i < codes.size(); i++) {
            out.u16(i % 2 == 0 ? characters.get(codes.get(i)) - codes.get(i) : 0);
        }
        out.u16(1);
        for (int i = 0; i < codes.size(); i++) {
            if (i % 2 == 0) {
                out.u16(0);
            } else {
                out.u16(2 * (count - i) + glyphs.size());
                glyphs.u16(characters.get(codes.get(i)));
            }
        }
        return out.u16(0).raw(glyphs.bytes()).bytes();
    }

    private byte[] selectors() {
        List<Integer> defaults = variations.keySet().stream().filter(this::isDefault).toList();
        List<Integer> others = variations.keySet().stream().filter(c -> !isDefault(c)).toList();
        var out = new Out().u16(14).u32(0).u32(1).u24(0xfe0f);
        out.u32(21).u32(21 + 4 + 4 * defaults.size());
        out.u32(defaults.size());
        defaults.forEach(c -> out.u24(c).u8(0));
        out.u32(others.size());
        others.forEach(c -> out.u24(c).u16(variations.get(c)));
        return out.bytes();
    }

    private boolean isDefault(int codePoint) {
        return variations.get(codePoint) == 0;
    }

    /** Each ligature is a lookup of its own. */
    private byte[] substitutions() {
        var out = new Out().u32(0x10000).u16(0).u16(0).u16(10).u16(ligatures.size());
        var bodies = new Out();
        for (Ligature ligature : ligatures) {
            out.u16(2 + 2 * ligatures.size() + bodies.size());
            bodies.u16(extended ? 7 : 4).u16(0).u16(1).u16(8);
            if (extended) bodies.u16(1).u16(4).u32(8);
            body(ligature, bodies);
        }
        return out.raw(bodies.bytes()).bytes();
    }

    private static void body(Ligature ligature, Out out) {
        List<Integer> components = ligature.components();
        // Format, coverage, one set; in it one ligature.
        out.u16(1).u16(8).u16(1).u16(14);
        out.u16(1).u16(1).u16(components.getFirst());
        out.u16(1).u16(4).u16(ligature.result()).u16(components.size());
        components.stream().skip(1).forEach(out::u16);
    }

    private void bitmaps(Out places, Out images) {
        places.u32(0x30000).u32(strikes.size());
        int at = 8 + 48 * strikes.size();
        var arrays = new Out();
        for (var strike : strikes.entrySet()) {
            byte[] array = array(strike.getValue(), images);
            places.u32(at + arrays.size()).u32(array.length).u32(strike.getValue().size());
            places.zeros(28).u16(0).u16(0xffff).u8(strike.getKey()).u8(strike.getKey());
            places.u8(32).u8(1);
            arrays.raw(array);
        }
        places.raw(arrays.bytes());
    }

    private static byte[] array(List<Subtable> subtables, Out images) {
        var records = new Out();
        var bodies = new Out();
        for (Subtable subtable : subtables) {
            records.u16(subtable.pictures().firstKey()).u16(subtable.pictures().lastKey());
            records.u32(8 * subtables.size() + bodies.size());
            index(subtable, bodies, images);
        }
        return records.raw(bodies.bytes()).bytes();
    }

    private static void index(Subtable subtable, Out out, Out images) {
        out.u16(subtable.index()).u16(subtable.image()).u32(images.size());
        int largest =
                subtable.pictures().values().stream().mapToInt(p -> p.length).max().orElseThrow()
                        + 12;
        boolean isPadded = subtable.index() == 2 || subtable.index() == 5;
        if (isPadded) out.u32(largest).zeros(8);
        if (subtable.index() >= 4) out.u32(subtable.pictures().size());
        int at = 0;
        for (var picture : subtable.pictures().entrySet()) {
            byte[] block = block(subtable.image(), picture.getValue());
            switch (subtable.index()) {
                case 1 -> out.u32(at);
                case 3 -> out.u16(at);
                case 4 -> out.u16(picture.getKey()).u16(at);
                case 5 -> out.u16(picture.getKey());
                default -> {}
            }
            images.raw(block);
            if (isPadded) images.zeros(largest - block.length);
            at += block.length;
        }
        switch (subtable.index()) {
            case 1 -> out.u32(at);
            case 3 -> out.u16(at);
            case 4 -> out.u16(0).u16(at);
            default -> {}
        }
    }

    private static byte[] block(int format, byte[] picture) {
        int metrics = format == 17 ? 5 : format == 18 ? 8 : 0;
        return new Out().zeros(metrics).u32(picture.length).raw(picture).bytes();
    }

    /** Bytes that are being written. */
    private static final class Out {

        private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

        Out u8(int value) {
            bytes.write(value);
            return this;
        }

        Out u16(int value) {
            return u8(value >> 8).u8(value);
        }

        Out u24(int value) {
            return u8(value >> 16).u16(value);
        }

        Out u32(int value) {
            return raw(ByteBuffer.allocate(4).putInt(value).array());
        }

        Out zeros(int count) {
            return raw(new byte[count]);
        }

        Out raw(byte[] more) {
            bytes.writeBytes(more);
            return this;
        }

        int size() {
            return bytes.size();
        }

        byte[] bytes() {
            return bytes.toByteArray();
        }
    }
}
