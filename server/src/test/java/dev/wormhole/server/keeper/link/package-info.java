@org.jspecify.annotations.NullMarked
package dev.wormhole.server.keeper.link;
