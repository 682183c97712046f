package dev.wormhole.bench.window;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;

/**
 * Pages of text that differ in every cell, each with its number as the colour of its first cells;
 * and the count of those that somebody got to see. Owned by one thread.
 */
final class Frames {

    /** The number is the lowest eight bits. */
    static final int COLOUR = 0x3c7800;

    static final int COUNT = 256;
    private static final int LEAST_GREEN = 0x30;
    private static final int MOST_GREEN = 0x80;

    /** Letters of one colour, about. */
    private static final int RUN = 12;

    private int last = -1;
    private int seen;

    /** What a full repaint of all cells is, {@link #COUNT} times. */
    static String text(int columns, int rows) {
        var random = new Random(columns * 1000L + rows);
        var text = new StringBuilder();
        for (int number = 0; number < COUNT; number++) {
            text.append("\033[H").append(background(COLOUR | number)).append("  \033[m");
            for (int row = 0; row < rows; row++) {
                if (row > 0) text.append("\033[").append(row + 1).append(";1H");
                for (int column = row == 0 ? 2 : 0; column < columns; column++) {
                    if (random.nextInt(RUN) == 0) {
                        text.append("\033[").append(31 + random.nextInt(7)).append('m');
                    }
                    text.append((char) ('!' + (number + random.nextInt(90)) % 94));
                }
            }
        }
        return text.toString();
    }

    /** What makes the background this colour. */
    static String background(int rgb) {
        return "\033[48;2;%d;%d;%dm".formatted(rgb >> 16, rgb >> 8 & 0xff, rgb & 0xff);
    }

    static Path write(Path directory, int columns, int rows) {
        Path file = directory.resolve("frames-" + columns + "x" + rows);
        try {
            if (!Files.exists(file)) {
                Files.writeString(file, text(columns, rows), StandardCharsets.US_ASCII);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return file;
    }

    /**
     * What a frame's first cell was just seen to be; of a colour that is no number, nothing. A pane
     * without the keyboard may be dimmed.
     */
    void look(int rgb) {
        int green = rgb >> 8 & 0xff;
        if (green < LEAST_GREEN || green > MOST_GREEN) return;
        if (rgb != last) seen++;
        last = rgb;
    }

    int seen() {
        return seen;
    }
}
