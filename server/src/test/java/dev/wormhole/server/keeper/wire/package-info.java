/** The bytes between server and keeper, and the files by which they find each other. */
package dev.wormhole.server.keeper.wire;
