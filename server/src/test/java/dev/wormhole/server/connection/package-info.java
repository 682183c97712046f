/** Tests of the server's end of the wire that need no wire. */
package dev.wormhole.server.connection;
