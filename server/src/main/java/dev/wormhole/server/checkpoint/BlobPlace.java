package dev.wormhole.server.checkpoint;

import dev.wormhole.protocol.ByteString;
import dev.wormhole.protocol.SessionId;

import java.nio.ByteBuffer;
import java.util.zip.CRC32C;

/**
 * Where a blob belongs: what its row says beside it. Part of the checksum, so that a row whose
 * numbers were damaged is found out as well as one whose bytes were.
 *
 * <p>Immutable.
 */
sealed interface BlobPlace {

    /** So much room the largest of them needs. */
    int HEAD_BYTES = 9 * Long.BYTES;

    SessionId session();

    /** Writes all numbers of the row. */
    void describe(ByteBuffer head, int length, int codec);

    /** Of the numbers and the bytes together. */
    default long checksum(int length, int codec, ByteString bytes) {
        ByteBuffer head = ByteBuffer.allocate(HEAD_BYTES);
        head.putLong(session().value().getMostSignificantBits());
        head.putLong(session().value().getLeastSignificantBits());
        describe(head, length, codec);
        var crc = new CRC32C();
        crc.update(head.flip());
        crc.update(bytes.toBuffer());
        return crc.getValue();
    }

    /** Output of the tail. */
    record Entry(SessionId session, long offset, int cut) implements BlobPlace {

        /** In the order in which version 1 of the store wrote them. */
        @Override
        public void describe(ByteBuffer head, int length, int codec) {
            head.putLong(offset).putInt(length).putInt(cut).putInt(codec);
        }
    }

    /** Lines of the scrollback. {@code offset} is that of the screen they came with. */
    record Block(SessionId session, long firstLine, int lines, long offset) implements BlobPlace {

        @Override
        public void describe(ByteBuffer head, int length, int codec) {
            head.putInt('B').putLong(firstLine).putInt(lines).putLong(offset);
            head.putInt(length).putInt(codec);
        }
    }

    /** A part of a task's output. */
    record Output(SessionId session, long offset) implements BlobPlace {

        @Override
        public void describe(ByteBuffer head, int length, int codec) {
            head.putInt('O').putLong(offset).putInt(length).putInt(codec);
        }
    }

    /** The screen, which the next one replaces soon. */
    record Screen(SessionId session, long offset, long event, int cols, int rows, long firstLine)
            implements BlobPlace {

        @Override
        public void describe(ByteBuffer head, int length, int codec) {
            head.putInt('S').putLong(offset).putLong(event).putInt(cols).putInt(rows);
            head.putLong(firstLine).putInt(length).putInt(codec);
        }
    }
}
