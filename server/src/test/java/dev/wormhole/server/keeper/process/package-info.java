/** A real keeper in this JVM, real shells, the real socket. */
package dev.wormhole.server.keeper.process;
