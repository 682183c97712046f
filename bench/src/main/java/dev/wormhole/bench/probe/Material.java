package dev.wormhole.bench.probe;

import dev.wormhole.bench.Corpus;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/** Files of text for {@code cat}, made once a run. Owned by the thread that measures. */
public final class Material {

    private static final int PIECE = 1_000_000;

    private final Path directory;

    public Material(Path directory) {
        this.directory = directory;
    }

    /** So many megabytes of mixed text. */
    public Path megabytes(int count) throws IOException {
        Path file = directory.resolve("mixed-" + count + "MB");
        if (Files.exists(file)) return file;
        byte[] piece = new byte[0];
        try (var out = Files.newOutputStream(file)) {
            for (int i = 0; i < count; i++) {
                if (i == 0) piece = ofFile(Corpus.MIXED.bytes(PIECE + PIECE / 10));
                out.write(piece);
            }
        }
        return file;
    }

    /** So many lines of mixed text. */
    public Path lines(int count) throws IOException {
        Path file = directory.resolve("mixed-" + count + "-lines");
        if (!Files.exists(file)) Files.write(file, withoutReturns(Corpus.MIXED.lines(count)));
        return file;
    }

    /** So many megabytes that never leave one row of the screen. */
    public Path overprint(int count) throws IOException {
        Path file = directory.resolve("overprint-" + count + "MB");
        if (Files.exists(file)) return file;
        String text = new String(Corpus.ASCII.bytes(count * PIECE), StandardCharsets.US_ASCII);
        Files.writeString(file, text.replace("\n", ""));
        return file;
    }

    /** Exactly one piece; what would be cut in its last line is dots. */
    private static byte[] ofFile(byte[] text) {
        byte[] piece = Arrays.copyOf(withoutReturns(text), PIECE);
        int end = PIECE;
        while (piece[end - 1] != '\n') end--;
        Arrays.fill(piece, end, PIECE, (byte) '.');
        piece[PIECE - 1] = '\n';
        return piece;
    }

    /** A terminal puts a carriage return before each line feed itself. */
    private static byte[] withoutReturns(byte[] text) {
        return new String(text, StandardCharsets.UTF_8)
                .replace("\r", "")
                .getBytes(StandardCharsets.UTF_8);
    }
}
