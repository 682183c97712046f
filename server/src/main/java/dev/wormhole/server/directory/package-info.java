/**
 * What a server holds of its data directory beside the database: the lock, the endpoint file, room
 * for natives.
 */
@NullMarked
package dev.wormhole.server.directory;

import org.jspecify.annotations.NullMarked;
