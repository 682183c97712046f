package dev.wormhole.app.terminal.emoji;

/**
 * The bytes of one table of a font, big-endian. Every read is checked and counted, so that no
 * offset leads outside and no loop goes on for ever.
 *
 * <p>Owned by one thread.
 */
final class FontTable {

    private final String tag;
    private final byte[] bytes;
    private int left;

    FontTable(String tag, byte[] bytes) {
        this.tag = tag;
        this.bytes = bytes;
    }

    /** Allows so many reads from here on. */
    void allow(int reads) {
        left = reads;
    }

    int length() {
        return bytes.length;
    }

    int u8(long at) throws DamagedFontException {
        return bytes[check(at, 1)] & 0xff;
    }

    int u16(long at) throws DamagedFontException {
        int i = check(at, 2);
        return (bytes[i] & 0xff) << 8 | (bytes[i + 1] & 0xff);
    }

    int u24(long at) throws DamagedFontException {
        int i = check(at, 3);
        return (bytes[i] & 0xff) << 16 | (bytes[i + 1] & 0xff) << 8 | (bytes[i + 2] & 0xff);
    }

    long u32(long at) throws DamagedFontException {
        int i = check(at, 4);
        return (bytes[i] & 0xffL) << 24
                | (bytes[i + 1] & 0xff) << 16
                | (bytes[i + 2] & 0xff) << 8
                | (bytes[i + 3] & 0xff);
    }

    private int check(long at, int count) throws DamagedFontException {
        if (at < 0 || at > bytes.length - count) {
            throw new DamagedFontException("%s: %d is outside".formatted(tag, at));
        }
        if (--left < 0) throw new DamagedFontException(tag + ": takes too long");
        return (int) at;
    }
}
