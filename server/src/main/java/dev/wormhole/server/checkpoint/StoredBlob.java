package dev.wormhole.server.checkpoint;

import dev.wormhole.protocol.ByteString;

/**
 * Bytes as a row holds them.
 *
 * <p>Immutable.
 *
 * @param length before {@code codec} was applied
 * @param crc32c of the bytes and of their {@link BlobPlace}
 */
record StoredBlob(int codec, int length, long crc32c, ByteString bytes) {}
