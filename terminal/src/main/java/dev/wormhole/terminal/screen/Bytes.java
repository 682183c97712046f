package dev.wormhole.terminal.screen;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** A growing array of bytes, with the varints and characters that encoded lines consist of. */
final class Bytes {

    byte[] array;
    int size;

    Bytes(int capacity) {
        array = new byte[capacity];
    }

    void ensure(int more) {
        if (array.length - size < more) {
            array = Arrays.copyOf(array, Math.max(size + more, array.length * 2));
        }
    }

    void put(int b) {
        ensure(1);
        array[size++] = (byte) b;
    }

    void put(byte[] bytes, int from, int length) {
        ensure(length);
        System.arraycopy(bytes, from, array, size, length);
        size += length;
    }

    void put(byte[] bytes) {
        put(bytes, 0, bytes.length);
    }

    void ascii(String text) {
        put(text.getBytes(StandardCharsets.US_ASCII));
    }

    /** Seven bits a byte, the lowest first. */
    void varint(long value) {
        ensure(10);
        long rest = value;
        while ((rest & ~0x7fL) != 0) {
            array[size++] = (byte) (rest | 0x80);
            rest >>>= 7;
        }
        array[size++] = (byte) rest;
    }

    /** Length in bytes, then UTF-8. */
    void string(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        varint(bytes.length);
        put(bytes);
    }

    void utf8(int c) {
        ensure(4);
        if (c < 0x80) {
            array[size++] = (byte) c;
        } else if (c < 0x800) {
            array[size++] = (byte) (0xc0 | c >> 6);
            array[size++] = (byte) (0x80 | (c & 0x3f));
        } else if (c < 0x10000) {
            array[size++] = (byte) (0xe0 | c >> 12);
            array[size++] = (byte) (0x80 | (c >> 6 & 0x3f));
            array[size++] = (byte) (0x80 | (c & 0x3f));
        } else {
            array[size++] = (byte) (0xf0 | c >> 18);
            array[size++] = (byte) (0x80 | (c >> 12 & 0x3f));
            array[size++] = (byte) (0x80 | (c >> 6 & 0x3f));
            array[size++] = (byte) (0x80 | (c & 0x3f));
        }
    }

    byte[] toArray() {
        return Arrays.copyOf(array, size);
    }

    /**
     * Reads what {@link Bytes} wrote; whatever is not well-formed is an IllegalArgumentException.
     */
    static final class Reader {

        private final byte[] array;
        private final int end;
        int at;

        Reader(byte[] array, int from, int end) {
            this.array = array;
            this.at = from;
            this.end = end;
        }

        boolean hasMore() {
            return at < end;
        }

        int get() {
            if (at >= end) throw new IllegalArgumentException("ends at " + at);
            return array[at++] & 0xff;
        }

        long varint() {
            long value = 0;
            for (int shift = 0; shift < 64; shift += 7) {
                int b = get();
                value |= (long) (b & 0x7f) << shift;
                if (b < 0x80) return value;
            }
            throw new IllegalArgumentException("number too long at " + at);
        }

        /** A number from 0 to max. */
        int varint(int max) {
            long value = varint();
            if (value < 0 || value > max)
                throw new IllegalArgumentException(value + " is over " + max + " at " + at);
            return (int) value;
        }

        String string(int maxBytes) {
            int length = varint(maxBytes);
            if (length > end - at) throw new IllegalArgumentException("text ends early at " + at);
            var text = new String(array, at, length, StandardCharsets.UTF_8);
            at += length;
            return text;
        }

        int utf8() {
            int first = get();
            if (first < 0x80) return first;
            if (first >= 0xc2 && first < 0xe0) return (first & 0x1f) << 6 | more();
            if (first >= 0xe0 && first < 0xf0) return (first & 0x0f) << 12 | more() << 6 | more();
            if (first >= 0xf0 && first < 0xf5) {
                int c = (first & 0x07) << 18 | more() << 12 | more() << 6 | more();
                if (c <= Character.MAX_CODE_POINT) return c;
            }
            throw new IllegalArgumentException("not UTF-8 at " + at);
        }

        private int more() {
            int b = get();
            if ((b & 0xc0) != 0x80) throw new IllegalArgumentException("not UTF-8 at " + at);
            return b & 0x3f;
        }
    }
}
