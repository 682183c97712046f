package dev.wormhole.bench.window;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * The picture of an Xvfb, in the memory that it draws into ({@code -fbdir}): a look costs nothing
 * and does not disturb who draws. The file has the form of {@code xwd}.
 */
final class Framebuffer implements Picture {

    // XWDFile.h: words of 32 bits, the most significant byte first.
    private static final int HEADER_SIZE = 0;
    private static final int WIDTH = 4 * 4;
    private static final int HEIGHT = 5 * 4;
    private static final int BITS_PER_PIXEL = 11 * 4;
    private static final int BYTES_PER_LINE = 12 * 4;
    private static final int COLOURS = 19 * 4;
    private static final int COLOUR_SIZE = 12;

    private final ByteBuffer bytes;
    private final int width;
    private final int height;
    private final int start;
    private final int stride;

    private Framebuffer(ByteBuffer bytes) throws IOException {
        int bits = bytes.getInt(BITS_PER_PIXEL);
        if (bits != 32) throw new IOException("a picture of " + bits + " bits a pixel");
        width = bytes.getInt(WIDTH);
        height = bytes.getInt(HEIGHT);
        stride = bytes.getInt(BYTES_PER_LINE);
        start = bytes.getInt(HEADER_SIZE) + bytes.getInt(COLOURS) * COLOUR_SIZE;
        // Pixels are in the order of the machine.
        this.bytes = bytes.order(ByteOrder.nativeOrder());
    }

    static Framebuffer open(Path file) throws IOException {
        try (var channel = FileChannel.open(file, StandardOpenOption.READ)) {
            MappedByteBuffer mapped = channel.map(FileChannel.MapMode.READ_ONLY, 0, channel.size());
            return of(mapped);
        }
    }

    /** What is in a file of {@code xwd}. */
    static Framebuffer of(ByteBuffer bytes) throws IOException {
        return new Framebuffer(bytes.order(ByteOrder.BIG_ENDIAN));
    }

    @Override
    public int width() {
        return width;
    }

    @Override
    public int height() {
        return height;
    }

    @Override
    public int rgb(int x, int y) {
        return bytes.getInt(start + y * stride + x * 4) & 0xffffff;
    }
}
