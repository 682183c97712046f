package dev.wormhole.protocol;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Bytes that do not change: a slice of an array that nobody writes to any more.
 *
 * <p>Immutable.
 */
public final class ByteString {

    public static final ByteString EMPTY = new ByteString(new byte[0], 0, 0);

    private final byte[] array;
    private final int offset;
    private final int length;

    private ByteString(byte[] array, int offset, int length) {
        this.array = array;
        this.offset = offset;
        this.length = length;
    }

    /** A copy of the bytes. */
    public static ByteString copyOf(byte[] bytes, int offset, int length) {
        return new ByteString(Arrays.copyOfRange(bytes, offset, offset + length), 0, length);
    }

    public static ByteString copyOf(byte[] bytes) {
        return copyOf(bytes, 0, bytes.length);
    }

    /** A copy of what remains in the buffer, which is consumed. */
    public static ByteString copyOf(ByteBuffer buffer) {
        byte[] bytes = new byte[buffer.remaining()];
        buffer.get(bytes);
        return new ByteString(bytes, 0, bytes.length);
    }

    /** The text in UTF-8. */
    public static ByteString utf8(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        return new ByteString(bytes, 0, bytes.length);
    }

    /**
     * The bytes themselves, not copied: the caller promises that this range is never written again.
     * For the hot path, where a range of a growing block is handed from thread to thread.
     */
    public static ByteString wrap(byte[] array, int offset, int length) {
        if ((offset | length) < 0 || offset > array.length - length) {
            throw new IndexOutOfBoundsException(offset + "+" + length + " of " + array.length);
        }
        return new ByteString(array, offset, length);
    }

    public int length() {
        return length;
    }

    public boolean isEmpty() {
        return length == 0;
    }

    public byte at(int index) {
        if (index < 0 || index >= length) throw new IndexOutOfBoundsException(index);
        return array[offset + index];
    }

    /** A part of these bytes that shares their memory. */
    public ByteString slice(int from, int to) {
        if (from < 0 || from > to || to > length)
            throw new IndexOutOfBoundsException(from + ".." + to + " of " + length);
        return new ByteString(array, offset + from, to - from);
    }

    public byte[] toArray() {
        return Arrays.copyOfRange(array, offset, offset + length);
    }

    /** A read-only view, for libraries that take buffers. */
    public ByteBuffer toBuffer() {
        return ByteBuffer.wrap(array, offset, length).slice().asReadOnlyBuffer();
    }

    public void copyTo(byte[] target, int position) {
        System.arraycopy(array, offset, target, position, length);
    }

    public String toUtf8() {
        return new String(array, offset, length, StandardCharsets.UTF_8);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof ByteString that
                && Arrays.equals(
                        array,
                        offset,
                        offset + length,
                        that.array,
                        that.offset,
                        that.offset + that.length);
    }

    @Override
    public int hashCode() {
        int hash = 1;
        for (int i = offset; i < offset + length; i++) hash = 31 * hash + array[i];
        return hash;
    }

    /** The length alone: terminal bytes do not belong into logs. */
    @Override
    public String toString() {
        return length + " bytes";
    }
}
