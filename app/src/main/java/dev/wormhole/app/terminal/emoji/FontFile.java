package dev.wormhole.app.terminal.emoji;

import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashMap;
import java.util.Map;

/**
 * An OpenType file, of which the small tables are read as a whole and of the large ones only what
 * is asked for. Not mapped into memory: a file that becomes shorter would end a map with an error
 * of the virtual machine, and a read with an exception.
 *
 * <p>Owned by one thread.
 */
final class FontFile implements Closeable {

    /** Ten times as large as those of the fonts there are. */
    private static final int LARGEST_TABLE = 1 << 20;

    private static final int HEADER = 12;
    private static final int RECORD = 16;
    private static final int MOST_TABLES = 200;

    /** Enough to look anything up in a sound font a hundred times. */
    private static final int READS_TO_OPEN = 200_000;

    private record Place(long offset, long length) {}

    private final FileChannel file;
    private final Map<String, Place> tables = new HashMap<>();

    private FontFile(FileChannel file) {
        this.file = file;
    }

    static FontFile open(Path path) throws IOException {
        var font = new FontFile(FileChannel.open(path, StandardOpenOption.READ));
        try {
            font.readDirectory();
            return font;
        } catch (IOException | RuntimeException e) {
            font.close();
            throw e;
        }
    }

    private void readDirectory() throws IOException {
        var header = new FontTable("header", read(0, HEADER));
        header.allow(READS_TO_OPEN);
        int count = header.u16(4);
        if (count > MOST_TABLES) throw new DamagedFontException("tables: " + count);
        byte[] bytes = read(HEADER, count * RECORD);
        var directory = new FontTable("directory", bytes);
        directory.allow(READS_TO_OPEN);
        for (int at = 0; at < bytes.length; at += RECORD) {
            var tag = new String(bytes, at, 4, StandardCharsets.ISO_8859_1);
            tables.put(tag, new Place(directory.u32(at + 8), directory.u32(at + 12)));
        }
    }

    boolean has(String tag) {
        return tables.containsKey(tag);
    }

    /** A whole table. */
    FontTable table(String tag) throws IOException {
        Place place = place(tag);
        if (place.length() > LARGEST_TABLE) {
            throw new DamagedFontException("%s: %d bytes".formatted(tag, place.length()));
        }
        var table = new FontTable(tag, read(place.offset(), (int) place.length()));
        table.allow(READS_TO_OPEN);
        return table;
    }

    /** A part of a table. */
    byte[] part(String tag, long offset, int length) throws IOException {
        Place place = place(tag);
        if (offset < 0 || length < 0 || offset > place.length() - length) {
            throw new DamagedFontException("%s: %d is outside".formatted(tag, offset));
        }
        return read(place.offset() + offset, length);
    }

    private Place place(String tag) throws DamagedFontException {
        Place place = tables.get(tag);
        if (place == null) throw new DamagedFontException("no table " + tag);
        return place;
    }

    private byte[] read(long offset, int length) throws IOException {
        if (offset + length > file.size()) throw new EOFException("file ends within a table");
        var buffer = ByteBuffer.allocate(length);
        while (buffer.hasRemaining()) {
            int count = file.read(buffer, offset + buffer.position());
            if (count < 0) throw new EOFException("file ends within a table");
        }
        return buffer.array();
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
