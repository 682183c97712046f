/**
 * JSON as an immutable value: what a document says, without a mapping to classes. The only importer
 * of Gson.
 *
 * <p>Immutable. Everybody who reads or writes JSON (wire, preferences, endpoint file, command line)
 * uses {@link dev.wormhole.protocol.json.Json}.
 */
@NullMarked
package dev.wormhole.protocol.json;

import org.jspecify.annotations.NullMarked;
