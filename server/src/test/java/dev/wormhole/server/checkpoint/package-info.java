@NullMarked
package dev.wormhole.server.checkpoint;

import org.jspecify.annotations.NullMarked;
