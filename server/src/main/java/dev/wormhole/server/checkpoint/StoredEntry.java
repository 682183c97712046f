package dev.wormhole.server.checkpoint;

import dev.wormhole.protocol.ByteString;

/**
 * A ring entry as a row holds it.
 *
 * <p>Immutable.
 *
 * @param length of the entry's bytes before {@code codec} was applied
 * @param crc32c over the session's id, the other numbers and {@code bytes}: a row whose place or
 *     length was damaged is found out as well
 */
record StoredEntry(long offset, int length, int cut, int codec, long crc32c, ByteString bytes) {}
