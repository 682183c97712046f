/** The server's certificate and key. */
@NullMarked
package dev.wormhole.server.tls;

import org.jspecify.annotations.NullMarked;
