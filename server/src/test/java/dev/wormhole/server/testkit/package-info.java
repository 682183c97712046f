/** Real servers and a model client for tests over the real wire. */
@NullMarked
package dev.wormhole.server.testkit;

import org.jspecify.annotations.NullMarked;
